"""Presentations of three formats: PowerPoint of today, PowerPoint of 1997-2003, OpenDocument."""

from __future__ import annotations

import io
import zipfile
from typing import Any, cast

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.util import Inches

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats import odp, ppt, pptx
from ingestion.parsing import parse
from tests.unit.ingestion.compound import Slide
from tests.unit.ingestion.compound import ppt as old_deck
from tests.unit.ingestion.office import deck, odf, repacked


def pptx_text(build: Any) -> str:
    return pptx.PARSER.parse(deck(build), name="a.pptx").text


def add_slide(made: Presentation, title: str = "") -> Any:
    slide = made.slides.add_slide(made.slide_layouts[5])
    assert slide.shapes.title is not None
    slide.shapes.title.text = title
    return slide


def test_slides_are_pages_with_titles_and_notes() -> None:
    def build(made: Presentation) -> None:
        add_slide(made, "First")
        second = add_slide(made, "Second\vline")
        second.notes_slide.notes_text_frame.text = "Say this."

    parsed = pptx.PARSER.parse(deck(build), name="a.pptx")
    assert parsed.text == "First\n\nSecond line\n\nSay this."
    assert [(block.kind, block.page) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 2),
    ]


def test_boxes_are_read_from_top_to_bottom_groups_included() -> None:
    def build(made: Presentation) -> None:
        slide = add_slide(made, "T")
        for text, left, top in (("low", 0, 5), ("right", 5, 3), ("left", 1, 3)):
            slide.shapes.add_textbox(Inches(left), Inches(top), 9, 9).text_frame.text = text
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Inches(0), Inches(4), 9, 9).text_frame.text = "grouped"

    assert pptx_text(build) == "T\n\nleft\n\nright\n\ngrouped\n\nlow"


def test_tables_carry_their_headers_and_spread_merged_cells() -> None:
    def build(made: Presentation) -> None:
        table = add_slide(made, "T").shapes.add_table(3, 2, 0, 0, 9, 9).table
        for y, row in enumerate((("Group", "Days"), ("Robots", "3"), ("", "4"))):
            for x, cell in enumerate(row):
                table.cell(y, x).text = cell
        table.cell(1, 0).merge(table.cell(2, 0))

    assert pptx_text(build) == "T\n\nGroup: Robots; Days: 3\nGroup: Robots; Days: 4"


def test_charts_become_tables() -> None:
    def build(made: Presentation) -> None:
        data: Any = cast("Any", CategoryChartData)()
        data.categories = ["2025", "2026"]
        data.add_series("Kettles", (7, 9))
        slide = add_slide(made, "T")
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 9, 9, data)

    assert "2025; Kettles: 7\n2026; Kettles: 9" in pptx_text(build)


def test_bullets_and_numbers() -> None:
    def build(made: Presentation) -> None:
        slide = made.slides.add_slide(made.slide_layouts[1])
        frame = slide.placeholders[1].text_frame
        frame.text = "bullet of the layout"
        box = slide.shapes.add_textbox(0, Inches(6), 9, 9).text_frame
        box.text = "Steps:"
        for step in ("one", "two"):
            paragraph = box.add_paragraph()
            paragraph.text = step
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum", {})
            )

    assert pptx_text(build) == "- bullet of the layout\n\nSteps:\n\n1. one\n2. two"


def test_hidden_slides_and_comments_are_left_out_with_warnings() -> None:
    def build(made: Presentation) -> None:
        add_slide(made, "Shown")
        add_slide(made, "Secret")._element.set("show", "0")

    data = repacked(deck(build), {"ppt/comments/comment1.xml": b"<x>Really?</x>"})
    parsed = pptx.PARSER.parse(data, name="a.pptx")
    assert parsed.text == "Shown"
    assert parsed.warnings == ("Hidden slides were left out: 1.", "Comments of reviewers were left out.")


@pytest.mark.parametrize("kind", ["ms-powerpoint.presentation.macroEnabled", "ms-powerpoint.slideshow.macroEnabled"])
def test_slide_shows_with_macros_are_read(kind: str) -> None:
    data = deck(lambda made: add_slide(made, "T"))
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")
    ours = b"openxmlformats-officedocument.presentationml.presentation"
    changed = {"[Content_Types].xml": types.replace(ours, kind.encode()), "ppt/vbaProject.bin": b"x"}
    parsed = parse(repacked(data, changed), name="a.ppsm")
    assert parsed.text == "T"
    assert parsed.warnings == ("The file has macros; they were ignored.",)


def test_a_broken_presentation_is_a_named_failure() -> None:
    data = repacked(deck(lambda made: add_slide(made, "T")), {"ppt/presentation.xml": b"<broken"})
    with pytest.raises(InvalidInput, match=r"a\.pptx is not a readable PowerPoint presentation"):
        pptx.PARSER.parse(data, name="a.pptx")


def test_a_presentation_of_1997() -> None:
    slides = [
        Slide([(1, "one\rtwo"), (6, "Title")], boxes=["a box, 箱", "*"], notes="Say this."),
        Slide([(0, "Secret")], hidden=True),
        Slide([(0, "Last\vline"), (5, "alone")]),
    ]
    parsed = ppt.PARSER.parse(old_deck(slides), name="a.ppt")
    assert parsed.text == "Title\n\n- one\n- two\n\na box, 箱\n\nSay this.\n\nLast line\n\nalone"
    assert [block.page for block in parsed.blocks] == [1, 1, 1, 1, 1, 3, 3]
    assert parsed.warnings == ("Hidden slides were left out: 1.",)


def test_an_encrypted_presentation_of_1997() -> None:
    with pytest.raises(InvalidInput, match=r"a\.ppt is encrypted"):
        ppt.PARSER.parse(old_deck([Slide([(0, "T")])], token=0xF3D1C4DF), name="a.ppt")


@pytest.mark.parametrize("place", [512, 1536, 2000, 3000])
def test_a_damaged_presentation_of_1997_is_a_named_failure(place: int) -> None:
    data = old_deck([Slide([(0, "T")])])
    with pytest.raises(InvalidInput, match=r"a\.ppt is not a readable|a\.ppt has no text"):
        ppt.PARSER.parse(data[:place] + b"\xff" * 64, name="a.ppt")


def frame(text: str, kind: str = "") -> str:
    return (
        f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>'
    )


def test_a_presentation_of_opendocument() -> None:
    hidden = (
        '<style:style style:name="h"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    notes = f"<presentation:notes>{frame('3', 'page-number')}{frame('Say this.', 'notes')}</presentation:notes>"
    pages = f"<draw:page>{frame('text')}{frame('Title', 'title')}{notes}</draw:page>"
    pages += f'<draw:page draw:style-name="h">{frame("Secret")}</draw:page>'
    shape = "<draw:g><draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape></draw:g>"
    pages += f"<draw:page>{shape}</draw:page>"
    parsed = odp.PARSER.parse(odf("presentation", pages, styles=hidden), name="a.odp")
    assert parsed.text == "Title\n\ntext\n\nSay this.\n\nin a shape"
    assert [block.page for block in parsed.blocks] == [1, 1, 1, 3]
    assert parsed.warnings == ("Hidden slides were left out: 1.",)

"""Bullets, numbers, titles and diagrams of slides, as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation

from ingestion.parsers.formats.pptx import PARSER
from tests.unit.ingestion.office import deck

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FRAME = f"""
<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="{MAIN}"
  xmlns:r="{RELATED}"><p:nvGraphicFramePr><p:cNvPr id="99" name="Diagram"/><p:cNvGraphicFramePr/><p:nvPr/>
  </p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic>
  <a:graphicData uri="{DIAGRAM}"><dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="%s"/></a:graphicData></a:graphic>
</p:graphicFrame>"""


def text(build: Callable[[Presentation], object]) -> str:
    return PARSER.parse(deck(build), name="a.pptx").text


def body(*paragraphs: tuple[str, int, str]) -> str:
    """Return what is read of a slide's bulleted body: texts with their levels and what is said of their marks."""

    def build(made: Presentation) -> None:
        frame: Any = made.slides.add_slide(made.slide_layouts[1]).placeholders[1].text_frame
        for at, (words, level, mark) in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = words, level
            if mark:
                properties = paragraph._p.get_or_add_pPr()
                properties.append(parse_xml(f'<a:{mark} xmlns:a="{MAIN}"/>'))

    return text(build)


@pytest.mark.parametrize(
    ("paragraphs", "read"),
    [
        ([("one", 0, ""), ("two", 0, "")], "- one\n- two"),
        ([("heading", 0, "buNone"), ("one", 0, "")], "heading\n\n- one"),
        ([("one", 0, 'buAutoNum type="arabicPeriod"'), ("two", 0, 'buAutoNum type="arabicPeriod"')], "1. one\n2. two"),
        ([("five", 0, 'buAutoNum startAt="5"'), ("six", 0, 'buAutoNum startAt="5"')], "5. five\n6. six"),
        ([("one", 0, "buAutoNum"), ("note", 0, "buNone"), ("one", 0, "buAutoNum")], "1. one\n\nnote\n\n1. one"),
        ([("one", 0, "buAutoNum"), ("point", 0, ""), ("one", 0, "buAutoNum")], "1. one\n- point\n1. one"),
        (
            [("one", 0, "buAutoNum"), ("deep", 1, "buAutoNum"), ("two", 0, "buAutoNum"), ("deep", 1, "buAutoNum")],
            "1. one\n  1. deep\n2. two\n  1. deep",
        ),
        ([("one", 0, ""), (" ", 0, ""), ("two", 0, "")], "- one\n- two"),
    ],
)
def test_marks_are_those_that_the_slide_shows(paragraphs: list[tuple[str, int, str]], read: str) -> None:
    assert [line.strip() for line in body(*paragraphs).splitlines()] == [line.strip() for line in read.splitlines()]


def test_a_box_of_its_own_has_bullets_only_where_it_says_so() -> None:
    def build(made: Presentation) -> None:
        frame: Any = made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9).text_frame
        frame.text = "plain"
        marked = frame.add_paragraph()
        marked.text = "marked"
        marked._p.get_or_add_pPr().append(parse_xml(f'<a:buChar xmlns:a="{MAIN}" char="•"/>'))

    assert text(build) == "plain\n\n- marked"


def test_what_is_too_long_for_a_title_is_text() -> None:
    words = "We repair every kettle that was bought from us within the last two years. " * 12

    def build(made: Presentation) -> None:
        title = made.slides.add_slide(made.slide_layouts[5]).shapes.title
        assert title is not None
        title.text = words

    parsed = PARSER.parse(deck(build), name="a.pptx")
    assert parsed.text == words.strip()
    assert [block.kind.value for block in parsed.blocks] == ["paragraph"]


def test_a_slide_without_a_title_is_read_too() -> None:
    def build(made: Presentation) -> None:
        made.slides.add_slide(made.slide_layouts[6]).shapes.add_textbox(0, 0, 9, 9).text_frame.text = "Only this."

    assert text(build) == "Only this."


def test_the_words_of_a_diagram_are_read() -> None:
    points = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("Ask", "Check", "Refund"))
    data = f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{MAIN}"><dgm:t>{points}</dgm:t></dgm:dataModel>'

    def build(made: Presentation) -> None:
        slide = made.slides.add_slide(made.slide_layouts[6])
        place, kind = (
            PackURI("/ppt/diagrams/data1.xml"),
            "application/vnd.openxmlformats-officedocument.diagramData+xml",
        )
        part = Part(place, kind, slide.part.package, data.encode())
        made_id = slide.part.relate_to(part, f"{RELATED}/diagramData")
        slide.shapes._spTree.append(parse_xml(FRAME % made_id))

    assert text(build) == "Ask\n\nCheck\n\nRefund"


def test_categories_of_a_chart_that_are_words_stay_words() -> None:
    def build(made: Presentation) -> None:
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = ["春", "Summer"]
        data.add_series("Kettles", (7.5, 9))
        slide = made.slides.add_slide(made.slide_layouts[6])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 9, 9, data)

    assert "春; Kettles: 7.5\nSummer; Kettles: 9" in text(build)

from __future__ import annotations

import io
import zipfile

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.ooxml import comment_warnings, core_fields, drawing_texts, open_office, plain_package
from ingestion.parsers.ooxml_charts import chart_table, write_charts
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import parse_xml
from tests.unit.ingestion.documents import zipped

CHART = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
CORE = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cp="urn:cp"'


def archive(entries: dict[str, str]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(zipped({name: text.encode() for name, text in entries.items()})))


def test_core_properties() -> None:
    inner = "<dc:title>Kettles</dc:title><dc:creator>A. B.</dc:creator>"
    inner += "<cp:keywords>lid; cord</cp:keywords><dc:other>x</dc:other>"
    assert core_fields(archive({"docProps/core.xml": f"<cp:p {CORE}>{inner}</cp:p>"})) == {
        "title": "Kettles",
        "author": "A. B.",
        "keywords": "lid, cord",
    }


@pytest.mark.parametrize("core", [None, "<broken", f"<cp:p {CORE}><dc:title>PowerPoint Presentation</dc:title></cp:p>"])
def test_missing_broken_and_meaningless_properties(core: str | None) -> None:
    assert core_fields(archive({} if core is None else {"docProps/core.xml": core})) == {}


def test_texts_of_drawings() -> None:
    paragraphs = "<a:p><a:r><a:t>a </a:t></a:r><a:r><a:t>box</a:t></a:r></a:p><a:p/>"
    found = archive({"xl/drawings/drawing1.xml": f"<x {DRAWING}>{paragraphs}</x>", "xl/drawings/two.xml": "<broken"})
    assert list(drawing_texts(found, ("xl/drawings/",))) == ["a box"]
    assert list(drawing_texts(found, ("word/",))) == []


@pytest.mark.parametrize("part", ["word/comments.xml", "ppt/comments/modernComment_1.xml"])
def test_comments_are_warned_of(part: str) -> None:
    assert comment_warnings(archive({part: "<x/>"}))
    assert comment_warnings(archive({"xl/comments1.xml": "<x/>"})) == ()


def test_only_what_needs_it_is_packed_again() -> None:
    ordinary = '<T ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    data = zipped({"[Content_Types].xml": ordinary.encode(), "a": b"x"})
    assert plain_package(data, zipfile.ZipFile(io.BytesIO(data))) is data


def test_a_slide_show_is_declared_a_presentation() -> None:
    show = '<T ContentType="application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"/>'
    data = zipped({"[Content_Types].xml": show.encode(), "a": b"x"})
    source = zipfile.ZipFile(io.BytesIO(data))
    plain = zipfile.ZipFile(io.BytesIO(plain_package(data, source)))
    assert b"presentationml.presentation.main+xml" in plain.read("[Content_Types].xml")
    assert plain.read("a") == source.read("a") == b"x"


def test_what_is_no_package_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"a\.docx is damaged"):
        open_office(b"text", name="a.docx")


def series(name: str, axes: dict[str, tuple[str, ...]]) -> str:
    def points(values: tuple[str, ...]) -> str:
        return "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))

    inner = "".join(f"<c:{axis}><c:numCache>{points(values)}</c:numCache></c:{axis}>" for axis, values in axes.items())
    return f"<c:ser><c:tx><c:v>{name}</c:v></c:tx>{inner}</c:ser>"


def test_a_chart_has_a_row_for_each_category() -> None:
    both = series("Sold", {"cat": ("2025", "2026"), "val": ("7", "9.5")}) + series("Sent", {"val": ("6",)})
    table = chart_table(parse_xml(f"<c:chart {CHART}>{both}</c:chart>".encode(), name="chart"))
    assert table is not None
    assert table.header == ("", "Sold", "Sent")
    assert table.rows == (("2025", "7", "6"), ("2026", "9.5", ""))


def test_scattered_points() -> None:
    chart = f"<c:chart {CHART}>{series('y', {'xVal': ('1', '2'), 'yVal': ('3', '4')})}</c:chart>"
    table = chart_table(parse_xml(chart.encode(), name="chart"))
    assert table is not None
    assert table.rows == (("1", "3"), ("2", "4"))


def test_charts_without_numbers_and_broken_ones_are_passed_over() -> None:
    writer = PieceWriter()
    found = archive({"xl/charts/chart1.xml": f"<c:chart {CHART}/>", "xl/charts/chart2.xml": "<broken"})
    write_charts(found, "xl/charts/", writer)
    assert writer.pieces == []

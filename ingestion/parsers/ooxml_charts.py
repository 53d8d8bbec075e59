"""Read the numbers that lie behind a chart of an office document."""

from __future__ import annotations

import zipfile
from contextlib import suppress

from engine.errors import InvalidInput
from ingestion.parsers.number_format import shown
from ingestion.parsers.ooxml import drawing_paragraphs
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter
from ingestion.parsers.xml_tree import XmlElement, parse_xml

__all__ = ["chart_table", "write_chart", "write_charts"]

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MOST_POINTS = 2_000  # of a series; more is a measurement, not something to read


def chart_table(chart: XmlElement) -> Table | None:
    """Return a row for each category, a column for each series; None for a chart without numbers.

    The numbers are those that the chart itself has stored (ECMA-376 part 1, 21.2), so that it needs no workbook.
    """
    names: list[str] = []
    categories: dict[int, str] = {}
    columns: list[dict[int, str]] = []
    for series in chart.iter(f"{_CHART}ser"):
        names.append(" ".join(value.text or "" for value in series.iterfind(f"{_CHART}tx//{_CHART}v")))
        categories |= _points(series, "cat") or _points(series, "xVal")
        columns.append(_points(series, "val") or _points(series, "yVal"))
    rows = [
        (categories.get(at, ""), *(column.get(at, "") for column in columns))
        for at in sorted({*categories, *(at for column in columns for at in column)})
    ]
    return Table(("", *names), tuple(rows)) if rows else None


def write_chart(chart: XmlElement, writer: PieceWriter) -> None:
    """Write a chart's titles and the numbers behind it."""
    for text in drawing_paragraphs(chart):
        writer.paragraph(text)
    table = chart_table(chart)
    if table is not None:
        writer.table(table)


def write_charts(archive: zipfile.ZipFile, folder: str, writer: PieceWriter) -> None:
    """Write the charts that lie in a folder of the package; broken ones are passed over."""
    for part in sorted(archive.namelist()):
        if part.startswith(f"{folder}chart") and part.endswith(".xml"):
            with suppress(InvalidInput):
                write_chart(parse_xml(archive.read(part), name=part), writer)


def _points(series: XmlElement, axis: str) -> dict[int, str]:
    """Return the values along an axis by their index."""
    found: dict[int, str] = {}
    code = series.findtext(f"{_CHART}{axis}//{_CHART}formatCode") or "General"
    for point in series.iterfind(f"{_CHART}{axis}//{_CHART}pt"):
        at, text = point.get("idx", ""), point.findtext(f"{_CHART}v") or ""
        if at.isdecimal() and int(at) < _MOST_POINTS:
            found[int(at)] = _number(text, code)
    return found


def _number(text: str, code: str) -> str:
    try:
        return shown(float(text), code)
    except ValueError:
        return text

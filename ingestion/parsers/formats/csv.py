"""Tables as text: comma, semicolon, tab or bar between the cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.knowledge import ParsedDocument
from ingestion.parsers.description import document
from ingestion.parsers.reading import reading
from ingestion.parsers.sheet_writer import SheetWriter
from ingestion.parsers.text_source import read_text
from ingestion.parsers.writer import PieceWriter

__all__ = ["HINT", "LONGEST_CELL", "PARSER", "CsvParser", "delimiter_of", "is_table"]

_DELIMITERS = ",;\t|"
HINT = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)  # what Excel writes and reads
_SAMPLE = 20_000  # characters
LONGEST_CELL = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class CsvParser:
    """Parses CSV and TSV."""

    format: str = "CSV"
    extensions: tuple[str, ...] = (".csv", ".tsv", ".tab")

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002
        """Return False: commas are in any text, so the name decides."""
        return False

    def parse(self, data: bytes, *, name: str) -> ParsedDocument:
        """Return one row of the table a line, each cell behind its column's name."""
        source = read_text(data, name=name)
        writer = PieceWriter()
        sheet = SheetWriter(writer, name=name)
        with reading(name, "table", remedy="Save it as CSV with UTF-8 again.", also=(csv.Error,)):
            for row in _rows(source.text):
                sheet.row(row)
        sheet.end()
        return document(writer.pieces, name=name, warnings=source.warnings)


def delimiter_of(text: str) -> str:
    """Return the delimiter that gives the most rows the same number of cells; empty if none does.

    Delimiters that give more cells win among equals.
    """
    complete = text[:_SAMPLE].rpartition("\n")[0] if len(text) > _SAMPLE else text
    return max((_score(complete, delimiter), delimiter) for delimiter in _DELIMITERS + " ")[1].strip(" ")


def is_table(text: str) -> bool:
    """Tell whether this is a table beyond doubt: three rows or more, nearly all with the same number of cells."""
    delimiter = delimiter_of(text)
    return bool(delimiter) and text.count("\n") > 1 and _score(text[:_SAMPLE], delimiter) > 0.9


def _score(text: str, delimiter: str) -> float:
    if delimiter == " ":
        return 0.0  # none at all
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return -1.0
    width, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
    wide = sum(each > 1 for each in widths)
    return -1.0 if width < 2 else (count + wide) / (2 * len(widths)) + min(width, 50) / 1000


def _rows(text: str) -> Iterator[list[str]]:
    hint = HINT.match(text)
    body = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else delimiter_of(body) or ","
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(body.replace("\0", ""), newline=""), delimiter=delimiter)


PARSER = CsvParser()

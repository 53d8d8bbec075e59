from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.registry import parser_for, parsers
from tests.unit.ingestion.documents import TextAt, pdf, word, zipped

HTML = b"<!doctype html><html><body>x</body></html>"
PDF = pdf([[TextAt(50, 700, "x")]])
WORD = word(lambda document: document.add_paragraph("x"))


def test_every_format_is_found() -> None:
    assert [parser.format for parser in parsers()] == ["Word", "HTML", "Markdown", "PDF", "plain text"]


def test_extensions_are_lower_case_and_belong_to_one_format() -> None:
    extensions = [extension for parser in parsers() for extension in parser.extensions]
    assert len(set(extensions)) == len(extensions)
    assert all(extension.startswith(".") and extension == extension.lower() for extension in extensions)


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.md", b"# x", "Markdown"),
        ("a.markdown", b"# x", "Markdown"),
        ("A.MD", b"# x", "Markdown"),
        ("folder.html/a.txt", b"x", "plain text"),
        ("a.log", b"x", "plain text"),
        ("a.htm", b"<p>x</p>", "HTML"),
        ("a.pdf", b"broken", "PDF"),
        ("a.docx", b"broken", "Word"),
    ],
)
def test_the_extension_tells_where_the_content_does_not(name: str, data: bytes, format: str) -> None:
    assert parser_for(name, data).format == format


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("page.txt", HTML, "HTML"),
        ("page", HTML, "HTML"),
        ("manual.doc", WORD, "Word"),
        ("manual.txt", PDF, "PDF"),
        ("download.bin", PDF, "PDF"),
    ],
)
def test_the_content_tells_before_the_extension(name: str, data: bytes, format: str) -> None:
    assert parser_for(name, data).format == format


@pytest.mark.parametrize(
    ("name", "data"),
    [("photo.png", b"\x89PNG"), ("README", b"text"), ("sheet.xlsx", zipped({"xl/workbook.xml": b"x"})), (".md", b"x")],
)
def test_an_unknown_format_is_named_with_the_known_ones(name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="is in no known format") as caught:
        parser_for(name, data)
    assert name in caught.value.message
    for known in ("Markdown (.md .markdown)", "PDF (.pdf)", "Word (.docx)", "HTML (.html .htm)", ".txt"):
        assert known in caught.value.remedy

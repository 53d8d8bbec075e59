from __future__ import annotations

import pytest

from engine.errors import InvalidInput
from ingestion.parsers.registry import parser_for, parsers
from ingestion.parsers.sniffing import refuse_known
from ingestion.parsing import parse
from tests.contract.parser_samples.pages import SAMPLES as PAGES
from tests.contract.parser_samples.sheets_and_slides import SAMPLES as SHEETS
from tests.unit.ingestion.documents import TextAt, pdf, word, zipped

HTML = b"<!doctype html><html><body>x</body></html>"
PDF = pdf([[TextAt(50, 700, "x")]])
SAMPLES = PAGES | SHEETS
WORD = word(lambda document: document.add_paragraph("x"))


def test_every_format_is_found() -> None:
    names = [parser.format for parser in parsers()]
    assert len(set(names)) == len(names)
    assert {"Word", "HTML", "Markdown", "PDF", "plain text", "Excel", "PowerPoint", "OpenDocument text", "CSV"} <= {
        *names
    }


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
        ("a.pdf", b"\0\1broken", "PDF"),
        ("a.docx", b"\0\1broken", "Word"),
        ("a.tsv", b"a\tb", "CSV"),
        ("a.org", b"* x", "Org"),
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
        ("a.docx", SAMPLES["Excel 97-2003"].data, "Excel 97-2003"),
        ("a.doc", SAMPLES["RTF"].data, "RTF"),
        ("a.xls", SAMPLES["HTML"].data, "HTML"),
        ("a.txt", SAMPLES["EPUB"].data, "EPUB"),
        ("a.zip", SAMPLES["OpenDocument text"].data, "OpenDocument text"),
        ("a.ppt", SAMPLES["PowerPoint"].data, "PowerPoint"),
        ("a.html", SAMPLES["XML"].data, "XML"),
    ],
)
def test_the_content_tells_before_the_extension(name: str, data: bytes, format: str) -> None:
    assert parser_for(name, data).format == format


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("export.xls", b"Code;Days\nE1;3\nE2;4\n", "CSV"),
        ("export.xlsx", "代码,天数\nE1,3\nE2,4\n".encode("gb18030"), "CSV"),
        ("letter.docx", b"Dear customer, thank you.", "plain text"),
        ("manual.pdf", "退货".encode("utf-16"), "plain text"),
        ("README", b"text", "plain text"),
    ],
)
def test_text_under_a_name_that_says_otherwise(name: str, data: bytes, format: str) -> None:
    assert parser_for(name, data).format == format


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sheet.abc", zipped({"xl/workbook.bi": b"x"})[4:]),
        (".md", b"\0\1\2"),
        ("a.go", b"package main"),
        ("x", b"\x89PN\xff"),
    ],
)
def test_an_unknown_format_is_named_with_the_known_ones(name: str, data: bytes) -> None:
    with pytest.raises(InvalidInput, match="is in no known format") as caught:
        parser_for(name, data)
    assert name in caught.value.message
    for known in ("Markdown (.md .markdown)", "PDF (.pdf)", "Word (.docx", "HTML (.html .htm)", ".txt"):
        assert known in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("a.pages", zipped({"Index/Document.iwa": b"x"}), "Export it as Word"),
        ("a.zip", zipped({"Index/Document.iwa": b"x"}), "Export it as Word"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"x"}), "save it as .xlsx"),
        ("a.rar", b"Rar!\x1a\7", "Unpack it"),
        ("call.mp3", b"ID3\4", "Write it down first"),
    ],
)
def test_formats_that_people_have_and_nothing_reads_name_a_way_out(name: str, data: bytes, remedy: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} cannot be read") as caught:
        refuse_known(name, data)
    assert remedy in caught.value.remedy


def test_a_wrong_name_is_a_warning() -> None:
    assert parse(WORD, name="manual.pdf").warnings == ("The name says .pdf, the content is Word.",)
    assert parse(b"Dear customer, thank you.", name="a.docx").warnings == (
        "The name says .docx, the content is plain text.",
    )
    assert parse(WORD, name="manual.docx").warnings == ()
    assert parse(WORD, name="manual.bin").warnings == ()
    assert parse(HTML, name="page.txt").warnings == ()

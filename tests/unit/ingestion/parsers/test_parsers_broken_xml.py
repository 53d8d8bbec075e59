"""XML that breaks off inside an archive that is fine: both XML libraries raise a SyntaxError for it."""

from __future__ import annotations

import io
import zipfile

import pytest

from engine.errors import InvalidInput
from evals.bench.fuzz.containers import docx, epub, open_document, pptx, xlsx, zipped
from ingestion.parsing import parse

LINES = ["A title", "First line.", "Second line."]
MADE = {
    "docx": docx,
    "xlsx": xlsx,
    "pptx": pptx,
    "epub": epub,
    "odt": open_document("odt"),
    "ods": open_document("ods"),
}
PARTS = {
    "docx": ("word/document.xml", "word/styles.xml", "word/numbering.xml", "docProps/core.xml"),
    "xlsx": (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "docProps/core.xml",
    ),
    "pptx": ("ppt/presentation.xml", "ppt/slides/slide1.xml", "docProps/core.xml"),
    "epub": ("META-INF/container.xml", "c.opf", "a.xhtml"),
    "odt": ("content.xml",),
    "ods": ("content.xml",),
}


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("kind", "part"), [(kind, part) for kind, parts in PARTS.items() for part in parts])
@pytest.mark.parametrize("broken", [b"", b"<", b"<a>\xff</a>", b'<?xml version="9"?><a', b"\x00" * 40])
def test_a_broken_part_is_left_out_or_a_named_failure(kind: str, part: str, broken: bytes) -> None:
    found = members(MADE[kind](LINES))
    assert part in found
    name = f"a.{kind}"
    assert "Second line." in parse(zipped(found), name=name).text
    reason = _reason(zipped({**found, part: broken}), name)
    assert name in reason or (reason == "" and part != "content.xml")


def _reason(data: bytes, name: str) -> str:
    try:
        assert parse(data, name=name).text
    except InvalidInput as error:
        return error.message if error.remedy else ""
    return ""


@pytest.mark.parametrize(
    "sign", ["\x01", "\x1f", "\x0c", "\x00", "\uffff", "&#1;", "&#x1F;", "&#0031", "&#12;", "&#xFFFE;"]
)
def test_control_characters_in_a_page_cost_nothing_else(sign: str) -> None:
    page = f"<h1>Ti{sign}tle</h1><script>x</script>{sign}tail<nav>menu</nav>{sign}<p>First{sign} line &#34;A&#x41;.</p>"
    text = parse(f"<!DOCTYPE html><body>{page}</body>".encode(), name="a.html").text
    assert "tail" in text
    assert 'line "AA.' in text

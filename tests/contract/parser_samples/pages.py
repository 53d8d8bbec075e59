"""Samples of formats for pages and texts."""

from __future__ import annotations

from docx.document import Document as WordDocument

from tests.contract.parser_samples.sample import DIRTY, HEADING, ITEMS, TEXT, WHOLE, Sample
from tests.unit.ingestion.compound import DocParagraph, doc
from tests.unit.ingestion.documents import TextAt, pdf, word
from tests.unit.ingestion.office import book, odf

_LIST = "".join(f"<li>{item}</li>" for item in ITEMS)
_PAGE = f"<h1>{HEADING}</h1><p>{TEXT}</p><ol>{_LIST}</ol>"
_LINES = [TextAt(57, 770, HEADING, 20), TextAt(57, 740, TEXT)]
_LINES += [TextAt(57, 700 - 14 * at, f"{at + 1}. {item}") for at, item in enumerate(ITEMS)]
_ODF_ITEMS = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
_ODF = f'<text:h text:outline-level="1">{HEADING}</text:h><text:p>{TEXT}</text:p>'
_NUMBERED = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
_SOFT_DIRTY = DIRTY.replace("\x07", "")  # XML has no control characters
_BULLETS = WHOLE.replace("1.", "-").replace("2.", "-")
_BULLET_RTF = "".join(rf"\bullet\tab {item}\par " for item in ITEMS)


def _word(document: WordDocument) -> None:
    document.add_heading(HEADING, 1)
    document.add_paragraph(TEXT)
    for item in ITEMS:
        document.add_paragraph(item, style="List Number")


def _rtf(text: str) -> bytes:
    return "".join(char if char < "\x80" else rf"\u{ord(char)}?" for char in text).encode("ascii")


SAMPLES = {
    "Word": Sample(
        "a.docx",
        word(_word),
        word(lambda document: document.add_paragraph(_SOFT_DIRTY)),
        word(lambda document: document.add_paragraph("   ")),
    ),
    "Word 97-2003": Sample(
        "a.doc",
        doc(
            [DocParagraph(HEADING, 1), DocParagraph(TEXT), *(DocParagraph(each, 0, b"\x0b\x46\1\0") for each in ITEMS)]
        ),
        doc([DocParagraph(_SOFT_DIRTY)]),
        doc([DocParagraph("  ")]),
        text=_BULLETS,
    ),
    "OpenDocument text": Sample(
        "a.odt",
        odf(
            "text",
            f'{_ODF}<text:list text:style-name="L">{_ODF_ITEMS}</text:list>',
            styles=f"{_NUMBERED}</text:list-style>",
        ),
        odf("text", f"<text:p>{_SOFT_DIRTY}</text:p>"),
        odf("text", "<text:p> </text:p>"),
    ),
    "HTML": Sample(
        "a.html",
        f"<!doctype html><html><body>{_PAGE}</body></html>".encode(),
        f"<p>{DIRTY}</p>".encode(),
        b"<html><body><p> </p></body></html>",
    ),
    "EPUB": Sample("a.epub", book([_PAGE]), book([f"<p>{DIRTY}</p>"]), book(["<p> </p>"])),
    "Markdown": Sample(
        "a.md",
        f"# {HEADING}\n\n{TEXT}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n".encode(),
        DIRTY.encode(),
        b"---\ntitle: Only this\n---\n\n",
    ),
    "reStructuredText": Sample(
        "a.rst",
        f"{HEADING}\n{'=' * len(HEADING)}\n\n{TEXT}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n".encode(),
        DIRTY.encode(),
        b".. A comment\n",
    ),
    "Org": Sample(
        "a.org",
        f"* {HEADING}\n{TEXT}\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n".encode(),
        DIRTY.encode(),
        b"#+TITLE: Only this\n",
    ),
    "AsciiDoc": Sample(
        "a.adoc",
        f"= {HEADING}\n\n{TEXT}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n".encode(),
        DIRTY.encode(),
        b"// A comment\n",
    ),
    "RTF": Sample(
        "a.rtf",
        rb"{\rtf1\ansi\outlinelevel0 " + f"{HEADING}\\par\\pard {TEXT}\\par {_BULLET_RTF}}}".encode(),
        rb"{\rtf1\ansi " + _rtf(DIRTY) + b"}",
        rb"{\rtf1\ansi }",
        text=_BULLETS,
    ),
    "XML": Sample(
        "a.xml",
        f'<?xml version="1.0"?><a><title>{HEADING}</title><p>{TEXT}</p><l>1. {ITEMS[0]}</l></a>'.encode(),
        f"<?xml version='1.0'?><a><p>{_SOFT_DIRTY}</p></a>".encode(),
        b'<?xml version="1.0"?><a><b> </b></a>',
        text=f"{HEADING}\n\n{TEXT}\n\n1. {ITEMS[0]}",
    ),
    "PDF": Sample("a.pdf", pdf([_LINES]), pdf([[TextAt(57, 700, "Caf\xe9 au lait,\xa0hot.")]]), pdf([[]]), warns=False),
    "plain text": Sample(
        "a.txt",
        f"{HEADING}\n\n{TEXT}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}\n".encode(),
        DIRTY.encode(),
        b" \r\n \t ",
    ),
}

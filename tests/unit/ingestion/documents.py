"""Build small documents for tests: Word files, PDFs, zip archives."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document as WordDocument

__all__ = ["TextAt", "pdf", "pdf_with_password", "pdf_without_text", "word", "zipped"]

_LATIN = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /FontDescriptor << /Type /FontDescriptor "
    b"/FontName /%s /Flags 32 /FontBBox [-170 -230 1000 930] /ItalicAngle 0 /Ascent 718 /Descent -207 /CapHeight 718 "
    b"/StemV %d >> >>"
)
_SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H /DescendantFonts [ << /Type /Font "
    b"/Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
    b"/DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong /Flags 4 /FontBBox [0 -200 1000 900] "
    b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >> >> ] >>"
)


@dataclass(frozen=True, slots=True)
class TextAt:
    """A stretch of text on a page: points from the left and from the bottom, font size."""

    x: float
    y: float
    text: str
    size: float = 11.0
    bold: bool = False


def pdf(pages: Sequence[Sequence[TextAt]], *, title: str = "") -> bytes:
    """Return a PDF with text at given places, CJK in a font of the reader's."""
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: _LATIN % (b"Helvetica", b"Helvetica", 80),
        4: _LATIN % (b"Helvetica-Bold", b"Helvetica-Bold", 138),
        5: _SONG,
        6: b"<< /Title <feff" + title.encode("utf-16-be").hex().encode() + b"> >>",
    }
    for at, page in enumerate(pages):
        fonts = "<< /F1 3 0 R /F2 4 0 R /F3 5 0 R >>"
        objects[10 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font {fonts} >> "
            f"/Contents {11 + 2 * at} 0 R >>"
        ).encode()
        content = b"\n".join(_shown(text) for text in page)
        objects[11 + 2 * at] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    return _written(objects)


def _shown(text: TextAt) -> bytes:
    wide = any(char > "\u2fff" for char in text.text)
    font = "F3" if wide else "F2" if text.bold else "F1"
    shown = text.text.encode("utf-16-be" if wide else "cp1252").hex()
    return f"BT /{font} {text.size} Tf 1 0 0 1 {text.x} {text.y} Tm <{shown}> Tj ET".encode()


def _written(objects: dict[int, bytes], extra: bytes = b"") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n" % size)
    for number in range(size):
        kind = b"n" if number in places else b"f"
        out.write(b"%010d %05d %s \n" % (places.get(number, 0), 0 if number in places else 65535, kind))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, extra, start))
    return out.getvalue()


def pdf_without_text() -> bytes:
    """Return a PDF whose only page shows a grey rectangle, as a scan does."""
    content = b"0.5 g 50 50 400 600 re f"
    return _written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
            6: b"<< >>",
            10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R >>",
            11: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        }
    )


def pdf_with_password() -> bytes:
    """Return a PDF whose encryption dictionary no empty password opens."""
    encryption = f"<< /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >>".encode()
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [] /Count 0 >>",
        6: b"<< >>",
        7: encryption,
    }
    return _written(objects, extra=b"/Encrypt 7 0 R /ID [<00112233445566778899aabbccddeeff> <00>]")


def word(build: Callable[[WordDocument], object]) -> bytes:
    """Return the .docx that `build` fills."""
    document = docx.Document()
    build(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    """Return a zip archive, the same one every time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()

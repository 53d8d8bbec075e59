"""Tell apart the formats that share a container: zip archives and OLE2 compound files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

__all__ = ["Container", "has_macros", "is_ole", "is_zip", "ole_kind", "zip_kind"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = re.compile(rb'ContentType="([^"]*\.main(?:\+xml)?)"')
_LONGEST_LIST = 1_000_000  # bytes of [Content_Types].xml that are read


class Container(StrEnum):
    """What a container holds."""

    NONE = ""
    WORD = "docx"
    EXCEL = "xlsx"
    EXCEL_BINARY = "xlsb"
    POWERPOINT = "pptx"
    WRITER = "odt"
    CALC = "ods"
    IMPRESS = "odp"
    EPUB = "epub"
    IWORK = "iwork"
    ARCHIVE = "zip"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    OLD_POWERPOINT = "ppt"
    OUTLOOK = "msg"
    ENCRYPTED = "encrypted"


_CONTENT_TYPES = {
    "spreadsheetml": Container.EXCEL,
    "ms-excel.sheet.binary": Container.EXCEL_BINARY,
    "ms-excel": Container.EXCEL,
    "wordprocessingml": Container.WORD,
    "ms-word": Container.WORD,
    "presentationml": Container.POWERPOINT,
    "ms-powerpoint": Container.POWERPOINT,
}
_MIME_TYPES = {
    "application/epub+zip": Container.EPUB,
    "application/vnd.oasis.opendocument.text": Container.WRITER,
    "application/vnd.oasis.opendocument.spreadsheet": Container.CALC,
    "application/vnd.oasis.opendocument.presentation": Container.IMPRESS,
}
_PARTS = {
    "word/document.xml": Container.WORD,
    "xl/workbook.xml": Container.EXCEL,
    "xl/workbook.bin": Container.EXCEL_BINARY,
    "ppt/presentation.xml": Container.POWERPOINT,
    "META-INF/container.xml": Container.EPUB,
    "Index/Document.iwa": Container.IWORK,
}
_STREAMS = {
    "EncryptedPackage": Container.ENCRYPTED,
    "WordDocument": Container.OLD_WORD,
    "Workbook": Container.OLD_EXCEL,
    "Book": Container.OLD_EXCEL,
    "PowerPoint Document": Container.OLD_POWERPOINT,
    "__properties_version1.0": Container.OUTLOOK,
}
_MACRO_STREAMS = ("_VBA_PROJECT", "_VBA_PROJECT_CUR")


def is_zip(data: bytes) -> bool:
    """Tell whether this begins like a zip archive."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_ole(data: bytes) -> bool:
    """Tell whether this begins like an OLE2 compound file."""
    return data.startswith(_OLE)


def zip_kind(data: bytes) -> Container:
    """Return what a zip archive holds; ARCHIVE if nothing special, NONE if this is no zip archive.

    Office Open XML is told by its main content type, OpenDocument and EPUB by their entry "mimetype". Where these are
    missing or the archive is cut off, the names of well-known parts decide.
    """
    if not is_zip(data):
        return Container.NONE
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _declared(archive) or _by_names(set(archive.namelist())) or Container.ARCHIVE
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError, LookupError):
        found = (kind for part, kind in _PARTS.items() if part.encode() in data)
        return next(found, _mime_type(data[30:200]) or Container.ARCHIVE)


def _declared(archive: zipfile.ZipFile) -> Container:
    names = set(archive.namelist())
    if "mimetype" in names:
        with archive.open("mimetype") as entry:
            return _mime_type(entry.read(200))
    if "[Content_Types].xml" not in names:
        return Container.NONE
    with archive.open("[Content_Types].xml") as entry:
        types = [found.decode("ascii", "replace") for found in _MAIN.findall(entry.read(_LONGEST_LIST))]
    return next((kind for main in types for part, kind in _CONTENT_TYPES.items() if part in main), Container.NONE)


def _mime_type(head: bytes) -> Container:
    text = head.removeprefix(b"mimetype").decode("ascii", "replace")
    return next((kind for mime, kind in _MIME_TYPES.items() if text.startswith(mime)), Container.NONE)


def _by_names(names: set[str]) -> Container:
    return next((kind for part, kind in _PARTS.items() if part in names), Container.NONE)


def ole_kind(data: bytes) -> Container:
    """Return what a compound file holds, told by its streams; NONE if it is none or holds nothing known.

    In a damaged one, the names of streams are looked for in its bytes.
    """
    if not is_ole(data):
        return Container.NONE
    names = _stream_names(data)
    return next((kind for stream, kind in _STREAMS.items() if stream in names), Container.NONE)


def has_macros(data: bytes) -> bool:
    """Tell whether an office document carries macros, which nothing here ever runs."""
    if is_ole(data):
        return bool(_stream_names(data) & {*_MACRO_STREAMS, "VBA"})
    return is_zip(data) and b"vbaProject.bin" in data  # names in an archive are not compressed


def _stream_names(data: bytes) -> set[str]:
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return {part for entry in ole.listdir(streams=True, storages=True) for part in entry[:1]} | _nested(ole)
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError):
        return {name for name in (*_STREAMS, *_MACRO_STREAMS) if name.encode("utf-16-le") in data}


def _nested(ole: object) -> set[str]:
    """Return the names of storages one level below the root, where macros live."""
    entries: list[list[str]] = ole.listdir(streams=False, storages=True)  # type: ignore[attr-defined]
    return {entry[1] for entry in entries if len(entry) > 1} & {*_MACRO_STREAMS, "VBA"}

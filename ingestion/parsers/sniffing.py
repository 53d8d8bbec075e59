"""Tell what a file is that is not what its name says."""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath

from engine.errors import InvalidInput
from ingestion.encoding import decode
from ingestion.parsers.containers import Container, ole_kind, zip_kind
from ingestion.parsers.formats.csv import is_table

__all__ = ["extension_of", "promises_binary", "refuse_known", "text_extension"]

_SAMPLE = 65_536  # bytes
_BINARY = {
    *(
        ".pdf",
        ".docx",
        ".docm",
        ".doc",
        ".dot",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".pptx",
        ".pptm",
        ".ppt",
        ".odt",
        ".ods",
        ".odp",
    ),
    *(".epub", ".msg", ".zip", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".heic", ".heif"),
}
_CERTAIN = 16  # bytes from which on a guessed encoding is no coincidence
_SHEETS = {".xlsx", ".xlsm", ".xls", ".ods"}
# Formats that people do have, which nothing here reads, by name or content; and what they can do.
_UNREADABLE = {
    **dict.fromkeys((".pages", ".numbers", ".key"), "Export it as Word, Excel, PowerPoint or PDF."),
    **dict.fromkeys((".xlsb", ".one", ".vsd", ".vsdx", ".pub"), "Export it as PDF, or save it as .xlsx."),
    **dict.fromkeys((".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2"), "Unpack it, or pack it as .zip."),
    **dict.fromkeys(
        (".mp3", ".wav", ".m4a", ".mp4", ".mov"), "Write it down first: a transcript as .vtt, .srt or .txt."
    ),
    **dict.fromkeys((".mdb", ".accdb", ".sqlite", ".db"), "Export its tables as CSV."),
}
_CONTAINERS = {Container.IWORK: ".pages", Container.EXCEL_BINARY: ".xlsb"}


def extension_of(name: str) -> str:
    """Return the extension of a file name in lower case with its dot; empty if it has none."""
    return PurePosixPath(name).suffix.lower()


def promises_binary(name: str) -> bool:
    """Tell whether a file of that name cannot be text."""
    return extension_of(name) in _BINARY


def refuse_known(name: str, data: bytes) -> None:
    """Raise InvalidInput, with what to do, for files that are encrypted or in a format known to be unreadable."""
    if ole_kind(data) is Container.ENCRYPTED:
        raise InvalidInput(f"{name} is encrypted.", remedy="Save it without a password.")
    extension = _CONTAINERS.get(zip_kind(data), extension_of(name))
    if extension in _UNREADABLE:
        raise InvalidInput(f"{name} cannot be read: {extension} is not supported.", remedy=_UNREADABLE[extension])


def text_extension(name: str, data: bytes) -> str:
    """Return ".txt" or ".csv" for text under a name that promises something else or nothing; empty if it is no text."""
    sample = data[:_SAMPLE]
    try:
        text = decode(sample, name=name)
    except InvalidInput:
        return ""
    marked = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if len(sample) < _CERTAIN and not marked and not text.isascii() and text.encode() != sample:
        return ""  # a few odd bytes are text in some encoding or other
    return ".csv" if extension_of(name) in _SHEETS and is_table(text) else ".txt"

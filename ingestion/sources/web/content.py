"""Which content types are documents, and how a file of each is named."""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from engine.errors import InvalidInput

__all__ = ["charset_of", "check_type", "extension_of", "in_utf8"]

_OFFICE = "application/vnd.openxmlformats-officedocument"
_EXTENSIONS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/x-rst": ".rst",
    "text/org": ".org",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.ms-outlook": ".msg",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "message/rfc822": ".eml",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/tiff": ".tiff",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/heif": ".heic",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
# Types that say so little that the ending of the address knows better, if it is one of these.
_VAGUE = {"", "text/plain", "text/xml", "application/xml", "application/octet-stream", "binary/octet-stream"}
_VAGUE |= {"application/zip", "application/x-zip-compressed", "application/download", "application/force-download"}
_ENDINGS = {*_EXTENSIONS.values(), ".htm", ".jpeg", ".tif", ".markdown", ".log", ".text"}


def check_type(content_type: str, url: str) -> None:
    """Raise InvalidInput unless it is a type of document; the message names `url`."""
    extension_of(content_type, url)


def extension_of(content_type: str, url: str) -> str:
    """Return the file name extension for a Content-Type header, or for the ending of `url` where that says more.

    Raises InvalidInput for a type that is none of documents.
    """
    kind = content_type.partition(";")[0].strip().lower()
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    if kind in _VAGUE and ending in _ENDINGS:
        return ending
    if kind in _EXTENSIONS:
        return _EXTENSIONS[kind]
    if kind in _VAGUE:
        return ""  # told by content
    raise InvalidInput(f"{url} is no document but {kind[:80]}.", remedy="Give the address of a page or a file.")


def charset_of(content_type: str) -> str:
    """Return the encoding that a Content-Type header of a text declares; empty for none that is known."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            try:
                return codecs.lookup(value.strip(" \"'")).name
            except LookupError:
                return ""
    return ""


def in_utf8(data: bytes, content_type: str) -> bytes:
    """Return a text as UTF-8 with its mark where the header declares another encoding that fits.

    The header goes before what the text says of itself (HTML standard, 13.2.3.2), and is lost once it is a file.
    """
    charset = charset_of(content_type)
    is_text = content_type.strip().lower().startswith(("text/", "application/xhtml"))
    if not is_text or charset in ("", "utf-8", "ascii") or data.startswith((codecs.BOM_UTF8, b"\xfe\xff", b"\xff\xfe")):
        return data
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "shift_jis": "cp932", "euc_kr": "cp949"}
    try:
        return codecs.BOM_UTF8 + data.decode(wider.get(charset, charset)).encode()
    except (UnicodeError, TypeError, LookupError):  # codecs that are none of text, such as rot13
        return data

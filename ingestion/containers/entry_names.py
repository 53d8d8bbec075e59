"""Names of entries: decoded as their author wrote them, and safe to be part of a uri."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from engine.errors import InvalidInput
from ingestion.encoding import decode
from ingestion.normalize import WIDE

__all__ = ["decoded_names", "is_hidden", "safe_name", "unique"]

_UTF8 = 0x800  # general purpose bit 11 (APPNOTE.TXT, 4.4.4)
_UNICODE_PATH = 0x7075  # Info-ZIP Unicode Path Extra Field (APPNOTE.TXT, 4.6.9)
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff#?]")
_LONGEST = 200  # characters of one part
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def decoded_names(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the entries' names.

    UTF-8 where the entry says so; else what the whole archive's names are in, because writers of older archives used
    their system's encoding (GBK, Big5, Shift-JIS, EUC-KR, UTF-8); else cp437, as the format has it.
    """
    raw = {entry: entry.orig_filename.encode("cp437", "replace") for entry in entries if not entry.flag_bits & _UTF8}
    foreign = [name for name in raw.values() if not name.isascii()]
    encoding = _encoding(b"\n".join(foreign)) if foreign else "cp437"
    return [
        _unicode_path(entry) or _decoded(raw[entry], encoding) if entry in raw else entry.filename for entry in entries
    ]


def safe_name(name: str) -> str:
    """Return a relative path with "/" that leads nowhere above, without drive, controls and marks of uris."""
    parts = _DRIVE.sub("", unicodedata.normalize("NFC", _UNSAFE.sub("_", name)).replace("\\", "/")).split("/")
    kept = [_shortened(part.strip()) for part in parts if part.strip() not in {"", ".", ".."}]
    return "/".join(kept) or "unnamed"


def is_hidden(name: str) -> bool:
    """Tell whether an entry is a system's bookkeeping: hidden files, resource forks, lock files."""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts) or parts[-1:] == ("Thumbs.db",)


def unique(name: str, taken: set[str]) -> str:
    """Return the name, with a number before its ending if it is taken already, and take it."""
    stem, dot, ending = name.rpartition(".") if "." in name.rsplit("/", 1)[-1][1:] else (name, "", "")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem} ({number}){dot}{ending}"
    taken.add(name)
    return name


def _encoding(sample: bytes) -> str:
    """Return the encoding that makes sense of all names together."""
    try:
        text = decode(sample, name="names")
    except InvalidInput:
        return "cp437"
    if not WIDE.search(text) and not _CYRILLIC.search(text) and not _is_utf8(sample):
        return "cp437"
    candidates: Iterable[str] = (
        "utf-8",
        "gb18030",
        "big5hkscs",
        "cp932",
        "euc_jp",
        "cp949",
        "cp1251",
        "koi8-r",
    )
    return next((each for each in candidates if _decoded(sample, each) == text), "cp437")


def _decoded(name: bytes, encoding: str) -> str:
    return name.decode(encoding, "replace")


def _is_utf8(data: bytes) -> bool:
    return "\ufffd" not in data.decode("utf-8", "replace")


def _unicode_path(entry: zipfile.ZipInfo) -> str:
    """Return the name in the Unicode path field, if it belongs to the entry's name."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5 and len(extra) >= 4 + size:
            (checksum,) = struct.unpack("<L", extra[5:9])
            if checksum == zlib.crc32(entry.orig_filename.encode("cp437", "replace")):
                return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _shortened(part: str) -> str:
    if len(part) <= _LONGEST:
        return part
    stem, dot, ending = part.rpartition(".")
    return f"{stem[: _LONGEST - 20]}{dot}{ending[:15]}" if stem else part[:_LONGEST]

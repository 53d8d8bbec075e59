"""Clean text for storage: what remains is plain, printable, in NFC, and safe to quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["HARD_BREAK", "WIDE", "clean", "clean_line", "has_dirt", "is_unspaced", "join_lines", "reflow"]

HARD_BREAK = "\u2028"
"""Stands for a line break that the author wants, where other line breaks are only the source's."""

_HAN_KANA = "\u3001-\u3011\u3014-\u3020\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_KANA += "\uff01-\uff60\U00020000-\U0003ffff"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
WIDE = re.compile(f"[{_HAN_KANA}{_HANGUL}]")
"""Matches one character of Han, kana or Hangul, or a full-width form."""

_UNSPACED = re.compile(f"[{_HAN_KANA}]")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u2007\u202f]")
# Terminal colours, controls, zero-width spaces, soft hyphens, bidirectional overrides, byte order marks, noncharacters.
_DROPPED = re.compile(
    "\x1b\\[[0-9;]*m|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]"
    "|[\ufdd0-\ufdef\ufffe\uffff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Of what is dropped or replaced, that which does not belong into text at all.
_DIRT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\u202a\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile("\n{3,}")
_RUNS = re.compile("[ \t\u00a0\u2007\u202f]+")
_HYPHENATED = re.compile(r"(?<=\w)[-\u2010\u00ad]$")


def clean(text: str) -> str:
    r"""Return `text` in NFC with "\n" line breaks, without controls, bidi overrides and trailing spaces.

    Lone surrogates become U+FFFD, tabs and non-breaking spaces become spaces; at most one blank line stays in a row.
    """
    text = _DROPPED.sub("", _SPACES.sub(" ", _LINE_BREAKS.sub("\n", text)))
    text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))
    text = "\n".join(line.rstrip(" \u3000") for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n\u3000 ")


def has_dirt(text: str) -> bool:
    """Tell whether `clean` would take out NULs, controls, bidirectional overrides, lone surrogates or noncharacters."""
    return _DIRT.search(text) is not None


def clean_line(text: str) -> str:
    """Return `clean(text)` on one line, runs of spaces collapsed."""
    if text.isascii() and text.isprintable():  # most cells of large tables; nothing to clean
        return " ".join(text.split())
    return " ".join(clean(text).split())


def is_unspaced(text: str) -> bool:
    """Tell whether Han and kana dominate `text`, so that full-width punctuation suits it."""
    letters = sum(char.isalpha() for char in text)
    return len(_UNSPACED.findall(text)) > 0.3 * letters


def reflow(text: str) -> str:
    """Return one paragraph without its source's line breaks; each HARD_BREAK becomes one, runs of spaces collapse."""
    lines = (join_lines(line.split("\n")) for line in _RUNS.sub(" ", text).split(HARD_BREAK))
    return "\n".join(line for line in lines if line)


def join_lines(lines: Iterable[str]) -> str:
    """Join the lines of one paragraph: Han and kana without a space, a hyphenated word whole, else with a space."""
    joined: list[str] = []
    for line in filter(None, (raw.strip(" \r\u3000") for raw in lines)):
        if joined and _HYPHENATED.search(joined[-1]) and line[0].isalnum():
            cut = joined[-1][-2:-1].isalpha() and line[0].islower()
            joined[-1] = joined[-1][:-1] if cut else joined[-1]
        elif joined and not (_UNSPACED.match(joined[-1][-1]) and _UNSPACED.match(line[0])):
            joined.append(" ")
        joined.append(line)
    return "".join(joined)

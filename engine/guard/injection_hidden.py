"""Bring to light what is hidden in a text: invisible characters, look-alike letters, spelled-out words, base64."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.languages.folding import fold_with_offsets

__all__ = ["Plain", "concealed", "encoded", "plain"]

# Letters of Cyrillic, Greek and Armenian that look like small Latin ones (Unicode TR 39, confusables).
_LOOK_ALIKES = str.maketrans(
    "авеѕіјклмнорстухцԁһԛԝɡαβγεικνορτυχωνսօհіҽѵ",
    "abesijklmhopctyxudhqwgabyeikvoptuxwvuohiev",
)
_MIXED_WORD = re.compile(r"[^\W\d_]*(?:[a-z][Ͱ-ԯ԰-֏ɡ]|[Ͱ-ԯ԰-֏ɡ][a-z])[^\W\d_]*")
_LONE = re.compile("(?<=[a-z] )[а-я](?= [a-z])")
_SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_][ \-_.*·]{1,2}){5,}[^\W\d_](?![^\W_])")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007e]{4,}")  # a flag makes them a region's
_INVISIBLE_RUN = re.compile("[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]{12,}")
_BASE64 = re.compile(r"(?<![\w+/=])[A-Za-z0-9+/_-]{20,}={0,2}(?![\w+/=])")
_SEPARATORS = " -_.*·"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as a model may read it: folded, look-alikes made Latin; `offsets` lead back to the original."""

    text: str
    offsets: list[int]


def plain(text: str) -> Plain:
    """Return the text folded, words of mixed scripts in Latin letters, spelled-out words ("i g n o r e") joined."""
    folded, offsets = fold_with_offsets(text)
    if not folded.isascii():
        for pattern in (_MIXED_WORD, _LONE):
            folded = pattern.sub(lambda word: word[0].translate(_LOOK_ALIKES), folded)
    return _joined(folded, offsets)


def _joined(folded: str, offsets: list[int]) -> Plain:
    if not _SPELLED.search(folded):
        return Plain(folded, offsets)
    keep = bytearray(b"\1" * len(folded))
    for found in _SPELLED.finditer(folded):
        for at in range(found.start(), found.end()):
            if folded[at] in _SEPARATORS and not (folded[at - 1] in _SEPARATORS and folded[at] == " "):
                keep[at] = 0
    kept = [at for at in range(len(folded)) if keep[at]]
    return Plain("".join(folded[at] for at in kept), [*(offsets[at] for at in kept), offsets[-1]])


def concealed(text: str) -> Iterator[Span]:
    """Yield where text is that no reader sees: Unicode tags, and long runs of characters without width."""
    for pattern in (_TAGS, _INVISIBLE_RUN):
        yield from (Span(*found.span()) for found in pattern.finditer(text))


def encoded(text: str) -> Iterator[tuple[Span, str]]:
    """Yield stretches of base64 that decode to readable text, with that text."""
    for found in _BASE64.finditer(text):
        decoded = _decoded(found[0])
        if decoded:
            yield Span(*found.span()), decoded


def _decoded(written: str) -> str:
    standard = written.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        decoded = base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return decoded if decoded.isprintable() or decoded.replace("\n", "").isprintable() else ""

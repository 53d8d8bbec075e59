"""The smallest pieces that chunks are packed from: blocks, or sentences of blocks that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Block, BlockKind, Span
from engine.languages.sentences import sentences
from ingestion.chunking.weight import prefix_within, weight

__all__ = ["Unit", "units_of"]

# Where a sentence that is too long may be cut, best first; the cut is behind the match.
_CUTS = (re.compile("\n"), re.compile("[；;。.！!？?]"), re.compile("[，,、：:]"), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that stays whole; `weight` is that of its characters."""

    span: Span
    weight: float
    heading: bool
    page: int | None


def units_of(text: str, block: Block, max_weight: float) -> Iterator[Unit]:
    """Yield the block, or its sentences, or parts of those, each of at most `max_weight`."""
    heading = block.kind is BlockKind.HEADING
    total = weight(block.span.of(text))
    if total <= max_weight:
        yield Unit(block.span, total, heading, block.page)
        return
    for sentence in sentences(block.span.of(text), offset=block.span.start):
        for part in _parts(text, sentence, max_weight):
            yield Unit(part, weight(part.of(text)), heading, block.page)


def _parts(text: str, span: Span, max_weight: float) -> Iterator[Span]:
    start = span.start
    while start < span.end:
        rest = text[start : span.end]
        length = prefix_within(rest, max_weight)
        if length < len(rest):
            length = _cut(rest, length)
        part = rest[:length].rstrip()
        if part:
            yield Span(start, start + len(part))
        start += length + len(rest[length:]) - len(rest[length:].lstrip())


def _cut(text: str, limit: int) -> int:
    """Return where to cut `text` so that at most `limit` characters stand before, not in its first half if possible."""
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, limit // 2, limit)]
        if ends:
            return ends[-1]
    return limit

"""What parsers emit, and how it becomes the stored text with its blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.domain.knowledge import Block, BlockKind, Span
from ingestion.normalize import clean, clean_line

__all__ = ["Piece", "compose"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has a place in the text.

    Neighbours of the same `group` (0: none) belong to one list or table: one line break stands between them instead of
    two. `level` and `page` are those of `Block`.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    group: int = 0


def compose(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Return the stored text of the pieces and their blocks; pieces that are empty after cleaning vanish."""
    parts: list[str] = []
    blocks: list[Block] = []
    at, group = 0, 0
    for piece in pieces:
        text = clean_line(piece.text) if piece.kind is BlockKind.HEADING else clean(piece.text)
        if not text:
            continue
        if parts:
            gap = "\n" if piece.group and piece.group == group else "\n\n"
            parts.append(gap)
            at += len(gap)
        parts.append(text)
        blocks.append(Block(piece.kind, Span(at, at + len(text)), piece.level, piece.page))
        at, group = at + len(text), piece.group
    return "".join(parts), tuple(blocks)

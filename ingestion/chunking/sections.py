"""Divide a document into sections, and join those that are too small to stand alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from engine.domain.knowledge import Block, BlockKind, ParsedDocument
from ingestion.chunking.weight import weight

__all__ = ["Section", "joined_sections"]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under one path of headings, its own heading included; `has_body` tells whether there is more than that."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]
    weight: float
    has_body: bool


def joined_sections(parsed: ParsedDocument, *, min_weight: float, max_weight: float) -> list[Section]:
    """Return the document's sections in order, small ones joined.

    A heading without text of its own joins what follows. A section lighter than `min_weight` joins the next one, if
    that is its child or has the same parent and both together stay within `max_weight`; the path of both is then what
    their paths have in common. A heading at the very end joins what stands before it.
    """
    joined: list[Section] = []
    for section in _sections(parsed):
        if joined and _join(joined[-1], section, min_weight, max_weight):
            joined[-1] = _both(joined[-1], section)
        else:
            joined.append(section)
    if len(joined) > 1 and not joined[-1].has_body and joined[-2].weight + joined[-1].weight < max_weight:
        joined[-2:] = [_both(joined[-2], joined[-1])]
    return joined


def _sections(parsed: ParsedDocument) -> Iterator[Section]:
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for block in parsed.blocks:
        if block.kind is BlockKind.HEADING:
            if blocks:
                yield _section(parsed.text, path, blocks)
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, block.span.of(parsed.text))]
            blocks = []
        blocks.append(block)
    if blocks:
        yield _section(parsed.text, path, blocks)


def _section(text: str, path: Sequence[tuple[int, str]], blocks: Sequence[Block]) -> Section:
    total = weight(text[blocks[0].span.start : blocks[-1].span.end])
    has_body = any(block.kind is not BlockKind.HEADING for block in blocks)
    return Section(tuple(heading for _, heading in path), tuple(blocks), total, has_body)


def _join(before: Section, section: Section, min_weight: float, max_weight: float) -> bool:
    if not before.has_body:
        return True
    related = section.path[:-1] in (before.path, before.path[:-1])
    return section.has_body and before.weight < min_weight and related and before.weight + section.weight < max_weight


def _both(before: Section, section: Section) -> Section:
    paths = [part.path for part in (before, section) if part.has_body] or [section.path]
    return Section(
        path=_common(paths[0], paths[-1]),
        blocks=before.blocks + section.blocks,
        weight=before.weight + section.weight,
        has_body=before.has_body or section.has_body,
    )


def _common(path: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for part, _ in takewhile(lambda pair: pair[0] == pair[1], zip(path, other, strict=False)))

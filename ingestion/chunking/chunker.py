"""Cut a parsed document into chunks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.knowledge import Chunk, ParsedDocument, Span, stable_id
from ingestion.chunking.sections import joined_sections
from ingestion.chunking.units import Unit, units_of
from ingestion.chunking.weight import NARROW

__all__ = ["CHUNKER_VERSION", "ChunkOptions", "chunk"]

CHUNKER_VERSION = "1"
"""Changes whenever the same document gives other chunks, so that indexed documents are chunked anew."""


@dataclass(frozen=True, slots=True)
class ChunkOptions:
    """Sizes by `ingestion.chunking.weight.weight`: chunks stay within the most; sections below the least are joined."""

    max_weight: float = 320.0
    min_weight: float = 32.0

    def __post_init__(self) -> None:
        if self.max_weight < 1.0 or not 0 <= self.min_weight <= self.max_weight:
            raise ValueError("chunks need max_weight >= 1 and 0 <= min_weight <= max_weight")


def chunk(
    parsed: ParsedDocument, *, document_id: str, language: str, options: ChunkOptions | None = None
) -> tuple[Chunk, ...]:
    """Return the chunks in reading order; together they hold all text but the breaks between them.

    A chunk stays within a section (see `joined_sections`) and is cut between blocks, inside a block only if that is
    too long, then between its sentences, inside a sentence only if that is too long. Headings go with what follows.
    """
    options = options or ChunkOptions()
    seen: Counter[tuple[tuple[str, ...], str]] = Counter()
    chunks: list[Chunk] = []
    for section in joined_sections(parsed, min_weight=options.min_weight, max_weight=options.max_weight):
        units = [unit for block in section.blocks for unit in units_of(parsed.text, block, options.max_weight)]
        for packed in _pack(units, options.max_weight):
            span = Span(packed[0].span.start, packed[-1].span.end)
            text = span.of(parsed.text)
            number = seen[section.path, text]
            seen[section.path, text] += 1
            chunks.append(
                Chunk(
                    id=stable_id(document_id, *section.path, text, str(number)),
                    document_id=document_id,
                    ordinal=len(chunks),
                    span=span,
                    text=text,
                    section=section.path,
                    page=packed[0].page,
                    language=language,
                )
            )
    return tuple(chunks)


def _pack(units: Sequence[Unit], max_weight: float) -> list[list[Unit]]:
    """Fill chunks one after the other, then share the last two out evenly if the last is small."""
    packed: list[list[Unit]] = [[]]
    filled = 0.0
    for unit in units:
        if packed[-1] and filled + _added(packed[-1], unit) > max_weight:
            packed.append(_take_headings(packed[-1]))
            if packed[-1] and _weight([*packed[-1], unit]) > max_weight:
                packed.append([])
            filled = _weight(packed[-1])
        filled += _added(packed[-1], unit)
        packed[-1].append(unit)
    if len(packed) > 1 and _weight(packed[-1]) < max_weight / 4:
        packed[-2:] = _even([*packed[-2], *packed[-1]], max_weight)
    return packed


def _take_headings(units: list[Unit]) -> list[Unit]:
    """Take the headings from the end of a chunk: they belong to what comes next."""
    at = len(units)
    while at > 1 and units[at - 1].heading:
        at -= 1
    taken = units[at:]
    del units[at:]
    return taken


def _even(units: list[Unit], max_weight: float) -> list[list[Unit]]:
    """Cut a run of units in two, as even as the bound and the headings allow."""
    cuts = [(units[:at], units[at:]) for at in range(1, len(units)) if not units[at - 1].heading]
    allowed = [cut for cut in cuts if max(map(_weight, cut)) <= max_weight]
    if not allowed:
        return [units]
    return list(min(allowed, key=lambda cut: max(map(_weight, cut))))


def _weight(units: Sequence[Unit]) -> float:
    """Return the weight of the text from the first unit to the last, the breaks between them included."""
    return sum(_added(units[max(0, at - 1) : at], unit) for at, unit in enumerate(units))


def _added(units: Sequence[Unit], unit: Unit) -> float:
    """Return what a unit behind others adds to their weight: its own and that of the break between."""
    gap = unit.span.start - units[-1].span.end if units else 0
    return unit.weight + NARROW * gap

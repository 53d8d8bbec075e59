"""What changed between two versions of a document, section by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from itertools import groupby

from engine.domain.knowledge import Chunk
from engine.ports import KnowledgeRepository

__all__ = ["Change", "Comparison", "Place", "SectionChange", "compare", "section_changes"]

CONTEXT = 3  # unchanged lines around a change

Place = tuple[tuple[str, ...], int]
"""Where a section is: its path of headings, and how many sections had the same one before."""


class Change(StrEnum):
    """What became of a section."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that differs; `diff` are the lines of a unified diff without its header."""

    section: tuple[str, ...]
    change: Change
    diff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions: the sections that differ, in reading order, and how many do not."""

    document_id: str
    older: int
    newer: int
    sections: tuple[SectionChange, ...]
    unchanged: int


def compare(knowledge: KnowledgeRepository, document_id: str, older: int, newer: int) -> Comparison:
    """Compare two versions of a document; NotFound for one that is not there."""
    before, after = (
        _sections(knowledge.chunks(document_id, knowledge.version(document_id, version).version))
        for version in (older, newer)
    )
    changes = tuple(section_changes(before, after))
    unchanged = sum(before.get(place) == text for place, text in after.items())
    return Comparison(document_id, older, newer, changes, unchanged)


def section_changes(before: Mapping[Place, str], after: Mapping[Place, str]) -> Iterator[SectionChange]:
    """Yield the sections that differ in the order of `after`; removed ones come where they stood in `before`."""
    removed = [place for place in before if place not in after]
    follows = {place: at for at, place in enumerate(before)}
    for place, text in after.items():
        while removed and follows[removed[0]] < follows.get(place, -1):
            yield _change(removed.pop(0), before, after)
        if before.get(place) != text:
            yield _change(place, before, after)
    for place in removed:
        yield _change(place, before, after)


def _change(place: Place, before: Mapping[Place, str], after: Mapping[Place, str]) -> SectionChange:
    kind = Change.ADDED if place not in before else Change.REMOVED if place not in after else Change.CHANGED
    old, new = (texts.get(place, "").splitlines() for texts in (before, after))
    lines = tuple(unified_diff(old, new, lineterm="", n=CONTEXT))[2:]
    return SectionChange(place[0], kind, lines)


def _sections(chunks: Sequence[Chunk]) -> dict[Place, str]:
    """Return the texts of the sections that the chunks are cut from, in order."""
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[Place, str] = {}
    for path, members in groupby(chunks, key=lambda chunk: chunk.section):
        found[path, seen[path]] = "\n".join(chunk.text for chunk in members)
        seen[path] += 1
    return found

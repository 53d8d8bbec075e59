"""Prefer, of a page that the knowledge base holds in several languages, the one in the customer's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.domain.search import Passage
from engine.languages.kinship import Kinship, kinship
from engine.ports import KnowledgeRepository

__all__ = ["PARALLEL", "Siblings"]

PARALLEL = "parallel"  # in a passage's ranks: where the page was found in another language
LOOKED_AT = 20  # passages

Find = Callable[[tuple[str, ...]], tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class Siblings:
    """The pages of a knowledge base in other languages, on a day; `find` searches within some documents."""

    knowledge: KnowledgeRepository
    day: date
    find: Find

    def preferred(self, passages: Sequence[Passage], language: str, *, alone: bool = False) -> tuple[Passage, ...]:
        """Return the passages, best first, with those of pages in `language` (BCP 47) before the same in others.

        Such a passage scores a hair more than the one that it stands before, whose place is its rank under `PARALLEL`.
        A page that was found only in another language is searched in the one that is nearest to `language`: itself,
        then the same in another script. With `alone`, what it takes the place of is left out.
        """
        wanted = self._nearer(passages[:LOOKED_AT], language)
        if not wanted:
            return tuple(passages)
        known = {passage.document_id for passage in passages}
        missing = tuple(dict.fromkeys(own for own in wanted.values() if own not in known))
        best = _best((*passages, *(self.find(missing) if missing else ())))
        instead = {found: best[own] for found, own in wanted.items() if own in best}
        ordered = _ordered(passages, instead)
        return tuple(each for each in ordered if each.document_id not in instead) if alone else ordered

    def _nearer(self, passages: Sequence[Passage], language: str) -> Mapping[str, str]:
        """Return, by document that was found in another language, the same page in a nearer one."""
        foreign = {each.document_id: each.language for each in passages if each.language != language}
        related = self.knowledge.siblings(tuple(foreign), self.day) if foreign else {}
        nearest: dict[str, str] = {}
        for document_id, siblings in related.items():
            own = max(siblings, key=lambda each: (_nearness(each.language, language), each.document_id))
            if _nearness(own.language, language) > _nearness(foreign[document_id], language):
                nearest[document_id] = own.document_id
        return nearest


def _nearness(language: str, wanted: str) -> int:
    if language == wanted:
        return 2
    return int(kinship(language, wanted) is Kinship.LANGUAGE)


def _best(passages: Sequence[Passage]) -> Mapping[str, Passage]:
    """Return the first passage of each document."""
    return {passage.document_id: passage for passage in reversed(passages)}


def _ordered(passages: Sequence[Passage], instead: Mapping[str, Passage]) -> tuple[Passage, ...]:
    """Put the passage of the nearer language before the first of the page that it is the same as."""
    ordered: dict[str, Passage] = {}
    for rank, passage in enumerate(passages, start=1):
        own = instead.get(passage.document_id)
        if own is not None and own.chunk_id not in ordered:
            ranks = {**own.ranks, PARALLEL: rank}
            above = math.nextafter(passage.score, math.inf)
            ordered[own.chunk_id] = replace(own, score=max(own.score, above), ranks=ranks)
        ordered.setdefault(passage.chunk_id, passage)
    return tuple(ordered.values())

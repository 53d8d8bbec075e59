"""Mark what a passage has in common with the query, in the passage's original characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.folding import fold_with_offsets, original_span
from engine.languages.scripts import MARKS
from engine.languages.terms import content_terms, terms

__all__ = ["highlighted"]

WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What of a query is marked: words of these stems, and its CJK bigrams."""

    stems: frozenset[str]
    runs: tuple[str, ...]


def highlighted(passage: Passage, query: str, language: str) -> Passage:
    """Return the passage with `highlights`: words of the query's stems, and runs of its CJK bigrams."""
    wanted = _wanted(query, language)
    folded, offsets = fold_with_offsets(passage.text)
    found = [original_span(offsets, *place) for place in sorted(_places(folded, wanted, passage.language))]
    base = passage.span.start
    return replace(passage, highlights=tuple(Span(base + s.start, base + s.end) for s in _joined(found)))


@lru_cache(maxsize=16)
def _wanted(query: str, language: str) -> _Wanted:
    """Return what to mark in every passage of one search; single characters where the query has no bigrams."""
    terms_of_query = content_terms(query, language)
    return _Wanted(frozenset(terms_of_query.words), tuple(terms_of_query.bigrams or terms_of_query.characters))


def _places(folded: str, wanted: _Wanted, language: str) -> Iterator[tuple[int, int]]:
    """Yield where words and runs of the query stand; they may overlap."""
    if wanted.stems:
        for match in WORD.finditer(folded):
            if not _stems(match[0], language).isdisjoint(wanted.stems):
                yield match.span()
    for run in wanted.runs:
        at = folded.find(run)
        while at >= 0:
            yield at, at + len(run)
            at = folded.find(run, at + 1)


@lru_cache(maxsize=100_000)
def _stems(word: str, language: str) -> frozenset[str]:
    return frozenset(terms(word, language).words)


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined

"""Mark what a passage has in common with the query, in the passage's original characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.folding import fold_with_offsets, original_span
from engine.languages.terms import Terms, content_terms, terms

__all__ = ["highlighted"]

WORD = re.compile(r"[^\W_]+")


def highlighted(passage: Passage, query: str, language: str) -> Passage:
    """Return the passage with `highlights`: words of the query's stems, and runs of its CJK bigrams."""
    wanted = content_terms(query, language)
    folded, offsets = fold_with_offsets(passage.text)
    found = [
        original_span(offsets, *place) for place in sorted((*_words(folded, wanted, passage), *_runs(folded, wanted)))
    ]
    base = passage.span.start
    return replace(passage, highlights=tuple(Span(base + s.start, base + s.end) for s in _joined(found)))


def _words(folded: str, wanted: Terms, passage: Passage) -> Iterator[tuple[int, int]]:
    if wanted.words:
        for match in WORD.finditer(folded):
            if not _stems(match[0], passage.language).isdisjoint(wanted.words):
                yield match.span()


@lru_cache(maxsize=100_000)
def _stems(word: str, language: str) -> frozenset[str]:
    return frozenset(terms(word, language).words)


def _runs(folded: str, wanted: Terms) -> Iterator[tuple[int, int]]:
    """Yield where bigrams of the query stand, single characters where it has no bigrams; they may overlap."""
    unspaced = wanted.bigrams or wanted.characters
    if unspaced:
        pattern = re.compile(f"(?=({'|'.join(map(re.escape, unspaced))}))")
        yield from (match.span(1) for match in pattern.finditer(folded))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined

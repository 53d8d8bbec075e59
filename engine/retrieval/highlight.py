"""Mark what a passage has in common with the query, in the passage's original characters."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.folding import fold_with_offsets, original_span
from engine.languages.terms import content_terms

__all__ = ["highlighted"]

MIN_WORD_STEM = 3


def highlighted(passage: Passage, query: str, language: str) -> Passage:
    """Return the passage with `highlights`: words that begin with a query stem, and runs of its CJK bigrams."""
    pattern = _pattern(query, language)
    if pattern is None:
        return passage
    folded, offsets = fold_with_offsets(passage.text)
    found = [original_span(offsets, *match.span(1)) for match in pattern.finditer(folded)]
    base = passage.span.start
    return replace(passage, highlights=tuple(Span(base + s.start, base + s.end) for s in _joined(found)))


def _pattern(query: str, language: str) -> re.Pattern[str] | None:
    counted = content_terms(query, language)
    words = [rf"(?<!\w){re.escape(w)}" + (r"\w*" if len(w) > MIN_WORD_STEM else r"(?!\w)") for w in counted.words]
    unspaced = counted.bigrams or counted.characters
    parts = [*words, *(re.escape(term) for term in unspaced)]
    return re.compile(f"(?=({'|'.join(parts)}))") if parts else None  # looks ahead, so that bigrams may overlap


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return joined

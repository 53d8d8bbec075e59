"""Keep what is aimed at the model away from it, and from answers that quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.guard.injection import Injection, find_commands, find_injections
from engine.guard.injection_phrases import InjectionKind

__all__ = ["Quarantine", "screened"]

_EVERY = frozenset(InjectionKind)


class Quarantine(StrEnum):
    """What becomes of suspicious text when a question is answered; a search shows it all the same."""

    PASSAGE = "passage"  # passages that ingestion flagged take no part, suspicious sentences of others neither
    SENTENCE = "sentence"  # suspicious sentences take no part
    OFF = "off"


def screened(passages: Sequence[Passage], quarantine: Quarantine = Quarantine.SENTENCE) -> tuple[Passage, ...]:
    """Return the passages that may be evidence, in order.

    Passages that ingestion did not flag are as they are; those that it never looked at are looked at here. Where a
    sentence is left out its passage is cut: the rest are passages of their own, each the stored text at its span.
    """
    if quarantine is Quarantine.OFF:
        return tuple(passages)
    kept = (each for each in passages if not each.quarantined or quarantine is Quarantine.SENTENCE)
    return tuple(part for each in kept for part in _parts(each))


def _parts(passage: Passage) -> Iterator[Passage]:
    found = () if passage.quarantined is False else _suspicious(passage.text, whole=bool(passage.quarantined))
    if not found:
        yield passage
        return
    edges = [0, *(edge for each in found for edge in (each.span.start, each.span.end)), len(passage.text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        text = passage.text[start:end]
        if any(char.isalnum() for char in text):
            lead = len(text) - len(text.lstrip())
            at = passage.span.start + start + lead
            text = text.strip()
            span = Span(at, at + len(text))
            yield replace(passage, span=span, text=text, highlights=())


@lru_cache(maxsize=4096)
def _suspicious(text: str, *, whole: bool) -> tuple[Injection, ...]:
    """Return what is suspicious in a passage; tasks only where ingestion, which saw the whole document, flagged it."""
    return find_injections(text) if whole else find_commands(text, kinds=_EVERY)

"""Tell the intents of messages: one classifier a knowledge base, learnt anew when its taxonomy has changed."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Final

from engine.assist.triage.classifier import Guess, IntentClassifier
from engine.assist.triage.encoding import MessageEncoder
from engine.assist.triage.outside import OUTSIDE
from engine.assist.triage.parts import parts
from engine.domain.knowledge import Span
from engine.domain.triage import FoundIntent, Intent, Taxonomy
from engine.ports import IntentRepository

__all__ = ["Finding", "IntentFinder"]

ALONE: Final = 0.5  # least probability of a further intent that a part of the message says by itself
SHOWN: Final = 5  # candidates


@dataclass(frozen=True, slots=True)
class Finding:
    """The intents of a message, likeliest first; none of them is one if `intents` is empty."""

    intents: tuple[FoundIntent, ...]
    candidates: tuple[FoundIntent, ...]
    none_probability: float
    meant: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class _Learnt:
    taxonomy: Taxonomy
    classifier: IntentClassifier | None


class IntentFinder:
    """Finds intents; edits of the taxonomy, by whatever process, are taken up by the next call."""

    def __init__(self, repository: IntentRepository, encoder: MessageEncoder) -> None:
        self._repository = repository
        self._encoder = encoder
        self._learnt: dict[str, _Learnt] = {}
        self._lock = threading.Lock()

    def find(self, knowledge_base: str, text: str) -> Finding:
        """Return what a message wants; a message of several sentences may want several things.

        Without any intent in the knowledge base, or any letter in the message, it is none of them. NotFound for an
        unknown knowledge base.
        """
        learnt = self._current(knowledge_base)
        if learnt.classifier is None or not any(map(str.isalpha, text)):
            return Finding((), (), 1.0, ())
        spans = [Span(0, len(text)), *parts(text)]
        whole, *pieces = learnt.classifier.guesses(self._encoder.points([span.of(text) for span in spans]))
        candidates = [FoundIntent(name, share * whole.known, spans[0]) for name, share in whole.shares.items()]
        candidates.sort(key=lambda each: -each.probability)
        found = _said(whole, pieces, spans, learnt.classifier.threshold)
        known = max((whole.known, *(each.probability for each in found)))
        meant = {intent.id: intent for intent in learnt.taxonomy.intents}
        return Finding(
            tuple(_rounded(each) for each in found),
            tuple(_rounded(each) for each in candidates[:SHOWN]),
            round(1 - known, 3),
            tuple(meant[each.id] for each in found),
        )

    def _current(self, knowledge_base: str) -> _Learnt:
        with self._lock:
            learnt = self._learnt.get(knowledge_base)
            revision = self._repository.taxonomy_revision(knowledge_base)
            if learnt is None or learnt.taxonomy.revision != revision:
                learnt = self._learn(self._repository.taxonomy(knowledge_base))
                self._learnt[knowledge_base] = learnt
            return learnt

    def _learn(self, taxonomy: Taxonomy) -> _Learnt:
        labelled = [(text, intent.id) for intent in taxonomy.intents for text in intent.examples]
        if not labelled:
            return _Learnt(taxonomy, None)
        texts, labels = zip(*labelled, strict=True)
        points, outside = self._encoder.remembered(texts), self._encoder.remembered(OUTSIDE)
        return _Learnt(taxonomy, IntentClassifier(points, labels, outside))


def _said(whole: Guess, pieces: list[Guess], spans: list[Span], threshold: float) -> list[FoundIntent]:
    """Return what the parts of a message say clearly by themselves, and what it says as a whole."""
    told = zip(pieces, spans[1:], strict=True)
    clear = [_likeliest(guess, span) for guess, span in told if guess.known >= threshold]
    clear = [found for found in clear if found.probability >= ALONE]
    overall = _likeliest(whole, spans[0])
    if whole.known >= threshold and (not clear or overall.probability >= ALONE):
        clear.append(overall)
    best: dict[str, FoundIntent] = {}
    for found in clear:
        before = best.setdefault(found.id, found)
        best[found.id] = replace(before, probability=max(before.probability, found.probability))
    return sorted(best.values(), key=lambda each: -each.probability)


def _likeliest(guess: Guess, span: Span) -> FoundIntent:
    name = max(guess.shares, key=lambda each: guess.shares[each])
    return FoundIntent(name, guess.shares[name] * guess.known, span)


def _rounded(found: FoundIntent) -> FoundIntent:
    return replace(found, probability=round(found.probability, 3))

"""Measure how well intents are told, and messages without one."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from engine.assist.triage.classifier import Guess, IntentClassifier
from engine.assist.triage.encoding import MessageEncoder
from engine.assist.triage.kernel import Points
from engine.assist.triage.outside import OUTSIDE
from evals.datasets.intents import IntentSet, Message
from evals.metrics.auroc import auroc
from evals.metrics.ece import expected_calibration_error
from evals.metrics.percentiles import percentile

__all__ = ["bench_intents"]

COVERAGE = 0.95
TIMED = 200  # messages that are read one by one


def bench_intents(encoder: MessageEncoder, on: IntentSet) -> dict[str, object]:
    """Learn from a set's training messages, and score those held out.

    `out_of_scope_recall_at_95` is the share of messages without an intent that score lower than 95% of those with one;
    `coverage` and `out_of_scope_recall` are those at the classifier's own threshold, which it learnt without either.
    """
    points = encoder.points([message.text for message in on.train])
    begun = time.perf_counter()
    classifier = IntentClassifier(points, [message.intent for message in on.train], encoder.remembered(OUTSIDE))
    learning = time.perf_counter() - begun
    inside = classifier.guesses(encoder.points([message.text for message in on.held_out]))
    outside = classifier.guesses(encoder.points([message.text for message in on.outside])) if on.outside else ()
    return {
        "examples": len(on.train),
        "intents": len(classifier.intents),
        "messages": len(on.held_out),
        "learning_s": round(learning, 1),
        **_accuracy(inside, on.held_out),
        **(_scope(inside, outside, classifier.threshold) if outside else {}),
        **_times(encoder, classifier, on.held_out[:TIMED]),
    }


def _best(guess: Guess) -> str:
    return max(guess.shares, key=lambda name: guess.shares[name])


def _accuracy(inside: Sequence[Guess], messages: Sequence[Message]) -> dict[str, float]:
    right = [_best(guess) == message.intent for guess, message in zip(inside, messages, strict=True)]
    sure = [guess.shares[_best(guess)] for guess in inside]
    return {"accuracy": round(float(np.mean(right)), 4), "ece": round(expected_calibration_error(sure, right), 4)}


def _scope(inside: Sequence[Guess], outside: Sequence[Guess], threshold: float) -> dict[str, float]:
    known, unknown = [guess.known for guess in inside], [guess.known for guess in outside]
    at = float(np.quantile(known, 1 - COVERAGE))
    labels = [True] * len(known) + [False] * len(unknown)
    return {
        "out_of_scope_auroc": round(auroc([*known, *unknown], labels), 4),
        "out_of_scope_recall_at_95": round(float(np.mean([each < at for each in unknown])), 3),
        "coverage": round(float(np.mean([each >= threshold for each in known])), 3),
        "out_of_scope_recall": round(float(np.mean([each < threshold for each in unknown])), 3),
    }


def _times(encoder: MessageEncoder, classifier: IntentClassifier, messages: Sequence[Message]) -> dict[str, float]:
    took = []
    for message in messages:
        begun = time.perf_counter()
        points: Points = encoder.points([message.text])
        classifier.guesses(points)
        took.append((time.perf_counter() - begun) * 1000)
    return {"p50_ms": round(percentile(took, 50), 2), "p95_ms": round(percentile(took, 95), 2)}

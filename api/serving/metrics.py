"""What Prometheus collects. Labels are names of ours: no tenant, no knowledge base, nothing that was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from engine.domain.answer import Answer

__all__ = ["MEDIA_TYPE", "Metrics"]

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The metrics of one application; an `engine.serving.Observer`. Safe to use from several threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = self._counter("requests", "Requests by route, method and status.", "route", "method", "status")
        self._seconds = self._histogram("request_seconds", "Time until a request was answered in full.", "route")
        self._stages = self._histogram("stage_seconds", "Time that a stage of a search or an answer took.", "stage")
        self._answers = self._counter("answers", "Answers by what came of them.", "outcome")
        self._abstained = self._counter("abstentions", "Answers that were withheld, by reason.", "reason")
        self._handoffs = self._counter("handoffs", "Hand-overs to a person, by reason.", "reason")
        self._tokens = self._counter("llm_tokens", "Tokens of the language model, where it counts them.", "kind")
        self._cache = self._counter("cache", "Answers looked up in the cache.", "result")
        self._running = Gauge("knowdesk_requests_running", "Requests under way.", registry=self._registry)
        self._jobs = Gauge("knowdesk_jobs", "Jobs that are not at their end.", ["state"], registry=self._registry)

    def began(self) -> None:
        """Count a request that arrived."""
        self._running.inc()

    def ended(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered; `route` is its template, empty where there is none."""
        self._running.dec()
        known = route or "unknown"
        self._requests.labels(known, method if method in METHODS else "other", str(status)).inc()
        self._seconds.labels(known).observe(seconds)

    def stage(self, name: str, seconds: float) -> None:
        """Count a stage."""
        self._stages.labels(name).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """Count an answer, by what came of it and why."""
        self._answers.labels(_outcome(answer)).inc()
        if answer.abstained:
            self._abstained.labels(answer.abstained.reason.value).inc()
        if answer.handoff:
            self._handoffs.labels(answer.handoff.reason.value).inc()

    def tokens(self, *, prompt: int, completion: int) -> None:
        """Count what a reply of the language model took."""
        self._tokens.labels("prompt").inc(prompt)
        self._tokens.labels("completion").inc(completion)

    def cached(self, result: str) -> None:
        """Count a look into the cache: `hit` or `miss`."""
        self._cache.labels(result).inc()

    def text(self, jobs: Mapping[str, int]) -> bytes:
        """Return everything in Prometheus' text format; `jobs` is how many there are in each active state."""
        for state, count in jobs.items():
            self._jobs.labels(state).set(count)
        return generate_latest(self._registry)

    def _counter(self, name: str, told: str, *labels: str) -> Counter:
        return Counter(f"knowdesk_{name}", told, labels, registry=self._registry)

    def _histogram(self, name: str, told: str, *labels: str) -> Histogram:
        return Histogram(f"knowdesk_{name}", told, labels, buckets=SECONDS, registry=self._registry)


def _outcome(answer: Answer) -> str:
    if answer.text:
        return answer.text.mode.value
    if answer.abstained:
        return "abstained"
    return "clarified" if answer.clarify else "handed_over"

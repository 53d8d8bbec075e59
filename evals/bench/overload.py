"""More clients than a service can answer: what it says to them, what that costs, and how it comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import anyio

from engine.errors import BackendFailed
from evals.bench.latency import Latency
from evals.bench.load import LoadOptions, ask
from evals.bench.service import HttpApi
from evals.bench.watching import peak_memory, resident_mb

__all__ = ["Overload", "bench_overload"]

CALL = "/v1/answer"
REFUSALS = frozenset({"429", "503"})
ENDLESS = 10**9  # requests
BEFORE = 20
"""Requests of one client, before and afterwards, that tell how long an answer takes."""


@dataclass(frozen=True, slots=True)
class Overload:
    """Times of what was answered, before, under overload and afterwards; refusals, and everything else by its kind.

    Memory is that of the service's process and its children. `recovery_s` is how long after the last client the first
    request of a single one was answered.
    """

    clients: int
    seconds: float
    before: Latency
    answered: Latency | None
    after: Latency
    refused: Mapping[str, int]
    errors: Mapping[str, int]
    recovery_s: float
    before_mb: float
    peak_mb: float
    after_mb: float

    def as_json(self) -> dict[str, object]:
        """Return the part of the document that `--json` prints."""
        return asdict(self)

    def told(self) -> str:
        """Return the same in words."""
        found = self.answered
        answered = f"{found.calls} answered, p95 {found.p95_ms:.0f} ms" if found else "nothing answered"
        counts = {**self.refused, **self.errors}
        others = ", ".join(f"{kind}: {number}" for kind, number in sorted(counts.items())) or "nothing refused"
        memory = f"{self.before_mb:.0f}, at most {self.peak_mb:.0f}, then {self.after_mb:.0f} MB"
        times = f"p50 {self.before.p50_ms:.0f} ms before, {self.after.p50_ms:.0f} ms afterwards"
        return (
            f"Overload by {self.clients} clients for {self.seconds:.0f} s: {answered}; {others}. "
            f"Answered again after {self.recovery_s:.2f} s, {times}. Memory {memory}."
        )


def bench_overload(
    api: HttpApi, questions: Sequence[str], *, clients: int, seconds: float, say: Callable[[str], None]
) -> Overload:
    """Ask with so many clients for so long; BackendFailed if a single client is not answered before or afterwards."""
    url = str(api.client.base_url).rstrip("/") + CALL
    bodies = [{"knowledge_base": api.knowledge_base, "question": text} for text in questions]
    before = _alone(url, bodies)
    before_mb = resident_mb(api.pid)
    say(f"overload, {clients} at a time")
    began = time.perf_counter()
    with peak_memory(api.pid) as peak:
        seen = anyio.run(ask, url, bodies, LoadOptions((clients,), ENDLESS, seconds))
    ended = time.perf_counter()
    anyio.run(ask, url, bodies, LoadOptions((1,), 1, seconds))
    recovery = time.perf_counter() - ended
    return Overload(
        clients,
        ended - began,
        before,
        Latency.of(seen.milliseconds) if seen.milliseconds else None,
        _alone(url, bodies),
        {kind: number for kind, number in seen.errors.items() if kind in REFUSALS},
        {kind: number for kind, number in seen.errors.items() if kind not in REFUSALS},
        recovery,
        before_mb,
        peak.together / 1e6,
        resident_mb(api.pid),
    )


def _alone(url: str, bodies: Sequence[Mapping[str, str]]) -> Latency:
    """Return how long answers take for a single client."""
    seen = anyio.run(ask, url, bodies, LoadOptions((1,), BEFORE, 60.0))
    if not seen.milliseconds:
        raise BackendFailed("The service answers nobody.", remedy="Run `knowdesk serve` to see why.")
    return Latency.of(seen.milliseconds)

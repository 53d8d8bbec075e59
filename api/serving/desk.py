"""What serves all requests of one application, put together from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from fastapi import FastAPI

from api.failures import CatchFailures
from api.serving.admission import Admission
from api.serving.attending import Attending
from api.serving.metrics import Metrics
from api.serving.observing import Observing
from api.serving.probing import Probe
from api.serving.rates import Rates
from api.serving.tracing import Tracing, otlp_exporter
from engine.caching import AnswerCache
from engine.settings import Settings

__all__ = ["Serving", "install_serving", "serving_of"]

WORKING: Final = 8
"""Requests at a time that compute: more threads only take each other's turns with the interpreter."""
WAITING: Final = 32
"""Requests at a time that mostly wait for a language model."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Counters and limits that requests share."""

    metrics: Metrics
    rates: Rates
    probe: Probe
    tracing: Tracing | None = None
    answers: AnswerCache | None = None

    def close(self) -> None:
        """Send what was not sent yet, and close what calls are counted in."""
        self.rates.close()
        if self.tracing:
            self.tracing.close()


def serving_of(settings: Settings) -> Serving:
    """Return what the settings ask for."""
    metrics, endpoint = Metrics(), settings.otel_endpoint
    tracing = Tracing(otlp_exporter(endpoint), metrics) if endpoint else None
    answers = AnswerCache(settings.answer_cache) if settings.answer_cache else None
    return Serving(metrics, Rates.of(settings), Probe(), tracing, answers)


def install_serving(app: FastAPI, settings: Settings, serving: Serving) -> None:
    """Put the middleware around the app; the last that is added is the first to see a request."""
    add = app.add_middleware
    add(
        Admission,
        running=settings.concurrent_requests or (WAITING if settings.llm_base_url else WORKING),
        queued=settings.queued_requests,
        wait_s=settings.queue_wait_s,
    )
    add(CatchFailures)
    add(Observing, metrics=serving.metrics)
    add(partial(Attending, timeout_s=settings.request_timeout_s, observer=serving.tracing or serving.metrics))
    if serving.tracing:
        serving.tracing.install(app)

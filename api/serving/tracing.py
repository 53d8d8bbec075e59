"""OpenTelemetry traces of requests and of their stages, sent where the settings say."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from engine.domain.answer import Answer
from engine.optional import require
from engine.serving import Observer

if TYPE_CHECKING:
    from fastapi import FastAPI
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

__all__ = ["Tracing", "otlp_exporter"]

EXTRA: Final = "otel"
UNTRACED: Final = "/health/.*,/metrics"
PRIVATE: Final = ("http.target", "http.url", "url.full", "url.query", "url.path", "http.user_agent", "net.peer.ip")
"""Attributes that can carry what was asked for, names of documents, or who asked; spans have the route instead."""


class Tracing:
    """Makes spans: of requests through the official instrumentation, and of stages as an observer of the engine.

    What it observes it passes on to `inner`.
    """

    def __init__(self, exporter: SpanExporter, inner: Observer) -> None:
        sdk, resources = require("opentelemetry.sdk.trace", EXTRA), require("opentelemetry.sdk.resources", EXTRA)
        export = require("opentelemetry.sdk.trace.export", EXTRA)
        self._inner = inner
        self._provider: TracerProvider = sdk.TracerProvider(
            resource=resources.Resource({"service.name": "knowdesk"}), shutdown_on_exit=False
        )
        self._provider.add_span_processor(export.BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("knowdesk")

    def install(self, app: FastAPI) -> None:
        """Make a span for each request of the app."""
        instrumentation = require("opentelemetry.instrumentation.fastapi", EXTRA)
        instrumentation.FastAPIInstrumentor.instrument_app(
            app,
            tracer_provider=self._provider,
            excluded_urls=UNTRACED,
            exclude_spans=["receive", "send"],
            server_request_hook=_without_private,
        )

    def stage(self, name: str, seconds: float) -> None:
        """Add a span for a stage that ended just now."""
        end = time.time_ns()
        self._tracer.start_span(name, start_time=end - int(seconds * 1e9)).end(end)
        self._inner.stage(name, seconds)

    def answered(self, answer: Answer) -> None:
        """Pass it on."""
        self._inner.answered(answer)

    def tokens(self, *, prompt: int, completion: int) -> None:
        """Pass it on."""
        self._inner.tokens(prompt=prompt, completion=completion)

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def otlp_exporter(endpoint: str) -> SpanExporter:
    """Return what sends spans over OTLP/HTTP to a collector such as http://localhost:4318."""
    module = require("opentelemetry.exporter.otlp.proto.http.trace_exporter", EXTRA)
    exporter: SpanExporter = module.OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
    return exporter


def _without_private(span: Span, _: dict[str, Any]) -> None:
    for name in PRIVATE:
        span.set_attribute(name, "")

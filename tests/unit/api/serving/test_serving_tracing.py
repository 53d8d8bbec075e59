from __future__ import annotations

from fastapi import FastAPI
from fastapi.testclient import TestClient
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from api.serving.metrics import Metrics
from api.serving.tracing import Tracing, otlp_exporter

SECRET = "order-4711"


def _traced() -> tuple[TestClient, Tracing, InMemorySpanExporter, Metrics]:
    exporter, metrics, app = InMemorySpanExporter(), Metrics(), FastAPI()
    tracing = Tracing(exporter, metrics)

    @app.get("/v1/things/{id}")
    async def show(id: str) -> dict[str, str]:
        tracing.stage("search", 0.25)
        return {}

    @app.get("/health/live")
    async def live() -> dict[str, str]:
        return {}

    tracing.install(app)
    return TestClient(app), tracing, exporter, metrics


def test_a_request_is_a_span_named_by_its_route_with_its_stages_below() -> None:
    client, tracing, exporter, metrics = _traced()
    client.get(f"/v1/things/{SECRET}?q={SECRET}", headers={"User-Agent": SECRET})
    tracing.close()
    stage, request = exporter.get_finished_spans()
    assert (stage.name, request.name) == ("search", "GET /v1/things/{id}")
    assert stage.parent
    assert stage.parent.span_id == request.context.span_id
    assert (stage.end_time or 0) - (stage.start_time or 0) == 250_000_000
    assert b'knowdesk_stage_seconds_count{stage="search"} 1.0' in metrics.text({})


def test_a_span_carries_nothing_that_was_asked_for() -> None:
    client, tracing, exporter, _ = _traced()
    client.get(f"/v1/things/{SECRET}?q={SECRET}", headers={"User-Agent": SECRET})
    client.get(f"/nowhere/{SECRET}")
    tracing.close()
    assert exporter.get_finished_spans()
    assert SECRET not in "".join(span.to_json() for span in exporter.get_finished_spans())


def test_probes_are_not_traced() -> None:
    client, tracing, exporter, _ = _traced()
    client.get("/health/live")
    tracing.close()
    assert exporter.get_finished_spans() == ()


def test_spans_go_to_the_collector_of_the_settings() -> None:
    exporter = otlp_exporter("http://collector.example:4318/")
    assert getattr(exporter, "_endpoint", "") == "http://collector.example:4318/v1/traces"
    exporter.shutdown()

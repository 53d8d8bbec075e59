"""`/metrics`."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Response

from api.openapi import problems
from api.serving.metrics import MEDIA_TYPE
from api.state import JobsOf, ServingOf
from ingestion.jobs.values import ACTIVE

__all__ = ["router"]

router = APIRouter(tags=["health"])
TEXT = {"description": "Prometheus' text format.", "content": {"text/plain": {"schema": {"type": "string"}}}}


@router.get("/metrics", response_class=Response, responses={200: TEXT, **problems(takes_input=False)})
def show_metrics(jobs: JobsOf, serving: ServingOf) -> Response:
    """Return what Prometheus collects: latencies by stage, requests, abstentions, hand-overs, jobs, tokens."""
    found = Counter(job.state.value for job in jobs.jobs(states=ACTIVE))
    return Response(serving.metrics.text({state.value: found[state.value] for state in ACTIVE}), media_type=MEDIA_TYPE)

from __future__ import annotations

from dataclasses import replace

import pytest

from api.serving.metrics import Metrics
from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Question
from engine.domain.handoff import Clarification

EMPTY = Answer("c", Question("How?", "How?", "en"), None, (), 0.0)
GIVEN = replace(EMPTY, text=AnswerText("So.", "en", AnswerMode.EXTRACTIVE))
WITHHELD = replace(EMPTY, abstained=Abstention(AbstentionReason.LOW_CONFIDENCE, "Sorry."))
ASKED = replace(EMPTY, clarify=Clarification("Which?", ("a", "b")))


def _lines(metrics: Metrics, **jobs: int) -> set[str]:
    return set(metrics.text(jobs).decode().splitlines())


def test_requests_are_counted_by_route_method_and_status() -> None:
    metrics = Metrics()
    for _ in range(2):
        metrics.began()
        metrics.ended("/v1/answer", "POST", 200, 0.2)
    metrics.began()
    metrics.ended("", "BREW", 404, 0.001)
    assert {
        'knowdesk_requests_total{method="POST",route="/v1/answer",status="200"} 2.0',
        'knowdesk_requests_total{method="other",route="unknown",status="404"} 1.0',
        'knowdesk_request_seconds_bucket{le="0.1",route="/v1/answer"} 0.0',
        'knowdesk_request_seconds_bucket{le="0.25",route="/v1/answer"} 2.0',
        "knowdesk_requests_running 0.0",
    } <= _lines(metrics)


def test_stages_are_histograms() -> None:
    metrics = Metrics()
    metrics.stage("rerank", 0.003)
    assert 'knowdesk_stage_seconds_bucket{le="0.005",stage="rerank"} 1.0' in _lines(metrics)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [(GIVEN, "extractive"), (WITHHELD, "abstained"), (ASKED, "clarified"), (EMPTY, "handed_over")],
)
def test_answers_are_counted_by_what_came_of_them(answer: Answer, outcome: str) -> None:
    metrics = Metrics()
    metrics.answered(answer)
    assert f'knowdesk_answers_total{{outcome="{outcome}"}} 1.0' in _lines(metrics)


def test_the_reason_of_an_abstention_is_counted() -> None:
    metrics = Metrics()
    metrics.answered(WITHHELD)
    assert 'knowdesk_abstentions_total{reason="low_confidence"} 1.0' in _lines(metrics)


def test_tokens_and_jobs_are_counted() -> None:
    metrics = Metrics()
    metrics.tokens(prompt=12, completion=3)
    assert {
        'knowdesk_llm_tokens_total{kind="prompt"} 12.0',
        'knowdesk_llm_tokens_total{kind="completion"} 3.0',
        'knowdesk_jobs{state="queued"} 4.0',
    } <= _lines(metrics, queued=4)

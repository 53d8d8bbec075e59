"""The last value that a request may hold, and the first that it may not."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from api.schemas.answers import AnswerIn
from api.schemas.base import Model
from api.schemas.canned import CannedIn, CannedQuery
from api.schemas.chat import ChatCompletionIn
from api.schemas.checks import CheckIn
from api.schemas.documents import DocumentIn, DocumentsQuery
from api.schemas.feedback import FeedbackIn, FeedbackQuery
from api.schemas.forms import OrderIn
from api.schemas.inbound import ChatwootIn, TicketIn
from api.schemas.intents import IntentIn, NamedIntentIn
from api.schemas.jobs import JobIn, JobsQuery, SourceIn
from api.schemas.keys import KeyIn
from api.schemas.privacy import AuditQuery
from api.schemas.search import SearchIn
from api.schemas.sentiment import SentimentIn
from api.schemas.suggestions import SuggestionsIn
from api.schemas.triage import TriageIn
from api.schemas.versions import RollbackIn
from api.schemas.webhooks import WebhookIn

TURN = {"role": "customer", "text": "Where is it?"}
WHOLE: dict[type[Model], dict[str, Any]] = {
    AnswerIn: {"knowledge_base": "shop", "question": "How long?"},
    CannedIn: {"shortcut": "late", "language": "en", "title": "Is it late?", "text": "Sorry."},
    CannedQuery: {"knowledge_base": "shop"},
    ChatCompletionIn: {"model": "shop", "messages": [{"role": "user", "content": "Hi"}]},
    ChatwootIn: {"event": "message_created", "account": {"id": 1}, "conversation": {"id": 1}},
    CheckIn: {"knowledge_base": "shop", "text": "Fine."},
    DocumentIn: {},
    DocumentsQuery: {"knowledge_base": "shop"},
    FeedbackIn: {"conversation_id": "c", "verdict": "solved"},
    FeedbackQuery: {},
    IntentIn: {"examples": ["Where is it?"]},
    NamedIntentIn: {"id": "where", "examples": ["Where is it?"]},
    JobIn: {"knowledge_base": "shop", "sources": [{"kind": "folder", "location": "docs"}]},
    JobsQuery: {},
    KeyIn: {"name": "Bot", "roles": ["bot"]},
    OrderIn: {},
    RollbackIn: {"version": 1},
    SearchIn: {"knowledge_base": "shop", "query": "kettle"},
    SentimentIn: {"turns": [TURN]},
    SourceIn: {"kind": "folder", "location": "docs"},
    SuggestionsIn: {"knowledge_base": "shop", "turns": [TURN]},
    TicketIn: {"knowledge_base": "shop", "ticket_id": "T-1", "messages": [{"author": "customer", "text": "Hi"}]},
    TriageIn: {"knowledge_base": "shop", "text": "Where is it?"},
    WebhookIn: {"url": "https://desk.example/hook", "events": ["job.done"]},
    AuditQuery: {},
}
BOUNDS: list[tuple[type[Model], str, Any, Any]] = [
    (AnswerIn, "knowledge_base", "k" * 100, "k" * 101),
    (AnswerIn, "knowledge_base", "客服 サポート", "line\nbreak"),
    (AnswerIn, "conversation_id", "c" * 200, "c" * 201),
    (AnswerIn, "language", "zh-Hant-TW", "zh_Hant"),
    (AnswerIn, "threshold", 1, 1.0001),
    (AnswerIn, "threshold", 0, float("nan")),
    (AnswerIn, "history", [TURN] * 50, [TURN] * 51),
    (AnswerIn, "channel", "sms", "fax"),
    (CannedIn, "shortcut", "a" * 100, "a" * 101),
    (CannedIn, "shortcut", "late_1.b-c", "-late"),
    (CannedIn, "shortcut", "Late", "spät"),
    (CannedIn, "title", "t" * 200, "t" * 201),
    (CannedIn, "text", "x" * 4000, "x" * 4001),
    (CannedIn, "text", "x", ""),
    (CannedQuery, "shortcut", "a" * 100, "a" * 101),
    (ChatCompletionIn, "messages", [{"role": "user", "content": "Hi"}] * 1000, [{"role": "user"}] * 1001),
    (ChatCompletionIn, "messages", [{"role": "tool", "content": None}], [{"role": "king", "content": "Hi"}]),
    (
        ChatCompletionIn,
        "messages",
        [{"role": "user", "content": []}],
        [{"role": "user", "content": [{"type": "image"}]}],
    ),
    (ChatCompletionIn, "n", 1, 2),
    (ChatCompletionIn, "response_format", {"type": "text"}, {"type": "json_object"}),
    (ChatwootIn, "account", {"id": 0}, {"id": -1}),
    (ChatwootIn, "content", None, "x" * 20_001),
    (DocumentIn, "tags", ["a"] * 100, ["a"] * 101),
    (DocumentIn, "tags", ["退货"], ["a\x07"]),
    (DocumentIn, "metadata", {f"k{n}": "" for n in range(100)}, {f"k{n}": "" for n in range(101)}),
    (DocumentIn, "effective_until", "9999-12-31", "2026-02-30"),
    (DocumentsQuery, "limit", 200, 201),
    (DocumentsQuery, "uri", "u" * 2000, "u" * 2001),
    (DocumentsQuery, "updated_since", "0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00"),
    (FeedbackIn, "csat", 5, 6),
    (FeedbackIn, "csat", 1, 0),
    (FeedbackQuery, "verdict", ["solved"] * 4, ["solved"] * 5),
    (FeedbackQuery, "since", "2026-01-01T00:00:00Z", "2026-01-01"),
    (NamedIntentIn, "id", "where-is_it.1", "where is it"),
    (IntentIn, "examples", ["x" * 1000], ["x" * 1001]),
    (IntentIn, "examples", ["a"], []),
    (JobsQuery, "limit", 1, 0),
    (KeyIn, "days", 3650, 3651),
    (KeyIn, "roles", ["bot", "auditor"], ["root"]),
    (KeyIn, "access", [f"l{n}" for n in range(50)], [f"l{n}" for n in range(51)]),
    (OrderIn, "quantity", 999, 1000),
    (OrderIn, "total", "999999999.99 CNY", "1000000000000"),
    (OrderIn, "total", "0", "-1"),
    (OrderIn, "total", "59 EUR", "EUR 59"),
    (OrderIn, "total", "59.5 EUR", "59,5 EUR"),
    (RollbackIn, "version", 2**31 - 1, 2**31),
    (SearchIn, "limit", 100, 101),
    (SentimentIn, "turns", [TURN] * 200, [TURN] * 201),
    (SourceIn, "location", "x" * 2000, "x" * 2001),
    (SourceIn, "location", "s3://bucket/文档", "docs\x00"),
    (SourceIn, "tags", ["a"] * 50, ["a"] * 51),
    (SuggestionsIn, "turns", [TURN] * 200, [TURN] * 201),
    (SuggestionsIn, "facts", {"order_number": "x" * 500}, {"order_number": "x" * 501}),
    (SuggestionsIn, "facts", {"a" * 40: "x"}, {"a" * 41: "x"}),
    (SuggestionsIn, "facts", {"my_own": "x"}, {"My Own": "x"}),
    (SuggestionsIn, "now", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00"),
    (TicketIn, "ticket_id", "T" * 200, "T" * 201),
    (TicketIn, "subject", "s" * 1000, "s" * 1001),
    (TriageIn, "tier", "vip", "gold"),
    (WebhookIn, "url", "https://" + "x" * 1992, "https://" + "x" * 1993),
    (WebhookIn, "description", "d" * 500, "d" * 501),
    (WebhookIn, "events", ["job.done", "job.failed"], []),
    (AuditQuery, "limit", 1000, 1001),
    (AuditQuery, "after", 0, -1),
]


def said(model: type[Model], field: str, value: Any) -> dict[str, Any]:
    return {**WHOLE[model], field: value}


@pytest.mark.parametrize(
    ("model", "field", "value", "beyond"), BOUNDS, ids=[f"{model.__name__}.{field}" for model, field, *_ in BOUNDS]
)
def test_the_bounds_of_a_field(model: type[Model], field: str, value: Any, beyond: Any) -> None:
    assert field in model.model_validate(said(model, field, value)).model_fields_set
    with pytest.raises(ValidationError) as caught:
        model.model_validate(said(model, field, beyond))
    assert {error["loc"][0] for error in caught.value.errors()} == {field}


@pytest.mark.parametrize("model", WHOLE, ids=lambda model: model.__name__)
def test_what_is_optional_may_be_left_out(model: type[Model]) -> None:
    assert model.model_validate(WHOLE[model]).model_fields_set == set(WHOLE[model])

"""What the OpenAPI document says beyond the routes and their models."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.access.rules import PUBLIC_PATHS
from api.chat.errors import speaks_openai
from api.problems import MEDIA_TYPE
from api.schemas.answers import AnswerOut, CitationOut, TokenOut
from api.schemas.callers import CallerOut
from api.schemas.chat import ChatCompletionOut, ChatErrorOut, ChunkOut
from api.schemas.checks import PromiseOut, ReplyCheckOut
from api.schemas.conversations import ConversationOut, SaidTurnOut
from api.schemas.documents import DocumentDetailOut, DocumentOut, DocumentPageOut
from api.schemas.drafts import DraftOut
from api.schemas.evaluations import EvaluationCaseOut, EvaluationCasesOut
from api.schemas.explanations import ExplanationOut
from api.schemas.faqs import FaqOut, FaqPageOut
from api.schemas.feedback import FeedbackOut, FeedbackPageOut
from api.schemas.forms import FormCheckOut
from api.schemas.inbound import ChatwootOut, TicketOut
from api.schemas.insights import (
    ForecastOut,
    GapsOut,
    HeatMapOut,
    InsightQuestionsOut,
    InsightRunOut,
    TopicsOut,
)
from api.schemas.jobs import JobOut, JobPageOut
from api.schemas.keys import KeyMadeOut, KeyOut, KeysOut, PublicUseOut
from api.schemas.privacy import VerificationOut
from api.schemas.proactive import OffersOut, ProfileOut
from api.schemas.problems import ProblemOut
from api.schemas.proposals import ProposalOut, ProposalsOut
from api.schemas.quality import CheckedRepliesOut, CheckedReplyOut, QualityFiguresOut, QualityOut
from api.schemas.search import PassageOut, SearchOut
from api.schemas.sentiment import TrajectoryOut
from api.schemas.suggestions import SuggestionsOut, WarningOut
from api.schemas.summaries import StatementOut, SummaryOut
from api.schemas.upkeep import ContradictionOut, ContradictionsOut, StalenessOut, StaleOut
from api.schemas.versions import RevisionOut, VersionOut, VersionsOut
from api.schemas.webhooks import DeliveriesOut, DeliveryOut

__all__ = ["DESCRIPTION", "KEYED_METHODS", "TAGS", "TITLE", "chat_errors", "describe", "problems", "streamed"]

TITLE: Final = "Knowdesk"
DESCRIPTION: Final = (
    "Knowledge-and-assistant engine for customer service: search and cited answers over your documents.\n\n"
    "Every citation quotes the stored text of a document version at its span, so that anyone can check it. "
    "An answer that the knowledge does not support is withheld and says why. "
    "Documents have versions and periods: a search or an answer can ask for what holds on a day (`as_of`). "
    "Errors are problem documents (RFC 9457) with a stable `type`."
)
TAGS: Final = [
    {"name": "answers", "description": "Cited answers, whole or streamed, or the reason why there is none."},
    {"name": "chat", "description": "The same answers for OpenAI's clients: knowledge bases as models."},
    {
        "name": "checks",
        "description": "What should not be sent: words, claims, personal data, promises. Lists of words.",
    },
    {"name": "search", "description": "Passages with scores, ranks and highlights."},
    {
        "name": "assist",
        "description": "What helps agents: what to send next, the customer's mood, where a message belongs, summaries.",
    },
    {"name": "knowledge bases", "description": "Named bodies of knowledge that are searched together."},
    {
        "name": "documents",
        "description": "What a knowledge base holds: uploads, the texts that citations refer to, versions and periods.",
    },
    {
        "name": "jobs",
        "description": "Ingestion that takes its time, from folders, web and storage: queue, follow, cancel, retry.",
    },
    {"name": "feedback", "description": "What became of answers: accepted, edited, rejected, solved; how content."},
    {
        "name": "insights",
        "description": "What customers ask and feel, and what the knowledge lacks or says wrong; people decide.",
    },
    {"name": "evaluations", "description": "Runs of evaluations: figures with intervals, cases, comparisons."},
    {
        "name": "proactive",
        "description": "What happens outside conversations, what it gives cause to say, and what customers need.",
    },
    {"name": "keys", "description": "Who may call this: roles, access lists, expiry, revocation."},
    {"name": "privacy", "description": "What is kept of customers, and the record of who did what."},
    {"name": "inbound", "description": "Webhooks of chat and ticket systems, answered in their own terms."},
    {"name": "webhooks", "description": "Addresses that are told of events, with signed messages."},
    {"name": "health", "description": "For load balancers and operators."},
]
SECURITY_SCHEMES: Final = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "A key made by `knowdesk keys create` or `POST /v1/keys`, or a token of the configured issuer. "
        "A server on loopback with `auth` open asks for none.",
    }
}
KEYED_METHODS: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A new UUID for each request: sent again with the same one, it is not done again for a day.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}
REFERENCE: Final = "#/components/schemas/{model}"
SHOWN: Final = (
    ProblemOut,
    AnswerOut,
    ReplyCheckOut,
    CitationOut,
    TokenOut,
    CallerOut,
    ExplanationOut,
    DocumentOut,
    DocumentPageOut,
    DocumentDetailOut,
    VersionOut,
    VersionsOut,
    RevisionOut,
    PassageOut,
    PromiseOut,
    SearchOut,
    StatementOut,
    SummaryOut,
    TrajectoryOut,
    SuggestionsOut,
    WarningOut,
    JobOut,
    JobPageOut,
    KeyMadeOut,
    KeyOut,
    KeysOut,
    PublicUseOut,
    ConversationOut,
    SaidTurnOut,
    FaqOut,
    FaqPageOut,
    VerificationOut,
    ChatCompletionOut,
    ChatErrorOut,
    EvaluationCaseOut,
    EvaluationCasesOut,
    ChunkOut,
    JobOut,
    JobPageOut,
    ChatwootOut,
    TicketOut,
    DeliveryOut,
    DeliveriesOut,
    FeedbackOut,
    FeedbackPageOut,
    FormCheckOut,
    DraftOut,
    ProposalOut,
    ProposalsOut,
    ContradictionOut,
    ContradictionsOut,
    StaleOut,
    StalenessOut,
    ForecastOut,
    GapsOut,
    HeatMapOut,
    InsightQuestionsOut,
    InsightRunOut,
    TopicsOut,
    CheckedRepliesOut,
    CheckedReplyOut,
    QualityFiguresOut,
    QualityOut,
    OffersOut,
    ProfileOut,
)


def problems(*statuses: int, takes_input: bool = True) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses for these error statuses, and for those of every call (422 if it takes input)."""
    schema = {"$ref": REFERENCE.format(model=ProblemOut.__name__)}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({*statuses, 401, 403, 429, 500, 503, 504} | ({422} if takes_input else set()))
    }


def chat_errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the same in the shape of OpenAI's errors, for the routes that speak to its clients: 400, never 422."""
    schema = {"$ref": REFERENCE.format(model=ChatErrorOut.__name__)}
    content = {"application/json": {"schema": schema}}
    return {status: {**response, "content": content} for status, response in problems(400, *statuses).items()}


def streamed(example: str) -> dict[str, Any]:
    """Return the content of server-sent events; the schema is that of each event, as the readers of 3.1 take it."""
    fields = {name: {"type": "string"} for name in ("id", "event", "data")}
    each = {"type": "object", "properties": fields, "required": ["data"], "additionalProperties": False}
    return {"text/event-stream": {"schema": each, "example": example}}


def describe(app: FastAPI) -> None:
    """Add to the app's OpenAPI document the models that only problems and event streams use.

    Models whose examples contain null are added again: `get_openapi` drops every null.
    """

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                tags=app.openapi_tags,
                routes=app.routes,
            )
            _, shown = models_json_schema([(model, "serialization") for model in SHOWN], ref_template=REFERENCE)
            made["components"]["schemas"] |= shown["$defs"]
            made["components"]["securitySchemes"] = SECURITY_SCHEMES
            made["security"] = [{"key": []}]
            for path, item in made["paths"].items():
                _add_malformed(item)
                _add_idempotency(path, item)
                if path in PUBLIC_PATHS:
                    item["get"]["security"] = []
            for path in filter(speaks_openai, made["paths"]):
                for call in made["paths"][path].values():
                    call["responses"].pop("422", None)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _add_malformed(item: dict[str, Any]) -> None:
    """Say of every call with a body that it may be one that cannot be read."""
    for call in item.values():
        if "requestBody" in call and "400" not in call["responses"]:
            call["responses"] = dict(sorted({**call["responses"], "400": problems(400)[400]}.items()))


def _add_idempotency(path: str, item: dict[str, Any]) -> None:
    """Say of every call that changes something, or answers, that it can be sent again under a key."""
    for method, call in item.items():
        if path.startswith("/v1/") and method.upper() in KEYED_METHODS:
            call.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            told = chat_errors(409) if speaks_openai(path) else problems(409)
            stated = {str(status): said for status, said in told.items()}
            call["responses"] = dict(sorted({**stated, **call["responses"]}.items()))

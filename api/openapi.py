"""What the OpenAPI document says beyond the routes and their models."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.problems import MEDIA_TYPE
from api.schemas.answers import AnswerOut, CitationOut, TokenOut
from api.schemas.checks import PromiseOut, ReplyCheckOut
from api.schemas.documents import DocumentDetailOut, DocumentOut, DocumentPageOut
from api.schemas.feedback import FeedbackOut, FeedbackPageOut
from api.schemas.jobs import JobOut, JobPageOut
from api.schemas.problems import ProblemOut
from api.schemas.search import PassageOut, SearchOut
from api.schemas.sentiment import TrajectoryOut
from api.schemas.versions import RevisionOut, VersionOut, VersionsOut

__all__ = ["DESCRIPTION", "TAGS", "TITLE", "describe", "problems"]

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
    {
        "name": "checks",
        "description": "What should not be sent: words, claims, personal data, promises. Lists of words.",
    },
    {"name": "search", "description": "Passages with scores, ranks and highlights."},
    {"name": "assist", "description": "What helps agents: the customer's mood, and where a message belongs."},
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
    {"name": "health", "description": "For load balancers and operators."},
]
REFERENCE: Final = "#/components/schemas/{model}"
SHOWN: Final = (
    ProblemOut,
    AnswerOut,
    ReplyCheckOut,
    CitationOut,
    TokenOut,
    DocumentOut,
    DocumentPageOut,
    DocumentDetailOut,
    VersionOut,
    VersionsOut,
    RevisionOut,
    PassageOut,
    PromiseOut,
    SearchOut,
    TrajectoryOut,
    JobOut,
    JobPageOut,
    FeedbackOut,
    FeedbackPageOut,
)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI responses for these error statuses, and for those that every call can have."""
    schema = {"$ref": REFERENCE.format(model=ProblemOut.__name__)}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({*statuses, 422, 500, 503})
    }


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
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]

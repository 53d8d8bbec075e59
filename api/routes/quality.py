"""`/v1/insights/quality`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from api.openapi import problems
from api.schemas.insight_queries import DigestForm, DigestQuery, QualityQuery, RepliesQuery
from api.schemas.quality import CheckedRepliesOut, QualityOut, replies_page
from api.state import AssistOf
from engine.insights.quality.digest import csv_digest, html_digest, week_of

__all__ = ["router"]

router = APIRouter(prefix="/v1/insights/quality", tags=["insights"])
TEXT: Final = {"schema": {"type": "string"}}
DIGEST: Final = {"description": "The page, or the table.", "content": {"text/html": TEXT, "text/csv": TEXT}}
SAFE: Final = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@router.get("", responses=problems(404))
def show_quality(query: Annotated[QualityQuery, Query()], assist: AssistOf) -> QualityOut:
    """Return how well bot and agents replied in a period: findings, promises kept, satisfaction, problems solved.

    Replies are checked by a run, nightly or on request.
    """
    return QualityOut.told(assist.quality.report(query.knowledge_base, query.period()))


@router.get("/replies", responses=problems(404))
def list_checked_replies(query: Annotated[RepliesQuery, Query()], assist: AssistOf) -> CheckedRepliesOut:
    """List the replies behind the figures, with what was found in them, the newest first, page by page."""
    quality = assist.quality
    found = quality.replies(
        query.knowledge_base, query.period(), query.to_domain(), after=query.cursor or "", limit=query.limit + 1
    )
    return replies_page(found, quality.texts(found[: query.limit]), query.limit)


@router.get("/digest", response_class=Response, responses={200: DIGEST, **problems(404)})
def show_digest(query: Annotated[DigestQuery, Query()], assist: AssistOf) -> Response:
    """Return the digest of a week beside the week before: quality, promises missed, topics, gaps.

    The page is one file without scripts that needs nothing else; the table has a row for each figure.
    """
    digest = assist.quality.digest(query.knowledge_base, week_of(query.week, datetime.now(UTC).date()))
    if query.form is DigestForm.CSV:
        return Response(csv_digest(digest, query.language.value), media_type="text/csv; charset=utf-8")
    return Response(html_digest(digest, query.language.value), media_type="text/html; charset=utf-8", headers=SAFE)

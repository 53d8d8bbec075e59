"""Periods of what is ingested: the same rule however the documents come."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from fastapi import UploadFile
from pydantic import ValidationError

from api.schemas.base import Model
from api.schemas.jobs import JobIn, SourceIn
from api.schemas.uploads import UploadIn

WHOLE: dict[type[Model], dict[str, Any]] = {
    SourceIn: {"kind": "folder", "location": "docs"},
    UploadIn: {"knowledge_base": "shop", "files": [UploadFile(BytesIO(b"text"), filename="a.md")]},
}


def made(model: type[Model], **days: str | None) -> list[str]:
    """Return what is said to be wrong with the days of a request."""
    try:
        model.model_validate({**WHOLE[model], **days})
    except ValidationError as error:
        return [each["msg"] for each in error.errors()]
    return []


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"effective_from": "2026-07-01"},
        {"effective_until": "2026-07-01"},
        {"effective_from": "2026-07-01", "effective_until": "2026-07-01"},
        {"effective_from": "0001-01-01", "effective_until": "9999-12-31"},
        {"effective_from": None, "effective_until": None},
    ],
    ids=str,
)
@pytest.mark.parametrize("model", WHOLE, ids=lambda model: model.__name__)
def test_a_period_may_be_a_day_or_have_no_ends(model: type[Model], days: dict[str, str | None]) -> None:
    assert made(model, **days) == []


@pytest.mark.parametrize(
    ("first", "last"), [("2026-07-02", "2026-07-01"), ("9999-12-31", "0001-01-01"), ("2026-07-01", "2025-07-01")]
)
def test_documents_that_would_never_hold_are_refused_before_they_are_read(first: str, last: str) -> None:
    days = {"effective_from": first, "effective_until": last}
    for model in WHOLE:
        assert made(model, **days) == ["Value error, effective_until is before effective_from"]
    with pytest.raises(ValidationError, match="before effective_from") as caught:
        JobIn.model_validate({"knowledge_base": "shop", "sources": [WHOLE[SourceIn], {**WHOLE[SourceIn], **days}]})
    assert [each["loc"] for each in caught.value.errors()] == [("sources", 1)]


@pytest.mark.parametrize("day", ["2026-02-30", "01.07.2026", "2026-07-01T12:00:00", "soon", "10000-01-01"])
def test_what_is_no_day_is_named(day: str) -> None:
    assert len(made(SourceIn, effective_from=day)) == 1

"""Requests hold what the OpenAPI document says, and nothing that only looks like it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from api.schemas.base import REPEATABLE, Day, Flag, Fraction, Model, Moment, Whole
from api.schemas.keys import KeyIn
from api.schemas.webhooks import WebhookIn


class Sample(Model):
    day: Day | None = None
    moment: Moment | None = None
    flag: Flag | None = None
    whole: Whole | None = None
    fraction: Fraction | None = None


@pytest.mark.parametrize(
    ("field", "sent", "meant"),
    [
        ("day", "2026-07-01", date(2026, 7, 1)),
        ("day", date(2026, 7, 1), date(2026, 7, 1)),
        ("moment", "2026-07-01T09:00:00Z", datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("moment", datetime(2026, 7, 1, 9, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)),
        ("flag", False, False),
        ("whole", 5, 5),
        ("whole", 5.0, 5),
        ("fraction", 1, 1.0),
        ("fraction", 0.5, 0.5),
    ],
)
def test_what_is_promised_is_taken(field: str, sent: object, meant: object) -> None:
    assert getattr(Sample.model_validate({field: sent}), field) == meant


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("day", 0),
        ("day", "0"),
        ("day", "-86400"),
        ("day", "2026-07-01T09:00:00Z"),
        ("moment", 1767225600),
        ("moment", "0.5"),
        ("moment", "2026-07-01T09:00:00"),
        ("moment", "2026-07-01"),
        ("flag", 0),
        ("flag", "true"),
        ("whole", "5"),
        ("whole", True),
        ("whole", 5.5),
        ("fraction", "0.5"),
        ("fraction", False),
    ],
)
def test_what_only_looks_like_it_is_refused(field: str, sent: object) -> None:
    with pytest.raises(ValidationError) as raised:
        Sample.model_validate({field: sent})
    assert raised.value.error_count() == 1


@pytest.mark.parametrize(
    ("model", "field", "sent"),
    [
        (KeyIn, "roles", {"name": "x", "roles": ["bot", "bot"]}),
        (WebhookIn, "events", {"url": "https://a.example", "events": ["job.done", "job.done"]}),
    ],
)
def test_what_is_said_twice_counts_once_and_the_document_says_so(
    model: type[Model], field: str, sent: dict[str, object]
) -> None:
    assert len(getattr(model.model_validate(sent), field)) == 1
    assert model.model_json_schema()["properties"][field]["uniqueItems"] is False
    assert REPEATABLE

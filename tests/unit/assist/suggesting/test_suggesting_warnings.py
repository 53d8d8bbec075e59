from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.warnings import expiring, warnings_of
from engine.domain.answer import Citation
from engine.domain.assist import Alarm, Trajectory, Trend
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.domain.suggestion import DeskWarning, SuggestionRequest, WarningKind
from engine.guard.promises.due import due_at
from engine.languages.quantities import quantities

FRIDAY = datetime(2026, 7, 3, 10, tzinfo=UTC)
CALM = Trajectory((), NEUTRAL, Trend.STEADY, 0.0)
C, A = Role.CUSTOMER, Role.AGENT


def warned(
    *turns: tuple[Role, str], hours: float = 0.0, mood: Trajectory = CALM, at: datetime | None = FRIDAY
) -> list[DeskWarning]:
    said = tuple(Turn(role, text) for role, text in turns)
    request = SuggestionRequest(turns=said, times=(at,) * len(said), now=FRIDAY + timedelta(hours=hours))
    return list(warnings_of(Situation("kb", request, "en", said[-1].text, said[-1].text, (), {}), mood))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("24 hours", FRIDAY + timedelta(hours=24)),
        ("3 days", FRIDAY + timedelta(days=3)),
        ("1 working day", datetime(2026, 7, 6, 10, tzinfo=UTC)),
        ("5个工作日", datetime(2026, 7, 10, 10, tzinfo=UTC)),
        ("2026-07-08", datetime(2026, 7, 8, 23, 59, 59, 999999, tzinfo=UTC)),
        ("20 EUR", None),
        ("2 months", None),
    ],
)
def test_when_a_promise_is_over(text: str, due: datetime | None) -> None:
    assert due_at(quantities(text)[0], FRIDAY) == due


@pytest.mark.parametrize(("hours", "count"), [(0, 0), (30, 1), (200, 1)])
def test_promises_of_the_desk_fall_due(hours: float, count: int) -> None:
    turns = ((C, "Where is my refund?"), (A, "We will refund you within 2 days."), (C, "ok thanks a lot then"))
    found = [each for each in warned(*turns, hours=hours) if each.kind is WarningKind.PROMISE_DUE]
    assert [(each.place, each.due) for each in found] == [(1, FRIDAY + timedelta(days=2))] * count
    assert all("refund you within 2 days" in each.message for each in found)


def test_without_times_nothing_falls_due_and_customers_promise_nothing() -> None:
    promise = "We will refund you within 2 days."
    assert warned((A, promise), (C, "When does it arrive?"), hours=99, at=None) == []
    assert warned((C, promise), hours=99) == []


@pytest.mark.parametrize(
    ("first", "last", "repeats"),
    [
        ("The kettle leaks at the lid", "the kettle leaks at the lid!", True),
        ("The kettle leaks at the lid", "It is still not working", True),
        ("水壶盖子漏水怎么办", "水壶盖子漏水，怎么办？", True),
        ("The kettle leaks at the lid", "And where can I buy filters?", False),
        ("ok", "ok", False),
    ],
)
def test_a_customer_who_repeats_himself(first: str, last: str, repeats: bool) -> None:
    found = warned((C, first), (A, "Please close it firmly."), (C, last))
    assert [each.place for each in found if each.kind is WarningKind.REPEATED] == [2] * repeats


def test_anger_is_told_in_the_agent_s_language() -> None:
    angry = Trajectory((), NEUTRAL, Trend.WORSENING, -1.0, Alarm.FURY, 0)
    (found,) = warned((C, "Useless liars!!"), mood=angry)
    assert (found.kind, found.place) == (WarningKind.RISING_ANGER, 0)
    assert found.message.startswith("The customer is getting angrier")


@pytest.mark.parametrize(
    ("until", "count"),
    [(date(2026, 7, 10), 1), (date(2026, 7, 3), 1), (date(2026, 7, 2), 0), (date(2026, 9, 1), 0), (None, 0)],
)
def test_a_policy_about_to_expire(until: date | None, count: int) -> None:
    policy = DocumentKind.POLICY
    passage = Passage(
        "c", "d", 1, "Returns", "r.md", policy, "en", (), None, Span(0, 4), "Text", 1.0, effective_until=until
    )
    cited = Citation("i", "d", 1, "Returns", "r.md", policy, "en", (), None, Span(0, 4), "Text", Span(0, 4), 1.0)
    found = list(expiring([cited, cited], [passage], date(2026, 7, 3), "ja"))
    assert [each.kind for each in found] == [WarningKind.POLICY_EXPIRING] * count
    assert all("Returns" in each.message and each.citation == cited for each in found)


def test_policies_about_to_expire_come_in_the_order_of_the_evidence() -> None:
    until, policy = date(2026, 7, 10), DocumentKind.POLICY
    passages, cited = [], []
    for name in ("b", "a", "c"):
        place = (name, 1, name.upper(), f"{name}.md", policy, "en", (), None, Span(0, 4), "Text")
        passages.append(Passage(name, *place, 1.0, effective_until=until))
        cited += [Citation(f"{name}{at}", *place, Span(at, at + 4), 1.0) for at in (0, 9)]
    found = list(expiring([*cited, cited[0]], passages, date(2026, 7, 3), "en"))
    assert [each.citation.id for each in found if each.citation] == ["b0", "a0", "c0"]
    assert [each.message.partition("”")[0] for each in found] == ["“B", "“A", "“C"]
    assert all(each.due == datetime(2026, 7, 10, 23, 59, 59, 999999, tzinfo=UTC) for each in found)


def test_evidence_of_another_version_says_nothing_of_this_one() -> None:
    policy = DocumentKind.POLICY
    place = ("d", 1, "Returns", "r.md", policy, "en", (), None, Span(0, 4), "Text")
    passage = Passage("c", *place, 1.0, effective_until=date(2026, 7, 10))
    cited = Citation("i", "d", 2, "Returns", "r.md", policy, "en", (), None, Span(0, 4), "Text", Span(0, 4), 1.0)
    assert list(expiring([cited], [passage], date(2026, 7, 3), "en")) == []
    assert list(expiring([], [passage], date(2026, 7, 3), "en")) == []

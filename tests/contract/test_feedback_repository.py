"""What every adapter of the FeedbackRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, FeedbackFilter, Review, Verdict
from engine.errors import Conflict, NotFound
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.ports import FeedbackRepository
from tests.fakes.repositories import database, exchange

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ABOUT = {name: exchange(name, conversation=f"talk-{name}", knowledge_base=f"kb-{name}") for name in "ab"}


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[FeedbackRepository]:
    with database() as engine:
        conversations = SqlConversationRepository(engine)
        for said in ABOUT.values():
            conversations.append(said.conversation_id, [Turn(Role.CUSTOMER, said.question)], exchange=said)
        yield SqlFeedbackRepository(engine)


def given(name: str, *, about: str = "a", verdict: Verdict | None = Verdict.ACCEPTED, minutes: float = 0) -> Feedback:
    return Feedback(name, about, verdict, "", 4, "", NOON + timedelta(minutes=minutes))


def ids(found: tuple[Review, ...]) -> str:
    return "".join(review.feedback.id for review in found)


def test_feedback_comes_back_with_what_it_is_about(repository: FeedbackRepository) -> None:
    for kept in (
        given("x"),
        replace(given("y", about="b"), verdict=Verdict.EDITED, edited_text="\x00\ud800", csat=None, comment="なぜ"),
        given("z", verdict=None),
    ):
        assert repository.add(kept) == kept
        (found,) = (review for review in repository.reviews() if review.feedback.id == kept.id)
        assert found == Review(kept, replace(ABOUT[kept.answer_id], position=1))


def test_the_same_again_is_what_was_kept_and_something_else_a_conflict(repository: FeedbackRepository) -> None:
    first = repository.add(given("x"))
    assert repository.add(given("x", minutes=5)) == first
    for other in (given("x", verdict=Verdict.REJECTED), given("x", about="b"), replace(first, comment="!")):
        with pytest.raises(Conflict, match="says something else"):
            repository.add(other)
    assert [review.feedback for review in repository.reviews()] == [first]


def test_an_answer_that_is_not_there_has_no_feedback(repository: FeedbackRepository) -> None:
    with pytest.raises(Conflict):
        repository.add(given("x", about="unheard of"))
    assert repository.reviews() == ()


def test_the_newest_come_first_page_by_page(repository: FeedbackRepository) -> None:
    for name, minutes in (("p", 1), ("q", 3), ("r", 2), ("o", 2), ("s", 0.00001)):
        repository.add(given(name, minutes=minutes))
    assert ids(repository.reviews()) == "qrops"
    assert ids(repository.reviews(limit=2)) == "qr"
    assert ids(repository.reviews(after="r", limit=2)) == "op"
    assert ids(repository.reviews(after="s")) == ""
    with pytest.raises(NotFound, match="no feedback"):
        repository.reviews(after="unheard of")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "zyx"),
        ({"knowledge_base": "kb-b"}, "y"),
        ({"conversation_id": "talk-a"}, "zx"),
        ({"verdicts": (Verdict.REJECTED,)}, "y"),
        ({"verdicts": (Verdict.REJECTED, Verdict.ACCEPTED)}, "yx"),
        ({"since": NOON + timedelta(minutes=1)}, "zy"),
        ({"until": NOON + timedelta(minutes=1)}, "x"),
        ({"since": NOON.astimezone() + timedelta(minutes=1), "until": NOON + timedelta(minutes=2)}, "y"),
        ({"knowledge_base": "nowhere"}, ""),
    ],
)
def test_filters_are_all_kept_to(repository: FeedbackRepository, wanted: dict[str, Any], found: str) -> None:
    repository.add(given("x"))
    repository.add(given("y", about="b", verdict=Verdict.REJECTED, minutes=1))
    repository.add(given("z", verdict=None, minutes=2))
    assert ids(repository.reviews(FeedbackFilter(**wanted))) == found

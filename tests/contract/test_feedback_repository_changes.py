"""What every adapter of the FeedbackRepository port keeps to over many entries: order, pages, filters, threads."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, FeedbackFilter, Verdict
from engine.errors import Conflict
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.ports import FeedbackRepository
from tests.fakes.repositories import database, exchange

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
ANSWERS = {name: exchange(name, conversation=f"talk-{name}", knowledge_base=f"kb-{name}") for name in "abc"}
VERDICTS = (None, *Verdict)


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[FeedbackRepository]:
    with database() as engine:
        conversations = SqlConversationRepository(engine)
        for said in ANSWERS.values():
            conversations.append(said.conversation_id, [Turn(Role.CUSTOMER, said.question)], exchange=said)
        yield SqlFeedbackRepository(engine)


def many(count: int = 40) -> list[Feedback]:
    dice = random.Random(3)
    return [
        Feedback(
            f"f{at:02}",
            dice.choice("abc"),
            dice.choice(VERDICTS),
            "",
            dice.choice((None, 1, 5)),
            "",
            NOON + timedelta(minutes=dice.randrange(10)),
        )
        for at in range(count)
    ]


def newest_first(kept: list[Feedback]) -> list[str]:
    return [each.id for each in sorted(kept, key=lambda each: (each.created_at, each.id), reverse=True)]


def ids(repository: FeedbackRepository, wanted: FeedbackFilter | None = None) -> list[str]:
    return [review.feedback.id for review in repository.reviews(wanted)]


def test_the_order_in_which_it_came_does_not_matter(repository: FeedbackRepository) -> None:
    kept = many()
    for each in kept:
        repository.add(each)
    assert ids(repository) == newest_first(kept)
    assert {review.feedback.id: review.feedback for review in repository.reviews()} == {each.id: each for each in kept}
    for review in repository.reviews():
        assert review.exchange.conversation_id == f"talk-{review.feedback.answer_id}"


@pytest.mark.parametrize("size", [1, 3, 39, 40, 41])
def test_pages_together_are_the_whole(repository: FeedbackRepository, size: int) -> None:
    kept = many()
    for each in kept:
        repository.add(each)
    pages, after = list[str](), ""
    while page := repository.reviews(after=after, limit=size):
        assert len(page) <= size
        pages += [review.feedback.id for review in page]
        after = pages[-1]
    assert pages == newest_first(kept)


def test_what_comes_between_two_pages_moves_nothing(repository: FeedbackRepository) -> None:
    kept = many(6)
    for each in kept:
        repository.add(each)
    first = [review.feedback.id for review in repository.reviews(limit=3)]
    repository.add(Feedback("new", "a", Verdict.SOLVED, "", None, "", NOON + timedelta(hours=1)))
    second = [review.feedback.id for review in repository.reviews(after=first[-1])]
    assert first + second == newest_first(kept)


@pytest.mark.parametrize("answer", ["", "a", "c"])
@pytest.mark.parametrize("verdicts", [(), (Verdict.SOLVED,), (Verdict.ACCEPTED, Verdict.REJECTED)])
def test_filters_agree_with_a_list_comprehension(
    repository: FeedbackRepository, answer: str, verdicts: tuple[Verdict, ...]
) -> None:
    kept = many()
    for each in kept:
        repository.add(each)
    days = (None, NOON + timedelta(minutes=3), NOON + timedelta(minutes=7))
    for since, until in product(days, days):
        wanted = FeedbackFilter(
            knowledge_base=f"kb-{answer}" if answer else "", verdicts=verdicts, since=since, until=until
        )
        expected = [
            each
            for each in kept
            if answer in ("", each.answer_id)
            and (not verdicts or each.verdict in verdicts)
            and (since is None or each.created_at >= since)
            and (until is None or each.created_at < until)
        ]
        assert ids(repository, wanted) == newest_first(expected)


def test_pages_of_a_filter_stay_within_it(repository: FeedbackRepository) -> None:
    kept = many()
    for each in kept:
        repository.add(each)
    wanted = FeedbackFilter(conversation_id="talk-b")
    first = repository.reviews(wanted, limit=2)
    rest = repository.reviews(wanted, after=first[-1].feedback.id)
    assert [each.feedback.id for each in (*first, *rest)] == ids(repository, wanted)
    assert {each.feedback.answer_id for each in (*first, *rest)} == {"b"}


def test_moments_are_compared_across_time_zones(repository: FeedbackRepository) -> None:
    tokyo = timezone(timedelta(hours=9))
    early = Feedback("early", "a", Verdict.SOLVED, "", None, "", datetime(2026, 7, 1, 20, tzinfo=tokyo))  # 11:00 UTC
    late = Feedback("late", "a", Verdict.SOLVED, "", None, "", NOON)
    repository.add(early)
    repository.add(late)
    assert ids(repository) == ["late", "early"]
    assert repository.reviews()[1].feedback.created_at == early.created_at
    assert ids(repository, FeedbackFilter(since=datetime(2026, 7, 1, 20, 30, tzinfo=tokyo))) == ["late"]


def test_the_same_from_several_threads_is_kept_once(repository: FeedbackRepository) -> None:
    given = Feedback("once", "a", Verdict.SOLVED, "", 5, "", NOON)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: repository.add(given), range(12)))
    assert found == [given] * 12
    assert ids(repository) == ["once"]


def test_of_two_that_differ_one_is_kept_whoever_was_first(repository: FeedbackRepository) -> None:
    def add(csat: int) -> bool:
        try:
            repository.add(Feedback("mine", "a", Verdict.SOLVED, "", csat, "", NOON))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(add, (1, 2, 3, 4, 5)))
    assert kept.count(True) == 1
    (review,) = repository.reviews()
    assert review.feedback.csat == kept.index(True) + 1

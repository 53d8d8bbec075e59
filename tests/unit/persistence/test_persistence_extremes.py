"""Numbers and moments at the edge of what there is: nobody's request may make the database stumble."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, FeedbackFilter, Verdict
from engine.domain.knowledge import DocumentFilter, KnowledgeBase
from engine.errors import InvalidInput, NotFound
from engine.persistence.audit import SqlAuditRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.exchanges import in_utc, moment, moment_text
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.repositories import database, document, exchange, publish

BEFORE_ALL = datetime.fromisoformat("0001-01-01T00:00:00+14:00")
AFTER_ALL = datetime.fromisoformat("9999-12-31T23:59:59-12:00")
DAY = date(2026, 7, 1)
Verb = Callable[[Engine], object]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with database() as made:
        knowledge = SqlKnowledgeRepository(made)
        knowledge.add_knowledge_base(KnowledgeBase("kb"))
        publish(knowledge, "a", updated_at="2026-07-01T12:00:00+00:00")
        said = SqlConversationRepository(made)
        said.append("c", [Turn(Role.CUSTOMER, "How long?")], exchange=exchange("1"))
        given = Feedback("f", "1", Verdict.SOLVED, "", None, "", datetime(2026, 7, 1, tzinfo=UTC))
        SqlFeedbackRepository(made).add(given)
        yield made


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (BEFORE_ALL, "0001-01-01T00:00:00.000000+00:00"),
        (AFTER_ALL, "9999-12-31T23:59:59.999999+00:00"),
        (datetime.min.replace(tzinfo=UTC), "0001-01-01T00:00:00.000000+00:00"),
        (datetime.fromisoformat("2026-07-01T02:00:00+05:30"), "2026-06-30T20:30:00.000000+00:00"),
        (datetime.fromisoformat("2026-12-31T23:59:59.9-00:01"), "2027-01-01T00:00:59.900000+00:00"),
    ],
    ids=str,
)
def test_moments_are_kept_in_utc_and_of_one_length(at: datetime, kept: str) -> None:
    assert moment_text(at) == kept
    assert moment(kept) == in_utc(at)


def test_moments_that_are_kept_sort_as_they_come() -> None:
    moments = [BEFORE_ALL, *(datetime(year, 1, 1, tzinfo=UTC) for year in (2, 999, 1970, 2026)), AFTER_ALL]
    assert sorted(map(moment_text, moments)) == [moment_text(each) for each in moments]


@pytest.mark.parametrize(("at", "found"), [(BEFORE_ALL, ["a"]), (AFTER_ALL, [])], ids=["first", "last"])
def test_documents_changed_since_the_first_or_last_moment(engine: Engine, at: datetime, found: list[str]) -> None:
    wanted = DocumentFilter(updated_since=at)
    assert [each.id for each in SqlKnowledgeRepository(engine).documents("kb", filter=wanted)] == found


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (BEFORE_ALL, AFTER_ALL, 1),
        (BEFORE_ALL, None, 1),
        (None, AFTER_ALL, 1),
        (AFTER_ALL, None, 0),
        (None, BEFORE_ALL, 0),
    ],
    ids=["all time", "since ever", "until ever", "after all", "before all"],
)
def test_feedback_between_the_first_and_the_last_moment(
    engine: Engine, since: datetime | None, until: datetime | None, count: int
) -> None:
    assert len(SqlFeedbackRepository(engine).reviews(FeedbackFilter(since=since, until=until))) == count


@pytest.mark.parametrize(("at", "found"), [(BEFORE_ALL, ()), (AFTER_ALL, ("c",))], ids=["first", "last"])
def test_conversations_idle_since_the_first_or_last_moment(
    engine: Engine, at: datetime, found: tuple[str, ...]
) -> None:
    assert SqlCustomerRepository(engine).idle_since(at) == found


VERBS: dict[str, Verb] = {
    "version": lambda engine: SqlKnowledgeRepository(engine).version("a", 2**63),
    "stored_text": lambda engine: SqlKnowledgeRepository(engine).stored_text("a", 10**30),
    "chunks": lambda engine: SqlKnowledgeRepository(engine).chunks("a", 2**63),
    "regions": lambda engine: SqlKnowledgeRepository(engine).regions("a", 2**63),
    "documents": lambda engine: SqlKnowledgeRepository(engine).documents("kb", limit=2**63),
    "activate": lambda engine: SqlKnowledgeRepository(engine).activate("a", 2**63),
    "stage": lambda engine: SqlKnowledgeRepository(engine).stage(document("a", version=2**63), "Text.", ()),
    "history": lambda engine: SqlConversationRepository(engine).history("c", last=2**63),
    "reviews": lambda engine: SqlFeedbackRepository(engine).reviews(limit=2**63),
    "entries": lambda engine: list(SqlAuditRepository(engine).entries(after=2**63, limit=1)),
}


@pytest.mark.parametrize("name", VERBS)
def test_a_number_that_no_database_can_keep_is_bad_input_not_a_failure(engine: Engine, name: str) -> None:
    with pytest.raises(InvalidInput, match="larger than the database can keep") as caught:
        VERBS[name](engine)
    assert caught.value.remedy == "Send a smaller one."


def test_the_largest_number_is_simply_not_there(engine: Engine) -> None:
    with pytest.raises(NotFound):
        SqlKnowledgeRepository(engine).version("a", 2**63 - 1)
    assert list(SqlAuditRepository(engine).entries(after=2**63 - 1)) == []


@pytest.mark.parametrize("day", [date.min, date.max], ids=["first day", "last day"])
def test_what_always_holds_is_in_force_on_the_first_and_the_last_day(engine: Engine, day: date) -> None:
    knowledge = SqlKnowledgeRepository(engine)
    assert knowledge.in_force(["a"], day)["a"].version == 1
    assert knowledge.out_of_force("kb", day) == ()


@pytest.mark.parametrize(
    ("starts", "ends", "day", "holds"),
    [
        (date.max, None, date.max, True),
        (date.max, None, DAY, False),
        (None, date.min, date.min, True),
        (None, date.min, DAY, False),
        (date.min, date.max, DAY, True),
        (date.max, date.min, DAY, False),
    ],
)
def test_periods_reach_to_the_ends_of_time(
    engine: Engine, starts: date | None, ends: date | None, day: date, holds: bool
) -> None:
    knowledge, name = SqlKnowledgeRepository(engine), f"{starts}..{ends}"
    publish(knowledge, name, version=knowledge.latest_version(name) + 1, effective_from=starts, effective_until=ends)
    assert bool(knowledge.in_force([name], day)) == holds
    assert knowledge.document(name).effective_until == ends

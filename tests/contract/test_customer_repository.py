"""What every adapter of the CustomerRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import KnowledgeBase
from engine.domain.privacy import Erased, KeptSuggestion
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind
from engine.errors import NotFound
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.database import open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.persistence.transactions import truncate_log
from engine.ports import CustomerRepository
from tests.fakes.repositories import exchange

SECRETS = ("zanzibar-question", "quokka-answer", "ocelot-comment", "customer-7731", "axolotl-shown", "ibex-sent")
SHOWN = ShownSuggestion("s.0", "kb", "", SuggestionKind.CANNED, "late", SECRETS[4], 0.5, "c1")
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SAID = Feedback("f", "a", Verdict.REJECTED, "", None, SECRETS[2], NOON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{folder / 'knowdesk.db'}")
    talk = SqlConversationRepository(engine)
    asked = replace(exchange("a", conversation="c1"), question=SECRETS[0], answer=SECRETS[1])
    talk.append("c1", [Turn(Role.CUSTOMER, SECRETS[0])], exchange=asked, customer=SECRETS[3])
    talk.append("c1", [Turn(Role.AGENT, SECRETS[1])])
    talk.append("c2", [Turn(Role.CUSTOMER, "Hello")], customer=SECRETS[3])
    talk.append("c3", [Turn(Role.CUSTOMER, "Somebody else")], customer="other")
    talk.append("c4", [Turn(Role.CUSTOMER, "Nobody says who")])
    SqlFeedbackRepository(engine).add(SAID)
    SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb"))
    suggestions = SqlSuggestionRepository(engine)
    suggestions.show("s", [SHOWN, replace(SHOWN, id="s.1")], NOON, keep_since=NOON)
    suggestions.show("o", [replace(SHOWN, id="o.0", text="For others", conversation="c3")], NOON, keep_since=NOON)
    suggestions.judge(JudgedSuggestion(SHOWN, Verdict.EDITED, SECRETS[5], 0.5, NOON))
    yield engine
    engine.dispose()


@pytest.fixture
def repository(database: Engine) -> CustomerRepository:
    return SqlCustomerRepository(database)


def test_a_customer_has_conversations_with_all_that_hangs_on_them(repository: CustomerRepository) -> None:
    first, second = repository.conversations(SECRETS[3])
    assert (first.id, second.id) == ("c1", "c2")
    assert [turn.text for turn in first.turns] == [SECRETS[0], SECRETS[1]]
    assert [each.answer for each in first.exchanges] == [SECRETS[1]]
    assert first.feedback == (SAID,)
    assert first.suggestions == (
        KeptSuggestion("s.0", SECRETS[4], "edited", SECRETS[5]),
        KeptSuggestion("s.1", SECRETS[4]),
    )
    assert (second.feedback, second.suggestions) == ((), ())
    assert first.began_at <= first.last_at <= datetime.now(UTC)


def test_others_have_theirs(repository: CustomerRepository) -> None:
    assert [each.id for each in repository.conversations("other")] == ["c3"]
    assert repository.conversations("nobody") == ()


def test_whose_a_conversation_is_can_be_told_later(database: Engine, repository: CustomerRepository) -> None:
    talk = SqlConversationRepository(database)
    talk.append("c4", [Turn(Role.CUSTOMER, "It is me")], customer="late")
    talk.append("c4", [Turn(Role.AGENT, "Thanks")])
    assert [each.id for each in repository.conversations("late")] == ["c4"]


def test_erasing_removes_everything_and_nothing_else(database: Engine, repository: CustomerRepository) -> None:
    assert repository.erase(["c1", "c2", "unknown"]) == Erased(
        conversations=2, turns=3, exchanges=1, feedback=1, suggestions=2
    )
    assert repository.conversations(SECRETS[3]) == ()
    talk = SqlConversationRepository(database)
    assert (talk.history("c1"), talk.exchanges("c1")) == ((), ())
    assert SqlFeedbackRepository(database).reviews() == ()
    suggestions = SqlSuggestionRepository(database)
    assert suggestions.verdict("s.0") is None
    with pytest.raises(NotFound):
        suggestions.shown("s.1")
    assert suggestions.shown("o.0").text == "For others"
    assert suggestions.tallies("kb", "", ["late"])["", SuggestionKind.CANNED, "late"].judged == 1
    assert len(talk.history("c3")) == len(talk.history("c4")) == 1
    assert repository.erase(["c1"]) == repository.erase([]) == Erased()


@pytest.mark.sqlite
def test_nothing_of_it_is_left_in_the_files(database: Engine, repository: CustomerRepository, folder: Path) -> None:
    repository.erase([each.id for each in repository.conversations(SECRETS[3])])
    truncate_log(database)
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Somebody else" in kept
    assert [secret for secret in SECRETS if secret.encode() in kept] == []


def test_idle_conversations_are_those_before_the_moment(repository: CustomerRepository) -> None:
    now = datetime.now(UTC)
    assert repository.idle_since(now + timedelta(seconds=1)) == ("c1", "c2", "c3", "c4")
    assert repository.idle_since(now - timedelta(hours=1)) == ()


def test_suggestions_can_tell_whose_a_conversation_is(database: Engine, repository: CustomerRepository) -> None:
    suggestions = SqlSuggestionRepository(database)
    shown = [replace(SHOWN, id="n.0", conversation="new")]
    suggestions.show("n", shown, NOON, keep_since=NOON, customer="late")
    suggestions.show("m", [replace(shown[0], id="m.0")], NOON, keep_since=NOON)
    (found,) = repository.conversations("late")
    assert (found.id, found.turns) == ("new", ())
    assert {each.id for each in found.suggestions} == {"n.0", "m.0"}


def test_suggestions_of_no_conversation_are_nobodys(database: Engine, repository: CustomerRepository) -> None:
    before = repository.idle_since(datetime.now(UTC) + timedelta(days=1))
    SqlSuggestionRepository(database).show("n", [replace(SHOWN, id="n.0", conversation="")], NOON, keep_since=NOON)
    assert repository.idle_since(datetime.now(UTC) + timedelta(days=1)) == before

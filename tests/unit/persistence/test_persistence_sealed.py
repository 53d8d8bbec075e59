"""What is encrypted on the disk, what is found all the same, and how keys change."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects import postgresql

from engine.domain.conversation import Role, Turn
from engine.domain.exchange import CitedPlace
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import KnowledgeBase
from engine.domain.proposals import Evidence, Observation, Proposal, ProposalKind, ProposalState
from engine.domain.suggestion import JudgedSuggestion, ShownSuggestion, SuggestionKind
from engine.domain.webhook import Webhook, WebhookEvent
from engine.errors import Misconfigured
from engine.persistence import rotation
from engine.persistence.any_text import MARK
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.database import check_encryption, open_database
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.keyring import Keyring
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.proposals import SqlProposalRepository
from engine.persistence.rotation import keys_in_use, rotate
from engine.persistence.suggestions import SqlSuggestionRepository
from engine.persistence.webhooks import SqlWebhookRepository
from tests.fakes.postgres import bytes_kept
from tests.fakes.repositories import exchange

OLD, NEW = Keyring([b"o" * 32]), Keyring([b"n" * 32, b"o" * 32])
LATEST = Keyring([b"n" * 32])
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SECRETS = (
    "zanzibar",
    "quokka",
    "ocelot",
    "customer-7731",
    "narwhal",
    "axolotl",
    "whsec-pangolin",
    "https://ibex",
    "okapi",
    "serval",
    "kudu",
)
SHOWN = ShownSuggestion("s.0", "kb", "", SuggestionKind.CANNED, "late", "okapi", 0.5, "c1")
SEEN = Observation("o", "serval", "kudu", "en", conversation_id="c1")
PROPOSED = Proposal(
    *("p", "kb", ProposalKind.NEW, ProposalState.PROPOSED, "en", "Q", "A", 0.5),
    evidence=(Evidence(SEEN, agrees=True),),
    created_at=NOW,
    changed_at=NOW,
)
SAID = Feedback("f", "a", Verdict.EDITED, "ocelot", None, "quokka", NOW)
ASKED = replace(
    exchange("a", conversation="c1"),
    question="zanzibar\x00",
    standalone="narwhal",
    answer="axolotl",
    citations=(CitedPlace("d", 1, "d.md", "axolotl", "axolotl"),),
)
COLUMNS = {
    "conversations.customer",
    "events.customer",
    "events.details",
    "events.subject",
    "exchanges.answer",
    "exchanges.citations",
    "exchanges.standalone",
    "feedback.comment",
    "feedback.edited_text",
    "insight_vectors.vector",
    "messages.customer",
    "messages.text",
    "proposal_evidence.answer",
    "proposal_evidence.question",
    "reply_checks.agent",
    "sayings.agent",
    "suggestion_sets.items",
    "suggestion_verdicts.sent",
    "suggestion_verdicts.suggested",
    "turns.text",
    "webhooks.secret",
    "webhooks.url",
}


@contextmanager
def opened(folder: Path, keyring: Keyring | None) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{folder / 'knowdesk.db'}", keyring)
    try:
        yield engine
    finally:
        engine.dispose()


def fill(engine: Engine) -> None:
    SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb"))
    talk = SqlConversationRepository(engine)
    talk.append("c1", [Turn(Role.CUSTOMER, ASKED.question)], exchange=ASKED, customer="customer-7731")
    talk.append("c2", [Turn(Role.CUSTOMER, "")], customer="")
    SqlFeedbackRepository(engine).add(SAID)
    suggestions = SqlSuggestionRepository(engine)
    suggestions.show("s", [SHOWN], NOW, keep_since=NOW)
    suggestions.judge(JudgedSuggestion(SHOWN, Verdict.EDITED, "okapi!", 0.1, NOW))
    hook = Webhook("w", "https://ibex", frozenset([WebhookEvent.JOB_DONE]), 0.0)
    SqlWebhookRepository(engine).add(hook, "whsec-pangolin")
    SqlProposalRepository(engine).add("kb", [PROPOSED])


def check(engine: Engine) -> None:
    """See that all comes back as it was given."""
    (talk,) = SqlCustomerRepository(engine).conversations("customer-7731")
    assert [turn.text for turn in talk.turns] == ["zanzibar\x00"]
    assert talk.exchanges == (replace(ASKED, position=1),)
    assert talk.feedback == (SAID,)
    assert [(each.text, each.sent) for each in talk.suggestions] == [("okapi", "okapi!")]
    assert SqlSuggestionRepository(engine).shown("s.0") == SHOWN
    assert SqlWebhookRepository(engine).webhook("w").url == "https://ibex"
    assert SqlProposalRepository(engine).proposal("p") == PROPOSED


def readable(folder: Path) -> list[str]:
    """Return the secrets that the bytes of the folder show, the write-ahead log included."""
    kept = bytes_kept(folder)
    return [secret for secret in SECRETS if secret.encode() in kept]


def counts(engine: Engine) -> Counter[str]:
    return sum(keys_in_use(engine).values(), Counter[str]())


@pytest.mark.sqlite
def test_nothing_private_can_be_read_in_the_files(tmp_path: Path) -> None:
    with opened(tmp_path, OLD) as engine:
        fill(engine)
        check(engine)
        assert (tmp_path / "knowdesk.db-wal").exists()
        assert readable(tmp_path) == []
        assert keys_in_use(engine).keys() == COLUMNS
        assert set(counts(engine)) == set(OLD.ids)
    assert readable(tmp_path) == []


def test_without_a_key_it_is_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path, None) as engine:
        fill(engine)
        check(engine)
        assert set(counts(engine)) == {""}
        assert readable(tmp_path) == list(SECRETS)


def test_without_its_key_the_database_does_not_open(tmp_path: Path) -> None:
    with opened(tmp_path, OLD) as engine:
        fill(engine)
    for keyring in (None, LATEST):
        with pytest.raises(Misconfigured, match="KNOWDESK_ENCRYPTION_KEYS"), opened(tmp_path, keyring):
            pass


def test_plain_rows_are_read_and_then_encrypted(tmp_path: Path) -> None:
    with opened(tmp_path, None) as engine:
        fill(engine)
    with opened(tmp_path, OLD) as engine:
        check(engine)
        assert sum(last.written for last in last_of(engine, OLD).values()) == 8
        assert set(counts(engine)) == set(OLD.ids)
        check(engine)
        assert readable(tmp_path) == []
    assert readable(tmp_path) == []


def last_of(engine: Engine, keyring: Keyring) -> dict[str, rotation.Rotated]:
    return {done.table: done for done in rotate(engine, keyring)}


def test_another_key_takes_over_and_the_old_one_can_go(tmp_path: Path) -> None:
    with opened(tmp_path, OLD) as engine:
        fill(engine)
    with opened(tmp_path, NEW) as engine:
        check(engine)
        SqlConversationRepository(engine).append("c3", [Turn(Role.CUSTOMER, "new")], customer="customer-7731")
        assert [talk.id for talk in SqlCustomerRepository(engine).conversations("customer-7731")] == ["c1", "c3"]
        assert set(counts(engine)) == set(NEW.ids)
        list(rotate(engine, NEW))
        assert set(counts(engine)) == set(LATEST.ids)
    with opened(tmp_path, LATEST) as engine:
        assert len(SqlCustomerRepository(engine).conversations("customer-7731")) == 2
        assert all(done.written == 0 for done in rotate(engine, LATEST))


def test_a_rotation_goes_on_where_it_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    with opened(tmp_path, None) as engine:
        talk = SqlConversationRepository(engine)
        for at in range(10):
            talk.append(f"c{at}", [Turn(Role.CUSTOMER, f"zanzibar {at}")], customer="customer-7731")
    with opened(tmp_path, OLD) as engine:
        running = rotate(engine, OLD)
        first = next(each for each in running if each.table == "turns")
        running.close()  # type: ignore[attr-defined]
        assert (first.seen, first.written) == (3, 3)
        SqlConversationRepository(engine).append("c3", [Turn(Role.CUSTOMER, "quokka")])
        done = last_of(engine, OLD)["turns"]
        assert (done.seen, done.written) == (11, 7)
        assert counts(engine)[""] == 0
        assert SqlConversationRepository(engine).history("c3")[1].text == "quokka"


def test_rotation_needs_a_key(tmp_path: Path) -> None:
    with opened(tmp_path, None) as engine, pytest.raises(Misconfigured, match="no key"):
        list(rotate(engine, None))


def test_erasure_reaches_what_is_encrypted_under_any_key(tmp_path: Path) -> None:
    for keyring, conversation in ((None, "plain"), (OLD, "old"), (NEW, "new")):
        with opened(tmp_path, keyring) as engine:
            turns = [Turn(Role.CUSTOMER, "zanzibar")]
            SqlConversationRepository(engine).append(conversation, turns, customer="customer-7731")
            customers = SqlCustomerRepository(engine)
    with opened(tmp_path, NEW) as engine:
        customers = SqlCustomerRepository(engine)
        ids = [talk.id for talk in customers.conversations("customer-7731")]
        assert ids == ["plain", "old", "new"]
        assert customers.erase(ids).turns == 3
        assert customers.conversations("customer-7731") == ()
        assert counts(engine) == Counter()


def test_plain_text_that_looks_encrypted_is_kept_as_it_is(tmp_path: Path) -> None:
    said = f"{MARK}{OLD.seal('zanzibar')}"
    for keyring in (None, OLD):
        with opened(tmp_path, keyring) as engine:
            talk = SqlConversationRepository(engine)
            talk.append("c", [Turn(Role.CUSTOMER, said)])
            assert {turn.text for turn in talk.history("c")} == {said}
            assert counts(engine)[""] == 1


@pytest.mark.sqlite
def test_each_value_says_which_key_it_is_under(tmp_path: Path) -> None:
    with opened(tmp_path, NEW) as engine:
        fill(engine)
    with closing(sqlite3.connect(tmp_path / "knowdesk.db")) as connection:
        (text,) = connection.execute("SELECT text FROM turns WHERE conversation_id = 'c1'").fetchone()
        (items,) = connection.execute("SELECT items FROM suggestion_sets").fetchone()
        kept = connection.execute("SELECT id FROM encryption_keys").fetchall()
    assert text.startswith(MARK + NEW.ids[0])
    assert json.loads(items).startswith(MARK + NEW.ids[0])
    assert kept == [(NEW.ids[0],)]


def test_a_key_that_nothing_is_under_can_go(tmp_path: Path) -> None:
    with opened(tmp_path, OLD):
        pass
    with opened(tmp_path, None) as engine:
        fill(engine)
        check(engine)
    with opened(tmp_path, LATEST), opened(tmp_path, None):
        pass


def test_looking_at_the_keys_remembers_none(tmp_path: Path) -> None:
    with opened(tmp_path, OLD) as engine:
        fill(engine)
    address = f"sqlite:///{tmp_path / 'knowdesk.db'}"
    before = (tmp_path / "knowdesk.db").read_bytes()
    check_encryption(address, NEW)
    for keyring in (None, LATEST):
        with pytest.raises(Misconfigured, match=OLD.ids[0]):
            check_encryption(address, keyring)
    assert (tmp_path / "knowdesk.db").read_bytes() == before


def test_the_statements_hold_for_postgresql(tmp_path: Path) -> None:
    with opened(tmp_path, OLD) as engine:
        fill(engine)
        for table in rotation._tables():
            with engine.connect() as connection:
                row = connection.execute(rotation._after(table, None)).first()
            said = str(rotation._after(table, row).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
            assert "FOR UPDATE" in said
            assert "AS TEXT), " in said

"""A database that fails: every verb of every repository says so in the same words, and quotes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from engine.domain.calibration import Calibration
from engine.domain.check import ListedWord
from engine.domain.conversation import Role, Turn
from engine.domain.feedback import Feedback, Verdict
from engine.domain.knowledge import KnowledgeBase
from engine.domain.triage import Intent
from engine.errors import BackendFailed, Conflict, EngineError
from engine.persistence.calibrations import SqlCalibrationRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.feedback import SqlFeedbackRepository
from engine.persistence.intents import SqlIntentRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.words import SqlWordRepository
from engine.ports import BuiltIndex, IndexSignature
from tests.fakes.repositories import chunked, database, document

Verb = Callable[[Engine], object]

SECRET = "private words of a customer"
DAY = date(2026, 7, 1)
OWN = Calibration(1.0, 0.0, (), 1, SECRET, "2026-07-01")
SIGNATURE = IndexSignature(SECRET, "1", 4, normalized=True, terms="t")
GIVEN = Feedback("f", "a", Verdict.SOLVED, "", None, SECRET, datetime(2026, 7, 1, tzinfo=UTC))

READS: dict[str, Verb] = {
    "calibration": lambda engine: SqlCalibrationRepository(engine).calibration(SECRET),
    "history": lambda engine: SqlConversationRepository(engine).history(SECRET),
    "exchanges": lambda engine: SqlConversationRepository(engine).exchanges(SECRET),
    "reviews": lambda engine: SqlFeedbackRepository(engine).reviews(),
    "taxonomy": lambda engine: SqlIntentRepository(engine).taxonomy(SECRET),
    "taxonomy_revision": lambda engine: SqlIntentRepository(engine).taxonomy_revision(SECRET),
    "words": lambda engine: SqlWordRepository(engine).words(SECRET),
    "revision": lambda engine: SqlWordRepository(engine).revision(SECRET),
    "knowledge_base": lambda engine: SqlKnowledgeRepository(engine).knowledge_base(SECRET),
    "knowledge_bases": lambda engine: SqlKnowledgeRepository(engine).knowledge_bases(),
    "index": lambda engine: SqlKnowledgeRepository(engine).index(SECRET),
    "generation": lambda engine: SqlKnowledgeRepository(engine).generation(SECRET),
    "document": lambda engine: SqlKnowledgeRepository(engine).document(SECRET),
    "documents": lambda engine: SqlKnowledgeRepository(engine).documents(SECRET),
    "versions": lambda engine: SqlKnowledgeRepository(engine).versions(SECRET),
    "version": lambda engine: SqlKnowledgeRepository(engine).version(SECRET, 1),
    "chunks": lambda engine: SqlKnowledgeRepository(engine).chunks(SECRET, 1),
    "stored_text": lambda engine: SqlKnowledgeRepository(engine).stored_text(SECRET, 1),
    "regions": lambda engine: SqlKnowledgeRepository(engine).regions(SECRET, 1),
    "in_force": lambda engine: SqlKnowledgeRepository(engine).in_force([SECRET], DAY),
    "out_of_force": lambda engine: SqlKnowledgeRepository(engine).out_of_force(SECRET, DAY),
    "languages": lambda engine: SqlKnowledgeRepository(engine).languages(SECRET),
    "siblings": lambda engine: SqlKnowledgeRepository(engine).siblings([SECRET], DAY),
}
WRITES: dict[str, Verb] = {
    "set_calibration": lambda engine: SqlCalibrationRepository(engine).set_calibration("kb", OWN),
    "delete_calibration": lambda engine: SqlCalibrationRepository(engine).delete_calibration(SECRET),
    "append": lambda engine: SqlConversationRepository(engine).append("c", [Turn(Role.CUSTOMER, SECRET)]),
    "add": lambda engine: SqlFeedbackRepository(engine).add(GIVEN),
    "put_intents": lambda engine: SqlIntentRepository(engine).put_intents("kb", [Intent("a", (SECRET,))]),
    "delete_intent": lambda engine: SqlIntentRepository(engine).delete_intent("kb", SECRET),
    "put": lambda engine: SqlWordRepository(engine).put("kb", [ListedWord(SECRET)]),
    "remove": lambda engine: SqlWordRepository(engine).remove("kb", SECRET),
    "add_knowledge_base": lambda engine: SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase(SECRET)),
    "delete_knowledge_base": lambda engine: SqlKnowledgeRepository(engine).delete_knowledge_base(SECRET),
    "use_index": lambda engine: SqlKnowledgeRepository(engine).use_index("kb", BuiltIndex(SIGNATURE)),
    "stage": lambda engine: SqlKnowledgeRepository(engine).stage(document("a"), SECRET, chunked("a", SECRET, 7)),
    "activate": lambda engine: SqlKnowledgeRepository(engine).activate(SECRET, 1),
    "delete_document": lambda engine: SqlKnowledgeRepository(engine).delete_document(SECRET),
    "relate": lambda engine: SqlKnowledgeRepository(engine).relate({SECRET: [SECRET]}),
}
VERBS = {**READS, **WRITES}


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with database() as made:
        SqlKnowledgeRepository(made).add_knowledge_base(KnowledgeBase("kb"))
        yield made


def broken(engine: Engine, monkeypatch: pytest.MonkeyPatch, error: DBAPIError) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(engine, "connect", fails)


def problem(verb: Verb, engine: Engine) -> EngineError:
    with pytest.raises(EngineError) as raised:
        verb(engine)
    assert SECRET not in str(raised.value)
    assert raised.value.remedy
    return raised.value


@pytest.mark.parametrize("name", VERBS)
def test_a_database_that_does_not_answer(engine: Engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(engine, monkeypatch, OperationalError(SECRET, {"x": SECRET}, sqlite3.OperationalError("disk I/O error")))
    found = problem(VERBS[name], engine)
    assert isinstance(found, BackendFailed)
    assert found.message == "The database failed."


@pytest.mark.parametrize("name", WRITES)
def test_what_somebody_else_changed_meanwhile(engine: Engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(engine, monkeypatch, IntegrityError(SECRET, {"x": SECRET}, sqlite3.IntegrityError("UNIQUE failed")))
    assert isinstance(problem(WRITES[name], engine), Conflict)


@pytest.mark.parametrize("name", VERBS)
def test_errors_of_our_own_pass_as_they_are(engine: Engine, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise MemoryError("not the database's")

    monkeypatch.setattr(engine, "connect", fails)
    with pytest.raises(MemoryError):
        VERBS[name](engine)

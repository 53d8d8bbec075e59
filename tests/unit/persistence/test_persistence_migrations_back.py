"""Migrations are taken back one after the other and made again: the schema is the same each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from engine.domain.canned_reply import CannedReply
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import KnowledgeBase
from engine.persistence import migrate
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import open_database, schema_state
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.transactions import reading, writing
from engine.persistence.webhooks import SqlWebhookRepository
from engine.ports import BuiltIndex, IndexSignature
from tests.fakes.repositories import publish

FOLDER = str(Path(migrate.__file__).with_name("migrations"))
OLDEST = "0009"  # those up to it have no way back: they were made before anybody had data
SIGNATURE = IndexSignature("model", "revision", 384, True, "bm25/1")
Schema = dict[str, list[tuple[str, str, bool]]]


def schema(engine: Engine) -> Schema:
    """Return the columns of every table: name, type, whether they may be empty."""
    with reading(engine) as connection:
        found = inspect(connection)
        return {
            table: sorted(
                (each["name"], str(each["type"]), bool(each["nullable"])) for each in found.get_columns(table)
            )
            for table in sorted(found.get_table_names())
        }


def moved(engine: Engine, revision: str, *, back: bool) -> None:
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", FOLDER)
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'a.db'}"


def test_back_to_the_oldest_that_can_be_gone_back_to_and_up_again(url: str) -> None:
    engine = open_database(url)
    newest, seen = schema(engine), list[tuple[str, Schema]]()
    for step in ScriptDirectory(FOLDER).walk_revisions():
        if step.revision == OLDEST:
            break
        seen.append((step.revision, schema(engine)))
        moved(engine, str(step.down_revision), back=True)
    assert len(seen) >= 5
    for revision, before in reversed(seen):
        moved(engine, revision, back=False)
        assert schema(engine) == before, revision
    assert schema(engine) == newest
    engine.dispose()


def test_revisions_are_one_line_without_gaps_named_by_their_files() -> None:
    steps = [step.revision for step in ScriptDirectory(FOLDER).walk_revisions()]
    assert steps[::-1] == [f"{number:04}" for number in range(1, len(steps) + 1)]
    files = sorted(path.name[1:5] for path in Path(FOLDER, "versions").glob("v*.py"))
    assert files == steps[::-1]


def test_what_older_tables_hold_survives_a_step_back_and_up(url: str) -> None:
    engine = open_database(url)
    SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb", "退货"))
    document = publish(SqlKnowledgeRepository(engine), "a", "Some text.")
    SqlConversationRepository(engine).append("c", [Turn(Role.CUSTOMER, "Hello \x00 \ud83d")])
    moved(engine, OLDEST, back=True)
    engine.dispose()
    assert schema_state(url)[0] == OLDEST
    again = open_database(url)
    knowledge = SqlKnowledgeRepository(again)
    assert (knowledge.document("a").title, knowledge.knowledge_bases()) == (
        document.title,
        (KnowledgeBase("kb", "退货"),),
    )
    assert knowledge.stored_text("a", 1).text == "Some text."
    assert SqlConversationRepository(again).history("c") == (Turn(Role.CUSTOMER, "Hello \x00 \ud83d"),)
    SqlCannedRepository(again).put("kb", [CannedReply("kb", "late", "en", "t", "x")])
    assert len(SqlCannedRepository(again).replies("kb")) == 1
    again.dispose()


def test_what_an_index_was_built_with_survives_a_step_back_and_up(url: str) -> None:
    engine = open_database(url)
    knowledge = SqlKnowledgeRepository(engine)
    first, second = BuiltIndex(SIGNATURE), BuiltIndex(replace(SIGNATURE, model="other"), "2", "bundled")
    for name in ("one", "changed"):
        knowledge.add_knowledge_base(KnowledgeBase(name))
        knowledge.use_index(name, first)
    knowledge.use_index("changed", second)
    moved(engine, "0021", back=True)
    moved(engine, "0022", back=False)
    assert [knowledge.indexes(name) for name in ("one", "changed")] == [(first,), (first,)]
    engine.dispose()


def test_reasons_of_webhooks_in_words_get_names(url: str) -> None:
    engine = open_database(url)
    moved(engine, "0022", back=True)
    hooks = {"a": "", "b": "switched off", "c": "messages in a row that did not arrive: 3"}
    errors = ["", "no answer in time", "cannot be reached", "status 503", "The address is private."]
    with writing(engine) as connection:
        hook = (
            "INSERT INTO webhooks (id, url, events, description, secret, created_at, failures, disabled_because) "
            "VALUES (:id, 'https://shop.example', '[]', '', 'secret', 0, 0, :because)"
        )
        for name, because in hooks.items():
            connection.execute(text(hook), {"id": name, "because": because})
        sent = (
            "INSERT INTO webhook_deliveries (id, webhook_id, event, payload, created_at, state, attempts, error) "
            "VALUES (:id, 'a', 'job.done', '{}', :id, 'failed', 1, :error)"
        )
        for number, error in enumerate(errors):
            connection.execute(text(sent), {"id": number, "error": error})
    moved(engine, "0023", back=False)
    webhooks = SqlWebhookRepository(engine)
    assert [each.disabled_because for each in webhooks.webhooks()] == ["", "switched_off", "undelivered"]
    named = [each.error for each in reversed(webhooks.deliveries("a"))]
    assert named == ["", "timeout", "unreachable", "status", "forbidden"]
    engine.dispose()


@pytest.mark.sqlite
def test_looking_at_a_schema_changes_nothing(url: str, tmp_path: Path) -> None:
    state, newest = schema_state(url)
    assert state is None
    engine = open_database(url)
    engine.dispose()
    assert schema_state(url) == (newest, newest)

"""Opening databases: new ones, old ones, newer ones, and what cannot be opened."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import KnowledgeBase
from engine.domain.validity import InForce
from engine.errors import BackendFailed, Conflict, Misconfigured
from engine.persistence import agent_tables, event_tables, graph_tables, migrate, quality_tables
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.database import _connected, open_database
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.schema import metadata
from engine.persistence.transactions import reading, writing
from tests.fakes.repositories import database, document, publish

pytestmark = pytest.mark.sqlite


@pytest.fixture(autouse=True)
def _migrations_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the migrations make each database here."""
    monkeypatch.setattr("engine.persistence.database.migrate", migrate.migrate)


def opened(path: Path) -> Engine:
    return open_database(f"sqlite:///{path}")


def migrate_only(path: Path) -> None:
    """Make the tables without looking into them."""
    engine = _connected(f"sqlite:///{path}")
    migrate.migrate(engine)
    engine.dispose()


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    """Run a statement without our own code in between."""
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def test_migrations_make_the_tables_as_they_are_described() -> None:
    with database() as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert (
            context.get_current_revision()
            == ScriptDirectory(str(Path(migrate.__file__).with_name("migrations"))).get_current_head()
        )
        names = inspect(connection).get_table_names()
    late = {event_tables.events.name, quality_tables.sayings.name, graph_tables.graph_edges.name}
    late |= {agent_tables.canned_replies.name}
    assert {*metadata.tables, "alembic_version"} == set(names) > late


def test_the_tables_of_suggestions_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    engine = opened(tmp_path / "a.db")
    mine = {agent_tables.canned_lists.name, agent_tables.canned_replies.name, agent_tables.suggestion_sets.name}
    mine |= {agent_tables.suggestion_tallies.name, agent_tables.suggestion_verdicts.name}
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.downgrade(config, "0009")
        assert mine.isdisjoint(inspect(connection).get_table_names())
    engine.dispose()
    again = opened(tmp_path / "a.db")
    assert mine < set(inspect(again).get_table_names())
    again.dispose()


def test_migrations_and_tables_agree_on_what_goes_with_what() -> None:
    with database() as engine:
        for table in metadata.tables.values():
            found = {
                (tuple(key["constrained_columns"]), key["referred_table"], key["options"].get("ondelete"))
                for key in inspect(engine).get_foreign_keys(table.name)
            }
            assert found == {
                (tuple(key.column_keys), key.referred_table.name, "CASCADE") for key in table.foreign_key_constraints
            }


def test_a_folder_with_a_percent_sign_is_no_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "100% 顧客"
    folder.mkdir()
    opened(folder / "a.db").dispose()
    assert (folder / "a.db").is_file()


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    engine = opened(tmp_path / "a.db")
    SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("kb"))
    engine.dispose()
    engine = opened(tmp_path / "a.db")
    assert SqlKnowledgeRepository(engine).knowledge_bases() == (KnowledgeBase("kb"),)
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    engine = opened(tmp_path / "a.db")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(Misconfigured, match=r"newer version \(schema 9999\)") as failure:
        opened(tmp_path / "a.db")
    assert "another data folder" in failure.value.remedy
    assert rows(tmp_path / "a.db", "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    rows(tmp_path / "b.db", "CREATE TABLE turns (x)")  # the last table that the first migration creates
    with pytest.raises(BackendFailed, match="database failed"):
        opened(tmp_path / "b.db")
    assert rows(tmp_path / "b.db", "SELECT name FROM sqlite_master WHERE type = 'table'") == [("turns",)]


def test_an_up_to_date_database_is_opened_while_somebody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(tmp_path / "a.db")
    monkeypatch.setattr(migrate, "writing", None)
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM turns"))
        opened(tmp_path / "a.db").dispose()
    engine.dispose()


def test_several_may_create_the_database_at_once(tmp_path: Path) -> None:
    errors: list[Exception] = []

    def create() -> None:
        try:
            opened(tmp_path / "a.db").dispose()
        except (BackendFailed, Misconfigured, Conflict) as error:
            errors.append(error)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


@pytest.mark.parametrize("url", ["", "no url", "nosuchdialect://host/db", "postgresql+nosuchdriver://host/db"])
def test_what_is_no_url_is_misconfigured(url: str) -> None:
    with pytest.raises(Misconfigured, match="cannot be used") as failure:
        open_database(url)
    assert "KNOWDESK_DATABASE_URL" in failure.value.remedy


@pytest.mark.parametrize("content", [None, b"no database at all, but long enough to be one" * 50])
def test_what_cannot_be_opened_is_a_failure(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "missing" / "a.db" if content is None else tmp_path / "a.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BackendFailed, match="database failed"):
        opened(path)


def test_readers_go_on_while_somebody_writes() -> None:
    with database() as engine:
        with writing(engine) as writer, reading(engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM turns")).scalar() == 0
            writer.execute(text("INSERT INTO turns VALUES ('c', 1, 'customer', 'x', NULL)"))
            assert reader.execute(text("SELECT count(*) FROM turns")).scalar() == 0
        with reading(engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM turns")).scalar() == 1
            assert reader.execute(text("PRAGMA synchronous")).scalar() == 1
            assert reader.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_failed_write_changes_nothing_and_quotes_nothing() -> None:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb"))
        with writing(engine) as connection:
            connection.execute(text("DROP TABLE texts"))
        with pytest.raises(BackendFailed) as failure:
            repository.stage(document("a"), "a secret", ())
        assert "secret" not in f"{failure.value} {failure.value.__cause__}"
        assert repository.latest_version("a") == 0


def test_a_broken_rule_of_the_tables_is_a_conflict() -> None:
    with database() as engine, pytest.raises(Conflict, match="changed the same data"), writing(engine) as connection:
        connection.execute(text("INSERT INTO documents VALUES ('a', 'no such knowledge base', 1, '', '', '')"))


def test_a_database_of_the_first_version_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _, to=command.upgrade: to(config, "0001"))
        migrate_only(tmp_path / "a.db")
    rows(tmp_path / "a.db", "INSERT INTO knowledge_bases VALUES ('kb', '')")
    rows(tmp_path / "a.db", "INSERT INTO documents VALUES ('a', 'kb', 2, 'folder', 'a.md')")
    described = "'folder', 'a.md', 'A', 'page', 'en', 'h', '[]', NULL"
    for key, until in (("'a', 1, 1", "NULL"), ("'a', 2, 1", "'2026-06-01'"), ("'a', 3, 0", "NULL")):
        rows(tmp_path / "a.db", f"INSERT INTO versions VALUES ({key}, {described}, {until}, '{{}}', 4, '')")  # noqa: S608
    engine = opened(tmp_path / "a.db")
    repository = SqlKnowledgeRepository(engine)
    assert repository.indexed_versions("kb") == {"a": {2: 4}}
    assert repository.in_force(["a"], date(2026, 6, 1)) == {"a": InForce(2, 0)}
    assert repository.in_force(["a"], date(2026, 6, 2)) == {}
    assert (repository.document("a").container, repository.document("a").edited) == ("", ())
    engine.dispose()


def test_what_was_deleted_is_not_in_the_files_any_more(tmp_path: Path) -> None:
    engine = opened(tmp_path / "a.db")
    repository = SqlKnowledgeRepository(engine)
    repository.add_knowledge_base(KnowledgeBase("kb"))
    secret = b"a secret that customers trust us with"
    for version in range(1, 40):
        publish(repository, "a", secret.decode() * version, ends=(4,), version=version)
    publish(repository, "b")
    repository.delete_document("a")
    repository.purge()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    engine.dispose()
    assert secret not in left
    assert b"Some text." in left


def test_conversations_from_before_the_actions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _, to=command.upgrade: to(config, "0002"))
        migrate_only(tmp_path / "a.db")
    rows(tmp_path / "a.db", "INSERT INTO turns VALUES ('c', 1, 'customer', 'hello')")
    engine = opened(tmp_path / "a.db")
    assert SqlConversationRepository(engine).history("c") == (Turn(Role.CUSTOMER, "hello"),)
    engine.dispose()

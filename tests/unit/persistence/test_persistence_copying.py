"""Copying one database to another, again and again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import KnowledgeBase
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.copying import copy_tables, row_counts
from engine.persistence.database import open_database
from engine.persistence.keyring import new_key, read_keyring
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.persistence.transactions import reading
from tests.fakes.repositories import database, publish

ODD = "退货 \x00 \ud83d"
Pair = tuple[Engine, Engine]


@pytest.fixture
def pair() -> Iterator[Pair]:
    with database() as source, database() as target:
        knowledge = SqlKnowledgeRepository(source)
        knowledge.add_knowledge_base(KnowledgeBase("kb", ODD))
        for number in range(3):
            publish(knowledge, f"doc {number}")
        SqlConversationRepository(source).append("c", [Turn(Role.CUSTOMER, ODD), Turn(Role.ASSISTANT, "Yes")])
        yield source, target


def changes(pair: Pair) -> dict[str, tuple[int, int, int]]:
    """Copy; return what was added, changed and removed, by table."""
    found = {each.name: (each.added, each.changed, each.removed) for each in copy_tables(*pair)}
    return {name: each for name, each in found.items() if any(each)}


def test_everything_comes_along_once(pair: Pair) -> None:
    found = changes(pair)
    assert found["documents"] == (3, 0, 0)
    assert found["turns"] == (2, 0, 0)
    assert row_counts(pair[0]) == row_counts(pair[1])
    assert changes(pair) == {}
    knowledge, talk = SqlKnowledgeRepository(pair[1]), SqlConversationRepository(pair[1])
    assert knowledge.knowledge_bases() == (KnowledgeBase("kb", ODD),)
    assert [each.id for each in knowledge.documents("kb")] == ["doc 0", "doc 1", "doc 2"]
    assert knowledge.stored_text("doc 1", 1) == SqlKnowledgeRepository(pair[0]).stored_text("doc 1", 1)
    assert talk.history("c") == (Turn(Role.CUSTOMER, ODD), Turn(Role.ASSISTANT, "Yes"))


def test_what_changed_since_is_caught_up_with(pair: Pair) -> None:
    changes(pair)
    knowledge = SqlKnowledgeRepository(pair[0])
    publish(knowledge, "doc 1", "Another text.", version=2)
    knowledge.delete_document("doc 2")
    SqlConversationRepository(pair[0]).append("c", [Turn(Role.CUSTOMER, "And?")])
    found = changes(pair)
    assert found["documents"] == (0, 1, 1)
    assert found["turns"] == (1, 0, 0)
    assert found["conversations"] == (0, 1, 0)
    assert SqlKnowledgeRepository(pair[1]).document("doc 1").version == 2
    assert row_counts(pair[0]) == row_counts(pair[1])


def test_more_rows_than_are_compared_at_a_time(pair: Pair) -> None:
    talk = SqlConversationRepository(pair[0])
    talk.append("long", [Turn(Role.CUSTOMER, f"{number}") for number in range(1000)])
    assert changes(pair)["turns"] == (1002, 0, 0)
    assert [turn.text for turn in SqlConversationRepository(pair[1]).history("long")] == list(map(str, range(1000)))


def test_what_is_encrypted_stays_so(tmp_path: Path) -> None:
    keyring = read_keyring(new_key())
    source = open_database(f"sqlite:///{tmp_path / 'a.db'}", keyring)
    SqlConversationRepository(source).append("c", [Turn(Role.CUSTOMER, "private words")])
    with database() as target:
        copy_tables(source, target)
        with reading(target) as connection:
            assert "private" not in str(connection.execute(text("SELECT text FROM turns")).scalar())
    source.dispose()


def test_every_table_of_the_database_comes_along(pair: Pair) -> None:
    with reading(pair[0]) as connection:
        there = set(inspect(connection).get_table_names()) - {"alembic_version"}
    words = [sys.executable, "-c", "from engine.persistence.copying import metadata; print(*metadata.tables)"]
    alone = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603
    assert set(alone.stdout.split()) == there
    assert row_counts(pair[1]).keys() == there

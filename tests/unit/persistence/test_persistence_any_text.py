"""The column type for any Python string."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from engine.persistence.any_text import AnyText
from engine.persistence.schema import metadata

TEXTS = ["", "plain", "退货", "\x00", "a\x00b", "\ud800", "\udc80", "\ufdd0", '\ufdd0"x"', "\uffff", "😀"]
SQLITE = sqlite.dialect()
POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_any_text_survives_and_databases_can_take_it(text: str) -> None:
    kept = AnyText().process_bind_param(text, SQLITE)
    assert kept is not None
    assert b"\x00" not in kept.encode("utf-8")
    assert AnyText().process_result_value(kept, SQLITE) == text


def test_nothing_stays_nothing() -> None:
    assert AnyText().process_bind_param(None, SQLITE) is None
    assert AnyText().process_result_value(None, SQLITE) is None


def test_different_texts_are_kept_differently_and_can_be_looked_up() -> None:
    table = Table("t", MetaData(), Column("text", AnyText, primary_key=True))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"text": text} for text in TEXTS])
        for text in TEXTS:
            assert connection.execute(select(table).where(table.c.text == text)).scalars().all() == [text]
    engine.dispose()


@pytest.mark.parametrize("table", metadata.tables.values(), ids=str)
def test_postgresql_could_have_the_tables(table: Table) -> None:
    created = str(CreateTable(table).compile(dialect=POSTGRESQL))
    assert f"CREATE TABLE {table.name}" in created
    assert "SERIAL" not in created

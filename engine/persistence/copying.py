"""Make one database hold what another one holds, as it is kept: encrypted values stay encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    Row,
    Table,
    TypeDecorator,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from engine.persistence.schema import metadata
from engine.persistence.transactions import reading, writing

__all__ = ["CopiedTable", "copy_tables", "row_counts"]

PORTION = 400  # rows that are compared at a time; databases bound the parameters of a statement


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """What became of a table: its rows, and those that were added, changed and removed to make it so."""

    name: str
    rows: int
    added: int
    changed: int
    removed: int


def copy_tables(source: Engine, target: Engine) -> list[CopiedTable]:
    """Bring the target to the state of the source at this moment, table by table; both have the newest schema.

    What is there already is compared and left, so that doing it again takes up what changed, and what was broken off.
    """
    tables = _plain_tables()
    with reading(source) as origin:
        added = [_written(origin, target, table) for table in tables]
        removed = [_thinned(origin, target, table) for table in reversed(tables)][::-1]
        rows = [_count(origin, table) for table in tables]
    return [
        CopiedTable(table.name, count, *changes, gone)
        for table, count, changes, gone in zip(tables, rows, added, removed, strict=True)
    ]


def row_counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    with reading(engine) as connection:
        return {table.name: _count(connection, table) for table in _plain_tables()}


def _plain_tables() -> list[Table]:
    """Return the tables in an order that foreign keys allow, with values as they are kept."""
    plain = MetaData()
    for table in metadata.sorted_tables:
        columns = [Column(each.name, _kept(each), primary_key=each.primary_key) for each in table.columns]
        Table(table.name, plain, *columns)
    return [plain.tables[table.name] for table in metadata.sorted_tables]


def _kept(column: Column[Any]) -> Any:
    return column.type.impl if isinstance(column.type, TypeDecorator) else column.type


def _written(origin: Connection, target: Engine, table: Table) -> tuple[int, int]:
    """Add and change rows; return how many."""
    added = changed = 0
    for rows in _portions(origin, table):
        with writing(target) as connection:
            known = {_key(table, row): row for row in _found(connection, table, [_key(table, row) for row in rows])}
            new = [row._asdict() for row in rows if _key(table, row) not in known]
            if new:
                connection.execute(insert(table), new)
            other = [row for row in rows if tuple(known.get(_key(table, row), row)) != tuple(row)]
            for row in other:
                connection.execute(update(table).where(_is(table, _key(table, row))).values(row._asdict()))
        added, changed = added + len(new), changed + len(other)
    return added, changed


def _thinned(origin: Connection, target: Engine, table: Table) -> int:
    """Remove rows that the source has no more; return how many."""
    with reading(target) as connection:
        portions = [[_key(table, row) for row in rows] for rows in _portions(connection, table, keys_only=True)]
    removed = 0
    for keys in portions:
        kept = {_key(table, row) for row in _found(origin, table, keys, keys_only=True)}
        gone = [key for key in keys if key not in kept]
        if gone:
            with writing(target) as connection:
                for key in gone:
                    connection.execute(delete(table).where(_is(table, key)))
        removed += len(gone)
    return removed


def _portions(connection: Connection, table: Table, *, keys_only: bool = False) -> Iterator[Sequence[Row[Any]]]:
    """Yield all rows, or their keys, in portions."""
    asked = select(*table.primary_key.columns) if keys_only else select(table)
    result = connection.execution_options(yield_per=PORTION).execute(asked)
    yield from result.partitions()


def _found(
    connection: Connection, table: Table, keys: Sequence[tuple[Any, ...]], *, keys_only: bool = False
) -> Sequence[Row[Any]]:
    columns = tuple(table.primary_key.columns)
    asked = select(*columns) if keys_only else select(table)
    among = columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else tuple_(*columns).in_(keys)
    return connection.execute(asked.where(among)).all()


def _key(table: Table, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(row._mapping[column.name] for column in table.primary_key.columns)


def _is(table: Table, key: tuple[Any, ...]) -> Any:
    columns = tuple(table.primary_key.columns)
    same = columns[0] == key[0]
    for column, value in zip(columns[1:], key[1:], strict=True):
        same &= column == value
    return same


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()

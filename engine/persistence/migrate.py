"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from engine.errors import Misconfigured
from engine.persistence.transactions import reading, writing

__all__ = ["migrate", "present_schema"]

FOLDER = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, all or none; Misconfigured if the database is newer than they are."""
    known = _known()
    with reading(engine) as connection:
        if _revision(connection) == known[-1]:
            return
    with writing(engine) as connection:
        revision = _revision(connection)
        if revision is not None and revision not in known:
            raise Misconfigured(
                f"The database is of a newer version (schema {revision}).",
                remedy="Use that version of Knowdesk, or another data folder.",
            )
        _upgrade(connection)


def present_schema(engine: Engine) -> tuple[str | None, str]:
    """Return the schema that the database has, None for an empty one, and the newest."""
    with reading(engine) as connection:
        return _revision(connection), _known()[-1]


def _known() -> tuple[str, ...]:
    """Return all revisions, oldest first: the numbers in the names of their files."""
    return tuple(sorted(path.stem[1:].partition("_")[0] for path in (FOLDER / "versions").glob("v*.py")))


def _revision(connection: Connection) -> str | None:
    """Return the revision of the database without Alembic, which takes a fifth of a second to import."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

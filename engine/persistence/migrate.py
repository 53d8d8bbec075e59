"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from engine.errors import Misconfigured
from engine.persistence.transactions import reading, writing

__all__ = ["migrate"]


def migrate(engine: Engine) -> None:
    """Run the migrations that are missing, all or none; Misconfigured if the database is newer than they are."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with reading(engine) as connection:
        if _revision(connection) == script.get_current_head():
            return
    with writing(engine) as connection:
        revision = _revision(connection)
        if revision is not None and revision not in {known.revision for known in script.walk_revisions()}:
            raise Misconfigured(
                f"The database is of a newer version (schema {revision}).",
                remedy="Use that version of Knowdesk, or another data folder.",
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()

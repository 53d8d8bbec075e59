"""The command line as tests run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import text
from typer.testing import CliRunner, Result

from api.cli.main import build_app
from engine.persistence import database

__all__ = ["Desk"]


class Desk:
    """Runs `knowdesk` on one data folder, in this process."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def __call__(self, *words: str) -> Result:
        """Run a command; return its exit status and what it printed."""
        arguments = ["--data-dir", str(self.data_dir), *words]
        result = CliRunner().invoke(build_app(), arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def json(self, *words: str, status: int = 0) -> dict[str, Any]:
        """Run a command with `--json`; return the document, which is all that it prints on stdout."""
        result = self(*words, "--json")
        assert result.exit_code == status, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement in the desk's database, SQLite's file or what stands for it; return the rows, if any."""
        engine = database._connected(f"sqlite:///{self.data_dir / 'knowdesk.db'}")
        try:
            with engine.begin() as connection:
                found = connection.execute(text(statement))
                return [tuple(row) for row in found] if found.returns_rows else []
        finally:
            engine.dispose()

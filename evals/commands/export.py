"""`knowdesk eval export`: golden questions and dialogues from the running system."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from engine.errors import InvalidInput
from evals.commands.common import AsJson, reported_errors
from evals.commands.common import show as show_result
from evals.commands.data import DataDir, Kb, Out, write_rows
from evals.exporting.export import Export, What, export

__all__ = ["register"]

EXAMPLES = """Examples:

knowdesk eval export --kb shop --out feedback.jsonl

knowdesk eval export --kb shop --what conversations --since 2026-07-01 --out solved.jsonl
"""
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only feedback from this day (UTC) on.")
]
Chosen = Annotated[What, typer.Option("--what", help="Questions by feedback, or solved conversations as dialogues.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("export", epilog=EXAMPLES)
    def export_command(
        *,
        kb: Kb,
        out: Out,
        what: Chosen = What.FEEDBACK,
        since: Since = None,
        data_dir: DataDir = None,
        as_json: AsJson = False,
    ) -> None:
        """Write golden questions from feedback, without personal data; also while a server runs on the same folder."""
        from engine.records import open_records
        from engine.settings import load_settings

        with reported_errors():
            if out.exists():
                raise InvalidInput(f"{out.name} exists.", remedy="Choose another --out.")
            with open_records(load_settings(data_dir=data_dir)) as records:
                found = export(records, kb, what=what, since=since.replace(tzinfo=UTC) if since else None)
            if not found.rows and not found.refused:
                raise InvalidInput(f"There is no feedback to export for {kb!r}.", remedy="Send some, or check --since.")
            if found.rows:
                write_rows(found.rows, out)
        for line in _told(found, out):
            typer.echo(line, err=True)
        if as_json:
            show_result(_document(found), "", as_json=True)
        if found.refused:
            raise typer.Exit(1)


def _told(found: Export, out: Path) -> list[str]:
    return [
        f"{len(found.rows)} rows in {out}; {found.proposed} of them wait for you to correct and approve them.",
        f"Scrubbed: {_counts(found.scrubbed)}.",
        f"Left out: {_counts(found.left_out)}.",
        *(f"Not written: {each}: it expects a document with personal data in its name." for each in found.refused),
    ]


def _counts(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in numbers.items()) or "nothing"


def _document(found: Export) -> dict[str, object]:
    return {
        "rows": len(found.rows),
        "proposed": found.proposed,
        "scrubbed": dict(found.scrubbed),
        "left_out": dict(found.left_out),
        "refused": list(found.refused),
    }

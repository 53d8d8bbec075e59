"""`knowdesk eval validate` and `knowdesk eval draft`: check and make data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from engine.errors import InvalidInput
from evals.commands.common import AsJson, Seed, reported_errors, show
from evals.datasets.rows import DialogueRow, QuestionRow
from evals.datasets.validate import validate
from evals.drafting import draft

__all__ = ["DataDir", "Kb", "Out", "register", "write_rows"]

DataPath = Annotated[
    Path, typer.Argument(metavar="PATH", help="BEIR folder, a folder of such, a question file or a folder of those.")
]
Knowledge = Annotated[Path | None, typer.Option("--knowledge", help="Folder that must hold the documents named.")]
Kb = Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")]
Out = Annotated[Path, typer.Option("--out", help="File to write; it must not exist.")]
Most = Annotated[int, typer.Option("--limit", min=1, help="At most this many questions.")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the index and the database; default: .knowdesk.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""

    @app.command("validate")
    def validate_command(path: DataPath, *, knowledge: Knowledge = None, as_json: AsJson = False) -> None:
        """Check data files; each fault with file, line, field and remedy. Formats: evals/datasets/README.md."""
        with reported_errors():
            found = validate(path, knowledge=knowledge)
            lines = [f"{escape(str(each))}. {escape(each.remedy)}" for each in found.problems]
            total = f"{found.format}: {found.records} records, {len(found.problems)} problems"
            document: dict[str, object] = {"format": found.format, "records": found.records}
            document["problems"] = [asdict(each) for each in found.problems]
            show(document, "\n".join([*lines, total]), as_json=as_json)
        if found.problems:
            raise typer.Exit(1)

    @app.command("draft")
    def draft_command(*, kb: Kb, out: Out, limit: Most = 50, seed: Seed = 13, data_dir: DataDir = None) -> None:
        """Draft questions from a knowledge base's headings; only those that a person approves are run."""
        from engine.records import open_records
        from engine.settings import load_settings

        with reported_errors():
            if out.exists():
                raise InvalidInput(
                    f"{out.name} exists.", remedy="Choose another --out: drafts never replace your work."
                )
            with open_records(load_settings(data_dir=data_dir)) as records:
                rows = draft(records.knowledge, kb, limit=limit, seed=seed)
            if not rows:
                raise InvalidInput(f"Knowledge base {kb!r} has no sections to ask about.", remedy="Ingest documents.")
            write_rows(rows, out)
        typer.echo(f'{len(rows)} questions in {out}. Correct them and set "status" to "approved".', err=True)


def write_rows(rows: Sequence[QuestionRow | DialogueRow], out: Path) -> None:
    """Write rows as JSON Lines; what has its default is left out."""
    lines = (row.model_dump_json(exclude_defaults=True) for row in rows)
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

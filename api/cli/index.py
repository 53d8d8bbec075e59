"""`knowdesk index`: indexes of a knowledge base with other embedding models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text
from engine.domain.trial import TOLERANCE

if TYPE_CHECKING:
    from engine.domain.trial import IndexTrial
    from engine.ports import BuiltIndex
    from ingestion.reembedding.service import Reembedding

__all__ = ["app"]

app = typer.Typer(help="Bring another embedding model into use, or go back to the one before.", no_args_is_help=True)
IndexId = Annotated[str, typer.Argument(metavar="ID", help="Id of the index, as `index list` shows it.")]


@app.command("list")
@over_knowledge_base
def list_(opened: Opened) -> None:
    """List the indexes, the one in use first, with how they did when they were compared."""
    with _indexes(opened) as indexes:
        _publish(opened, indexes)


@app.command(epilog="Example: knowdesk index build all-MiniLM-L6-v2 --kb shop --questions golden.jsonl")
@over_knowledge_base
def build(
    opened: Opened,
    *,
    model: Annotated[str, typer.Argument(help="As KNOWDESK_EMBEDDING_MODEL names it, or bundled.")],
    questions: Annotated[
        Path | None, typer.Option(help="Golden questions (*.jsonl, or a folder of them) to compare with.")
    ] = None,
    tolerance: Annotated[
        float, typer.Option(min=0, max=1, help="How much lower MRR@10 may be, in all and in each language.")
    ] = TOLERANCE,
    again: Annotated[bool, typer.Option("--again", help="Also if the index in use is built with that model.")] = False,
    only_build: Annotated[bool, typer.Option("--only-build", help="Do not use it yet.")] = False,
) -> None:
    """Build an index with another model, compare it with the one in use, and use it unless it finds less.

    Exit status 1 if it finds less: then everything stays as it is.
    """
    from engine.encoder.gain import read_questions
    from ingestion.reembedding.gate import Gate

    gate = Gate(tuple(read_questions(questions)) if questions else (), tolerance)
    with _indexes(opened) as indexes:
        place = Path(model).expanduser()
        built = indexes.begin(str(place.resolve()) if place.exists() else model, again=again)
        _fill(indexes, built)
        built = indexes.compare(built, gate)
        passed = built.trial is None or built.trial.passed
        if passed and not only_build:
            indexes.use(built)
        _publish(opened, indexes)
    if not passed:
        raise typer.Exit(1)


@app.command(epilog="Example: knowdesk index use 1 --kb shop")
@over_knowledge_base
def use(opened: Opened, *, id: IndexId) -> None:
    """Use an index that is there, as to go back; what was written since it was used last is added first."""
    from api.schemas.indexes import slot_of

    with _indexes(opened) as indexes:
        built = indexes.index(slot_of(id))
        _fill(indexes, built)
        indexes.use(built)
        _publish(opened, indexes)


@app.command()
@over_knowledge_base
def drop(opened: Opened, *, id: IndexId) -> None:
    """Remove an index that is not in use."""
    from api.schemas.indexes import slot_of

    with _indexes(opened) as indexes:
        indexes.drop(slot_of(id))
        _publish(opened, indexes)


@contextmanager
def _indexes(opened: Opened) -> Iterator[Reembedding]:
    from ingestion.jobs.service import JobService

    with JobService(opened.engine, opened.settings) as jobs:
        yield jobs.indexes(opened.knowledge_base)


def _fill(indexes: Reembedding, built: BuiltIndex) -> None:
    """Fill an index, showing on stderr how far it is."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Embedding")
        for filled in indexes.fill(built):
            bar.update(task, completed=filled.done, total=filled.total)


def _publish(opened: Opened, indexes: Reembedding) -> None:
    from api.schemas.indexes import FIRST, IndexesOut

    found = indexes.indexes()

    def show() -> None:
        rows = (
            (each.slot or FIRST, "in use" if each is found[0] else "", each.signature.model, each.signature.dimension)
            for each in found
        )
        print_table(("Id", "", "Model", "Dimensions"), rows)
        for each in found:
            if each.trial:
                print_text(f"{each.slot or FIRST}: {_told(each.trial)}")

    opened.publish(IndexesOut.listed(found), show)


def _told(trial: IndexTrial) -> str:
    asked = "titles of pages" if trial.own else "questions"
    told = (
        f"{name or 'all'} {each.before:.3f} -> {each.after:.3f} ({each.questions})"
        for name, each in trial.found.items()
    )
    return f"MRR@10 of {asked}, before and after: {', '.join(told)}{'' if trial.passed else '; it finds less'}"

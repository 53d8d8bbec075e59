"""Command: `knowdesk bench personal-data`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.bench.identifiers import IDENTIFIERS, identifier_texts
from evals.bench.personal_data import PersonalDataScores, bench_personal_data, read_labelled_texts
from evals.commands.common import Half, reported_errors

__all__ = ["personal_data_command"]


def personal_data_command(
    file: Annotated[
        Path | None, typer.Argument(help='JSON lines with "full_text" and "spans" of presidio-research.')
    ] = None,
    *,
    identifiers: Annotated[
        int, typer.Option("--identifiers", min=2, help="Without a file: texts with made CN, HK, TW and JP numbers.")
    ] = 400,
    half: Half = "second",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Score the finding of personal data, by exact spans; tuned on the first half, so report the second.

    Every other made number has a wrong check digit and must not be found.
    """
    with reported_errors():
        if file:
            found = bench_personal_data(read_labelled_texts(file), half=half)
        else:
            found = bench_personal_data(identifier_texts(identifiers), sought=IDENTIFIERS)
    if as_json:
        typer.echo(json.dumps(found.as_json()))
    else:
        Console().print(_table(found))


def _table(found: PersonalDataScores) -> Table:
    table = Table("kind, language", "gold", "found", "precision", "recall", "F1", title=f"{found.texts} texts")
    languages = found.languages.items() if len(found.languages) > 1 else ()
    for name, score in (*found.kinds.items(), *languages, ("all but names", found.forms), ("all", found.overall)):
        shares = (f"{share:.3f}" for share in (score.precision, score.recall, score.f1))
        if score.gold or score.found:
            table.add_row(name, str(score.gold), str(score.found), *shares)
    return table

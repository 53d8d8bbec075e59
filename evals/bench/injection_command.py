"""Command: `knowdesk bench injection`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.injection import clean_pages, detection, false_flags, reach, write_pages
from evals.bench.injection_plants import DISGUISES, Attack, Host, attacks, hosts, plants
from evals.bench.sample import sample_hosts
from evals.commands.common import Half, reported_errors

__all__ = ["injection_command"]


def injection_command(
    attack_file: Annotated[Path, typer.Argument(help="JSON object of category to attack instructions (BIPIA).")],
    context_file: Annotated[Path, typer.Argument(help='JSON lines with "context" and "question" (BIPIA).')],
    *,
    clean: Annotated[list[Path] | None, typer.Option("--clean", help="Folder of clean Markdown pages.")] = None,
    half: Half = "second",
    each: Annotated[int, typer.Option("--each", min=1, help="Pages that each attack is planted in.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Plant attacks in e-mails and in the sample's own pages; count what is found and what reaches the answer.

    The rules were written with the first half of the attacks, so report the second.
    """
    with reported_errors():
        chosen = attacks(attack_file, half=half)
        pages = {"contexts": hosts(context_file), "sample": sample_hosts()}
        found: dict[str, object] = {"attacks": len(chosen), "pages": _detection(chosen, pages, each=each)}
        untouched = {name: [host.text for host in every] for name, every in pages.items()}
        untouched |= {folder.name: list(clean_pages(folder)) for folder in clean or ()}
        found["clean"] = {name: round(false_flags(texts), 4) for name, texts in untouched.items()}
        found["reach"] = {name: _reach(chosen, every, each=each) for name, every in pages.items()}
    text = json.dumps(found)
    if as_json:
        typer.echo(text)
    else:
        Console().print_json(text)


def _detection(chosen: Sequence[Attack], pages: Mapping[str, Sequence[Host]], *, each: int) -> dict[str, object]:
    return {
        name: {
            disguise: round(detection(plants(chosen, every, each=each, disguise=disguise)), 4) for disguise in DISGUISES
        }
        for name, every in pages.items()
    }


def _reach(chosen: Sequence[Attack], every: Sequence[Host], *, each: int) -> dict[str, object]:
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        disguises = list(DISGUISES)
        grown = [
            plant
            for at, attack in enumerate(chosen)
            for plant in plants(
                [attack], every, each=each, disguise=disguises[at % len(disguises)] if at % 2 else "plain"
            )
        ]
        named = write_pages(grown, Path(scratch) / "pages")
        engine = build_engine(load_settings(data_dir=Path(scratch) / "data"))
        try:
            return {name: asdict(seen) for name, seen in reach(engine, "bench", Path(scratch) / "pages", named).items()}
        finally:
            engine.close()

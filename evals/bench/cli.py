"""Measure speed, parsing, OCR, personal data, intents, moods, and recovery from broken files and crashes."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evals.bench.answering import answer_command
from evals.bench.capacity_command import capacity_command
from evals.bench.contradictions.command import contradictions_command
from evals.bench.drafts_command import drafts_command
from evals.bench.edits_command import edit_command
from evals.bench.encoder import encoder_command
from evals.bench.forms_command import forms_command
from evals.bench.fuzz.command import fuzz_command
from evals.bench.gaps_command import gaps_command
from evals.bench.generation_command import generation_command
from evals.bench.ingestion import bench_ingest
from evals.bench.injection_command import injection_command
from evals.bench.intents_command import intents_command
from evals.bench.jobs.commands import crash_command, pdf_command
from evals.bench.kills.command import kill_command
from evals.bench.load_command import load_command
from evals.bench.ocr.command import ocr_command
from evals.bench.out_of_scope_command import out_of_scope_command
from evals.bench.parsing.command import parsing_command
from evals.bench.peers.command import EXAMPLES as PEERS_EXAMPLES
from evals.bench.peers.command import peers_command
from evals.bench.personal_data_command import personal_data_command
from evals.bench.promises_command import promises_command
from evals.bench.scale.command import scale_command
from evals.bench.searching import bench_search
from evals.bench.sentiment_command import sentiment_command
from evals.bench.soak.command import soak_command
from evals.bench.suggestions.command import suggestions_command
from evals.bench.summaries_command import summaries_command
from evals.bench.topics_command import topics_command
from evals.bench.words_command import words_command
from evals.commands.common import reported_errors
from evals.datasets.jsonl import read_records
from evals.sampling import shuffled

__all__ = ["app"]

KNOWLEDGE_BASE = "bench"
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]

app = typer.Typer(
    help="Measure speed, parsing, OCR, personal data, intents, moods, and recovery from broken files and crashes.",
    no_args_is_help=True,
    add_completion=False,
)
app.command("answer")(answer_command)
app.command("capacity")(capacity_command)
app.command("drafts")(drafts_command)
app.command("edit")(edit_command)
app.command("contradictions")(contradictions_command)
app.command("crash")(crash_command)
app.command("encoder")(encoder_command)
app.command("forms")(forms_command)
app.command("fuzz")(fuzz_command)
app.command("gaps")(gaps_command)
app.command("generation")(generation_command)
app.command("injection")(injection_command)
app.command("intents")(intents_command)
app.command("kill")(kill_command)
app.command("load")(load_command)
app.command("ocr")(ocr_command)
app.command("out-of-scope")(out_of_scope_command)
app.command("parsing")(parsing_command)
app.command("pdf")(pdf_command)
app.command("peers", epilog=PEERS_EXAMPLES)(peers_command)
app.command("personal-data")(personal_data_command)
app.command("scale")(scale_command)
app.command("sentiment")(sentiment_command)
app.command("soak")(soak_command)
app.command("promises")(promises_command)
app.command("summaries")(summaries_command)
app.command("suggestions")(suggestions_command)
app.command("topics")(topics_command)
app.command("words")(words_command)


@app.command("ingest")
def ingest_command(
    folder: Annotated[Path, typer.Argument(help="Folder with documents; it is copied, never changed.")],
    *,
    keep: Annotated[Path | None, typer.Option("--keep", help="Data folder to keep, for `bench search`.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ingest a folder, time the bare encoder on the same chunks, ingest again unchanged and after two changes."""
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-bench-") as scratch:
        engine = build_engine(load_settings(data_dir=keep or Path(scratch) / "data"))
        try:
            say = Console(stderr=True).print
            found = bench_ingest(engine, KNOWLEDGE_BASE, folder, scratch=Path(scratch), say=say)
        finally:
            engine.close()
        _publish(found.as_json(), as_json=as_json)


@app.command("search")
def search_command(
    *,
    kb: Annotated[str, typer.Option("--kb", help="Name of the knowledge base.")] = KNOWLEDGE_BASE,
    queries: Annotated[Path, typer.Option("--queries", help='JSON Lines with "text".')],
    prefix: Annotated[str, typer.Option("--prefix", help="Take queries whose _id begins so, such as en:.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many queries, a seeded sample.")] = 300,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the index and the database; default: .knowdesk.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Time search beside the embedding of the same queries."""
    from engine.assembly import build_engine
    from engine.settings import load_settings

    with reported_errors():
        rows = [row for row in read_records(queries) if row.text("_id", default="").startswith(prefix)]
        sample = shuffled({row.text("text") for row in rows} - {""}, seed=13, key=str)[:limit]
        engine = build_engine(load_settings(data_dir=data_dir))
        try:
            found = bench_search(engine, kb, sample)
        finally:
            engine.close()
        _publish(found.as_json(), as_json=as_json)


def _publish(found: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(found))
    else:
        Console().print_json(json.dumps(found))

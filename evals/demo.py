"""Ingest the sample knowledge base into a fresh folder and answer questions in several languages.

Run by `make demo`. Everything is real: parsers, index, answers; nothing is prepared beforehand.
"""

from __future__ import annotations

import shutil
import textwrap
import time
from pathlib import Path

from rich.console import Console
from rich.panel import Panel
from rich.progress import track

from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.domain.answer import Answer
from engine.service import Engine
from engine.settings import load_settings
from evals.datasets.golden import SAMPLE_FOLDER
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import open_source

__all__ = ["main"]

FOLDER = Path(".demo")
KNOWLEDGE_BASE = "shop"
QUESTIONS = (
    "净化器滤芯多久换一次",
    "取消訂單要多久以內？",
    "Can I return an opened coffee machine?",
    "コンビニ払いの支払期限は？",
    "Is my employer allowed to read my private e-mails?",
)


def main() -> None:
    """Run the demo; the data stays in the folder .demo for further questions."""
    console = Console()
    shutil.rmtree(FOLDER, ignore_errors=True)
    engine = build_engine(load_settings(data_dir=FOLDER))
    try:
        console.rule("Ingesting the sample knowledge base")
        _ingest(engine, console)
        for question in QUESTIONS:
            started = time.perf_counter()
            answer = engine.answer(KNOWLEDGE_BASE, AnswerRequest(question))
            _show(answer, time.perf_counter() - started, console)
    finally:
        engine.close()
    console.print(
        f'\nAsk more: [bold].venv/bin/knowdesk ask "…" --kb {KNOWLEDGE_BASE} --data-dir {FOLDER}[/bold]',
        highlight=False,
    )


def _ingest(engine: Engine, console: Console) -> None:
    source = open_source(SAMPLE_FOLDER / "knowledge")
    events = ingest(source.files, target=target_of(engine, KNOWLEDGE_BASE), source=source.name, synchronize=True)
    for event in track(events, "Reading, embedding, indexing", console=console, transient=True):
        if isinstance(event, IngestReport):
            console.print(f"{event.added} documents, {event.chunks} chunks in {event.seconds:.1f} s")
            for failure in event.failures:
                console.print(f"failed: {failure.uri}: {failure.error} {failure.remedy}", style="red")


def _show(answer: Answer, seconds: float, console: Console) -> None:
    heading = f"{answer.question.language} · confidence {answer.confidence:.2f} · {seconds * 1000:.0f} ms"
    if answer.text is None:
        said = answer.abstained.message if answer.abstained else ""
        console.print(Panel(f"[bold]{answer.question.text}[/bold]\n\n[yellow]{said}[/yellow]", title=heading))
        return
    cited = "\n".join(
        f"[dim]\\[{number}] {citation.title} ({citation.uri}{f', p. {citation.page}' if citation.page else ''}): "
        f"“{textwrap.shorten(citation.quote, 90, placeholder=' …')}”[/dim]"
        for number, citation in enumerate(answer.citations, start=1)
    )
    console.print(Panel(f"[bold]{answer.question.text}[/bold]\n\n{answer.text.text}\n\n{cited}", title=heading))


if __name__ == "__main__":
    main()

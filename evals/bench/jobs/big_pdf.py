"""How much memory a job takes for one large PDF, and how fast it is beside the bare parsers."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from engine.errors import BackendFailed
from evals.bench.jobs.pdf_file import write_pdf
from evals.bench.jobs.process import command
from ingestion.parsing import Limits, parse

__all__ = ["BigPdfBench", "Watched", "bench_pdf", "watch"]

_TICK_S = 0.02
_NAME = "manual.pdf"


@dataclass(frozen=True, slots=True)
class Watched:
    """A process that came to its end: how long it took, and the most resident memory of it and its children, in MB.

    `together_mb` is the most of their sum at one moment; libraries that they share count several times.
    """

    seconds: float
    parent_mb: float
    children_mb: float
    together_mb: float


@dataclass(frozen=True, slots=True)
class BigPdfBench:
    """One PDF; `parser_seconds` is our parser alone, `pypdfium2_seconds` the library alone, reading the same text."""

    pages: int
    megabytes: float
    job: Watched
    startup_seconds: float
    parser_seconds: float
    pypdfium2_seconds: float

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        seconds = self.job.seconds - self.startup_seconds
        return {
            "pages": self.pages,
            "file_mb": round(self.megabytes, 1),
            "peak_mb": {
                "service": round(self.job.parent_mb),
                "workers": round(self.job.children_mb),
                "together": round(self.job.together_mb),
            },
            "seconds": {
                "job": round(seconds, 1),
                "startup": round(self.startup_seconds, 1),
                "parser_alone": round(self.parser_seconds, 1),
                "pypdfium2_alone": round(self.pypdfium2_seconds, 1),
            },
            "pages_per_second": {
                "job": round(self.pages / seconds, 1),
                "parser_alone": round(self.pages / self.parser_seconds, 1),
                "pypdfium2_alone": round(self.pages / self.pypdfium2_seconds, 1),
            },
        }


def bench_pdf(scratch: Path, *, pages: int, seed: int, say: Callable[[str], None]) -> BigPdfBench:
    """Make the PDF, ingest it in a job of a process of its own, then parse it here; BackendFailed if the job fails."""
    folder = scratch / "files"
    folder.mkdir()
    say("making the PDF")
    write_pdf(folder / _NAME, pages=pages, seed=seed)
    say("ingesting it")
    job = watch(command(scratch / "data", folder, scratch / "log"))
    startup = watch(command(scratch / "data", folder, scratch / "log"))
    say("parsing it alone")
    data = (folder / _NAME).read_bytes()
    began = time.perf_counter()
    parse(data, name=_NAME, limits=Limits())
    parsed = time.perf_counter()
    _read(data)
    read = time.perf_counter()
    return BigPdfBench(pages, len(data) / 1e6, job, startup.seconds, parsed - began, read - parsed)


def watch(words: list[str]) -> Watched:
    """Run a command and measure it; BackendFailed, with its last line, if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(words, stderr=subprocess.PIPE)  # noqa: S603
    watched = psutil.Process(process.pid)
    parent = children = together = 0
    while process.poll() is None:
        own, others = _resident(watched)
        parent, children, together = max(parent, own), max(children, others), max(together, own + others)
        time.sleep(_TICK_S)
    seconds = time.perf_counter() - began
    _, complaint = process.communicate()
    if process.returncode:
        last = complaint.decode(errors="replace").strip().splitlines()[-1:]
        raise BackendFailed("The process of the job failed.", remedy="".join(last))
    return Watched(seconds, parent / 1e6, children / 1e6, together / 1e6)


def _resident(process: psutil.Process) -> tuple[int, int]:
    """Return the bytes of a process, and of all below it; 0 for those that have ended."""
    try:
        own = process.memory_info().rss
        children = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return 0, 0
    total = 0
    for child in children:
        try:
            total += child.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return own, total


def _read(data: bytes) -> int:
    """Return the number of characters that pypdfium2 finds."""
    import pypdfium2  # type: ignore[import-untyped]

    pdf = pypdfium2.PdfDocument(data)
    found = sum(len(page.get_textpage().get_text_range()) for page in pdf)
    pdf.close()
    return found

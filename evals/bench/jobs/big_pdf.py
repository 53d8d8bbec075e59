"""How much memory a job takes for one large PDF, and how fast it is beside the bare parsers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evals.bench.jobs.pdf_file import write_pdf
from evals.bench.jobs.process import command
from evals.bench.watching import Watched, watch
from ingestion.parsing import Limits, parse

__all__ = ["BigPdfBench", "bench_pdf"]

_NAME = "manual.pdf"


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


def _read(data: bytes) -> int:
    """Return the number of characters that pypdfium2 finds."""
    import pypdfium2  # type: ignore[import-untyped]

    pdf = pypdfium2.PdfDocument(data)
    found = sum(len(page.get_textpage().get_text_range()) for page in pdf)
    pdf.close()
    return found

"""Ingestion as API and command line run it: several sources, one progress, one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.service import Engine
from engine.settings import Settings
from ingestion.connect import target_of
from ingestion.parsing import Limits
from ingestion.pipeline import ingest
from ingestion.report import Failure, IngestEvent, IngestReport, Progress
from ingestion.sources import Readable
from ingestion.target import IngestOptions

__all__ = ["Batch", "ingest_batches", "report_of"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one source; `complete` tells that these are all, so that documents that are gone are deleted."""

    source: str
    files: Sequence[Readable]
    complete: bool = False


def ingest_batches(
    engine: Engine, settings: Settings, knowledge_base: str, batches: Sequence[Batch], *, rebuild: bool = False
) -> Iterator[IngestEvent]:
    """Ingest one batch after the other; yield progress over all files, and the sum of the reports as the last value.

    With `rebuild`, the index is dropped once, before the first batch.
    """
    target = target_of(engine, knowledge_base)
    limits = Limits(settings.max_file_mb, settings.max_text_chars)
    total = sum(len(batch.files) for batch in batches)
    reports: list[IngestReport] = []
    for number, batch in enumerate(batches):
        done = sum(len(earlier.files) for earlier in batches[:number])
        chunks = sum(report.chunks for report in reports)
        options = IngestOptions(limits=limits, rebuild=rebuild and number == 0)
        for event in ingest(
            batch.files, target=target, source=batch.source, synchronize=batch.complete, options=options
        ):
            if isinstance(event, IngestReport):
                reports.append(event)
            else:
                yield Progress(done + event.done, total, chunks + event.chunks, event.uri)
    yield _sum(reports)


def report_of(events: Iterable[IngestEvent]) -> IngestReport:
    """Run an ingestion to its end; return its report."""
    return [event for event in events if isinstance(event, IngestReport)][-1]


def _sum(reports: Iterable[IngestReport]) -> IngestReport:
    found = tuple(reports)
    failures: tuple[Failure, ...] = sum((report.failures for report in found), ())
    return IngestReport(
        added=sum(report.added for report in found),
        changed=sum(report.changed for report in found),
        unchanged=sum(report.unchanged for report in found),
        deleted=sum(report.deleted for report in found),
        failed=sum(report.failed for report in found),
        chunks=sum(report.chunks for report in found),
        failures=failures,
        seconds=sum(report.seconds for report in found),
        embed_seconds=sum(report.embed_seconds for report in found),
    )

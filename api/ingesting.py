"""Ingestion as API and command line run it: several sources, one progress, one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.service import Engine
from engine.settings import Settings
from ingestion.connect import limits_of, target_of
from ingestion.parsing import parse
from ingestion.pipeline import ingest
from ingestion.report import IngestEvent, IngestReport, Progress, summed
from ingestion.sources import Readable
from ingestion.target import IngestOptions, Parse

__all__ = ["Batch", "ingest_batches", "report_of"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one source; `complete` tells that these are all, so that documents that are gone are deleted."""

    source: str
    files: Sequence[Readable]
    complete: bool = False


def ingest_batches(
    engine: Engine,
    settings: Settings,
    knowledge_base: str,
    batches: Sequence[Batch],
    *,
    rebuild: bool = False,
    parse: Parse = parse,
) -> Iterator[IngestEvent]:
    """Ingest one batch after the other; yield progress over all files, and the sum of the reports as the last value.

    With `rebuild`, the index is dropped once, before the first batch.
    """
    target = target_of(engine, knowledge_base)
    limits = limits_of(settings)
    total = sum(len(batch.files) for batch in batches)
    reports: list[IngestReport] = []
    for number, batch in enumerate(batches):
        done = sum(len(earlier.files) for earlier in batches[:number])
        chunks = sum(report.chunks for report in reports)
        options = IngestOptions(limits=limits, rebuild=rebuild and number == 0, parse=parse)
        for event in ingest(
            batch.files, target=target, source=batch.source, synchronize=batch.complete, options=options
        ):
            if isinstance(event, IngestReport):
                reports.append(event)
            else:
                yield Progress(done + event.done, total, chunks + event.chunks, event.uri)
    yield summed(reports)


def report_of(events: Iterable[IngestEvent]) -> IngestReport:
    """Run an ingestion to its end; return its report."""
    return [event for event in events if isinstance(event, IngestReport)][-1]

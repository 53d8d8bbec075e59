from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import cast

import pytest

import api.ingesting
from api.ingesting import Batch, ingest_batches, report_of
from engine.service import Engine
from engine.settings import load_settings
from ingestion.report import Failure, IngestEvent, IngestReport, Progress
from ingestion.sources import MemoryFile, Readable
from ingestion.target import IngestOptions, IngestTarget

KNOWLEDGE = SimpleNamespace(index=lambda _: None, indexes=lambda _: ())
PARTS = SimpleNamespace(knowledge=KNOWLEDGE, store=None, embedder=None, detector=None)
ENGINE = cast("Engine", SimpleNamespace(parts=PARTS, encoder=None))


class _Ingestion:
    """Stands in for the pipeline: every file adds a document of two chunks, the last of a batch fails."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, bool, IngestOptions]] = []

    def __call__(
        self, files: Sequence[Readable], *, target: IngestTarget, source: str, synchronize: bool, options: IngestOptions
    ) -> Iterator[IngestEvent]:
        self.runs.append((source, synchronize, options))
        for done, file in enumerate(files, start=1):
            yield Progress(done, len(files), 2 * done, file.uri)
        failures = (Failure(files[-1].uri, "It is broken.", "Mend it."),)
        yield IngestReport(len(files) - 1, 1, 2, 3, 1, 2 * len(files), failures, 0.5, 0.25)


@pytest.fixture
def ingestion(monkeypatch: pytest.MonkeyPatch) -> _Ingestion:
    made = _Ingestion()
    monkeypatch.setattr(api.ingesting, "ingest", made)
    return made


def _batch(source: str, *uris: str, complete: bool = False) -> Batch:
    return Batch(source, [MemoryFile(uri, b"text") for uri in uris], complete)


def _run(*batches: Batch, rebuild: bool = False) -> list[IngestEvent]:
    return list(ingest_batches(ENGINE, load_settings(max_file_mb=3, max_text_chars=7), "kb", batches, rebuild=rebuild))


@pytest.mark.usefixtures("ingestion")
def test_progress_counts_over_all_batches() -> None:
    *progress, _ = _run(_batch("a", "1", "2"), _batch("b", "3"))
    assert progress == [Progress(1, 3, 2, "1"), Progress(2, 3, 4, "2"), Progress(3, 3, 6, "3")]


@pytest.mark.usefixtures("ingestion")
def test_the_last_value_is_the_sum_of_the_reports() -> None:
    events = _run(_batch("a", "1", "2"), _batch("b", "3"))
    failures = (Failure("2", "It is broken.", "Mend it."), Failure("3", "It is broken.", "Mend it."))
    total = IngestReport(1, 2, 4, 6, 2, 6, failures, 1.0, 0.5)
    assert events[-1] == total
    assert report_of(events) == total


def test_nothing_to_ingest_is_a_report_of_nothing(ingestion: _Ingestion) -> None:
    assert _run() == [IngestReport(0, 0, 0, 0, 0, 0, (), 0, 0)]
    assert ingestion.runs == []


def test_only_complete_batches_may_delete(ingestion: _Ingestion) -> None:
    _run(_batch("folder", "1", complete=True), _batch("file", "2"))
    assert [(source, synchronize) for source, synchronize, _ in ingestion.runs] == [("folder", True), ("file", False)]


def test_the_index_is_dropped_once(ingestion: _Ingestion) -> None:
    _run(_batch("a", "1"), _batch("b", "2"), rebuild=True)
    assert [options.rebuild for _, _, options in ingestion.runs] == [True, False]
    _run(_batch("a", "1"))
    assert not ingestion.runs[-1][2].rebuild


def test_limits_are_those_of_the_settings(ingestion: _Ingestion) -> None:
    _run(_batch("a", "1"))
    limits = ingestion.runs[0][2].limits
    assert (limits.max_file_mb, limits.max_text_chars) == (3, 7)

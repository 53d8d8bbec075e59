"""A job followed on the terminal: to its end, or to the interrupt that cancels it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from api.cli import watching
from api.cli.progress import ended
from api.cli.watching import follow
from engine.errors import BackendFailed, InvalidInput
from ingestion.jobs.values import Job, JobProgress, JobSpec, JobState
from ingestion.report import IngestReport
from ingestion.sources import Source

SPEC = JobSpec("shop", ())
NEW = Job("j-1", SPEC, JobState.QUEUED, 1.0)
RUNNING = replace(NEW, state=JobState.RUNNING, progress=JobProgress(files=1, files_total=3, note="[red]page 2[/red]"))
DONE = replace(RUNNING, state=JobState.DONE, progress=JobProgress(files=3, files_total=3))


class Jobs:
    """Jobs that go through given states, or are interrupted where one is an error."""

    def __init__(self, *states: Job | BaseException) -> None:
        self.states, self.cancelled = states, list[str]()

    def follow(self, job_id: str) -> Iterator[Job]:
        for each in self.states:
            if isinstance(each, BaseException):
                raise each
            yield each

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)


def test_the_job_is_returned_as_it_ended_and_nothing_is_cancelled(capsys: pytest.CaptureFixture[str]) -> None:
    jobs = Jobs(RUNNING, DONE)
    assert ended(cast("Any", jobs), NEW) is DONE
    assert jobs.cancelled == []
    assert capsys.readouterr() == ("", "")  # where nobody looks there is no bar, and stdout is for the result


def test_a_job_that_tells_nothing_is_returned_as_it_is_known() -> None:
    assert ended(cast("Any", Jobs()), NEW) is NEW


@pytest.mark.parametrize("states", [(), (RUNNING,)], ids=["before it began", "while it runs"])
def test_whoever_interrupts_cancels_what_is_under_way(states: tuple[Job, ...]) -> None:
    jobs = Jobs(*states, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        ended(cast("Any", jobs), NEW)
    assert jobs.cancelled == ["j-1"]


def test_what_has_ended_is_not_cancelled_by_a_late_interrupt() -> None:
    jobs = Jobs(DONE, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        ended(cast("Any", jobs), NEW)
    assert jobs.cancelled == []


def sources(*names: str, stop: BaseException | None = None) -> Any:
    """Return what watches a folder: a source for each change, then an end."""

    def watch(folder: Path) -> Iterator[Source]:
        yield from (cast("Source", f"{folder.name}/{name}") for name in names)
        if stop is not None:
            raise stop

    return watch


@pytest.fixture
def report() -> IngestReport:
    return cast("IngestReport", object())


def watched(
    monkeypatch: pytest.MonkeyPatch, watch: Any, ingest: Any, folder: Path = Path("docs")
) -> list[IngestReport]:
    monkeypatch.setattr("ingestion.sources.watch.watch", watch)
    return list(follow(folder, ingest))


def test_every_change_is_ingested_until_an_interrupt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report: IngestReport
) -> None:
    seen: list[object] = []

    def ingest(source: Source) -> IngestReport:
        seen.append(source)
        return report

    found = watched(monkeypatch, sources("a", "b", stop=KeyboardInterrupt()), ingest)
    assert (found, seen) == ([report, report], ["docs/a", "docs/b"])
    assert capsys.readouterr() == ("", "Watching docs; stop with Ctrl-C.\nStopped.\n")


def test_a_failing_store_is_named_and_the_next_change_is_tried(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], report: IngestReport
) -> None:
    outcomes: list[IngestReport | BackendFailed] = [BackendFailed("The store\x1b[2J failed.", remedy="Wait."), report]

    def ingest(source: Source) -> IngestReport:
        outcome = outcomes.pop(0)
        if isinstance(outcome, BackendFailed):
            raise outcome
        return outcome

    assert watched(monkeypatch, sources("a", "b"), ingest) == [report]
    assert "Error: The store[2J failed.\nWait.\n" in capsys.readouterr().err


def test_a_mistake_that_waiting_does_not_mend_ends_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    def ingest(source: Source) -> IngestReport:
        raise InvalidInput("That is no folder.")

    with pytest.raises(InvalidInput):
        watched(monkeypatch, sources("a", "b"), ingest)
    assert watching.__all__ == ["follow"]

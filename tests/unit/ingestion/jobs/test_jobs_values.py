from __future__ import annotations

from datetime import date

from engine.domain.knowledge import DocumentKind
from ingestion.jobs.values import (
    ACTIVE,
    PLACE,
    UPLOAD,
    Job,
    JobProgress,
    JobSpec,
    JobState,
    SourceSpec,
)
from ingestion.report import Failure, IngestReport
from ingestion.sources import SourceNotes

NOTES = SourceNotes(DocumentKind.FAQ, ("a", "日本"), date(2026, 1, 2), None, "Title")
SPEC = JobSpec("kb", (SourceSpec(PLACE, "/a", NOTES), SourceSpec(UPLOAD, "key")), True, ("x",), "before")


def test_a_job_survives_json() -> None:
    assert JobSpec.from_json(SPEC.to_json()) == SPEC
    assert JobSpec.from_json(SPEC.to_json()).sources[0].notes.kind is DocumentKind.FAQ


def test_a_job_that_an_older_version_wrote_has_the_defaults() -> None:
    old = '{"knowledge_base":"kb","sources":[{"kind":"place","location":"/a"}]}'
    assert JobSpec.from_json(old) == JobSpec("kb", (SourceSpec(PLACE, "/a"),))


def test_progress_survives_json() -> None:
    progress = JobProgress(1, 2, 3, 4, 5, "writing", "日本.txt", "note", 0.5, 1.5, 2.5, None, 0.25, 1e9)
    assert JobProgress.from_json(progress.to_json()) == progress


def test_only_uploads_need_a_spool() -> None:
    assert SPEC.uploads == ("key",)


def test_what_is_active() -> None:
    assert {state for state in JobState if state in ACTIVE} == {"queued", "running", "stalled"}
    assert Job("1", SPEC, JobState.STALLED, 0.0).is_active
    assert not Job("1", SPEC, JobState.DONE_WITH_FAILURES, 0.0).is_active


def _report(number: int, *uris: str) -> IngestReport:
    failures = tuple(Failure(uri, "Broken.", "Mend it.") for uri in uris)
    return IngestReport(number, 2 * number, 3, 4, len(uris), 6, failures, 0.5, 0.25)


def test_a_job_without_a_report_has_no_failures() -> None:
    assert Job("1", SPEC, JobState.RUNNING, 0.0).failures == ()
    assert [each.uri for each in Job("1", SPEC, JobState.DONE, 0.0, report=_report(1, "a")).failures] == ["a"]

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from ingestion.report import Duplicate, Failure, IngestReport, Warned, summed

NOTHING = IngestReport(0, 0, 0, 0, 0, 0, (), 0.0, 0.0)


def _report(number: int, *uris: str) -> IngestReport:
    failures = tuple(Failure(uri, "Broken.", "Mend it.") for uri in uris)
    return IngestReport(number, 2 * number, 3, 4, len(uris), 6, failures, 0.5, 0.25)


def test_reports_add_up_field_by_field() -> None:
    total = summed([_report(1, "a"), _report(2), _report(3, "b", "c")])
    assert (total.added, total.changed, total.unchanged, total.failed) == (6, 12, 9, 3)
    assert [failure.uri for failure in total.failures] == ["a", "b", "c"]
    assert (total.seconds, total.embed_seconds) == (1.5, 0.75)


@pytest.mark.parametrize("name", [each.name for each in fields(IngestReport)])
def test_no_field_is_forgotten(name: str) -> None:
    lists = {
        "failures": (Failure("a", "Broken.", "Mend it."),),
        "warnings": (Warned("a", "Odd."),),
        "duplicates": (Duplicate("a", "b", 1.0),),
    }
    one = replace(NOTHING, **{name: lists.get(name, 2)})  # type: ignore[arg-type]
    total = summed([one, NOTHING, one])
    assert getattr(total, name) == getattr(one, name) + getattr(one, name)
    assert replace(total, **{name: getattr(NOTHING, name)}) == NOTHING


def test_no_reports_are_a_report_of_nothing() -> None:
    assert summed([]) == NOTHING
    assert summed(iter([_report(1, "a")])) == _report(1, "a")

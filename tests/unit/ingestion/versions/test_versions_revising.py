from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from engine.domain.knowledge import Document, DocumentKind, Region, Span
from engine.errors import Conflict, InvalidInput, NotFound
from ingestion.sources import MemoryFile
from ingestion.versions.revising import Revision, revise, roll_back, with_edits
from tests.unit.ingestion.memory import KB, Place

BODY = "It boils in {} minutes. Keep it dry, and never fill it above the line."
JUNE, SEPTEMBER = date(2026, 6, 1), date(2026, 9, 1)


def page(minutes: str, front: str = "") -> MemoryFile:
    return MemoryFile("a.md", f"{front}# Kettle\n\n{BODY.format(minutes)}".encode())


def place(*pages: MemoryFile) -> Place:
    made = Place()
    for each in pages:
        made.ingest([each])
    return made


def only(here: Place) -> Document:
    (document,) = here.knowledge.documents(KB)
    return document


def back(here: Place, version: int) -> Revision:
    made = roll_back(here.target, only(here).id, version)
    here.check()
    return made


def revised(here: Place, **changes: object) -> Revision:
    made = revise(here.target, replace(only(here), **changes))  # type: ignore[arg-type]
    here.check()
    return made


def held(here: Place, day: date) -> int:
    document = only(here)
    return here.knowledge.in_force([document.id], day)[document.id].version


def test_the_content_of_an_older_version_becomes_the_newest() -> None:
    here = place(page("five"), page("three"))
    made = back(here, 1)
    assert (made.document.version, made.embedded, made.reused) == (3, 1, 0)
    assert here.knowledge.stored_text(made.document.id, 3) == replace(
        here.knowledge.stored_text(made.document.id, 1), version=3
    )
    assert {record.version for record in here.store.records(KB)} == {3}


def test_going_back_and_forth_makes_versions_and_loses_none() -> None:
    here = place(page("five"), page("three"))
    back(here, 1)
    assert back(here, 2).document.version == 4
    assert [version.version for version in here.knowledge.versions(only(here).id)] == [4, 3, 2, 1]


def test_chunks_that_both_versions_have_keep_their_vectors() -> None:
    here = place(page("five"))
    here.ingest([page("five", "---\ntags: [new]\n---\n")])
    made = back(here, 1)
    assert (made.embedded, made.reused, made.document.tags) == (0, 1, ())


def test_an_unchanged_file_does_not_undo_a_rollback() -> None:
    here = place(page("five"), page("three"))
    back(here, 1)
    assert here.ingest([page("three")]).unchanged == 1
    assert only(here).version == 3
    assert here.ingest([page("two")]).changed == 1
    assert only(here).version == 4


def test_a_rollback_holds_from_when_the_newest_held() -> None:
    until, since = "---\neffective_until: 2026-05-31\n---\n", "---\neffective_from: 2026-06-01\n---\n"
    here = place(page("five", until), page("three", since))
    made = back(here, 1)
    assert (made.document.effective_from, made.document.effective_until) == (JUNE, None)
    assert held(here, SEPTEMBER) == 3
    assert held(here, date(2026, 5, 31)) == 1


@pytest.mark.parametrize(("version", "error"), [(2, Conflict), (7, NotFound)])
def test_what_cannot_be_gone_back_to(version: int, error: type[Exception]) -> None:
    here = place(page("five"), page("three"))
    with pytest.raises(error):
        back(here, version)
    assert only(here).version == 2


def test_a_new_description_embeds_nothing_and_takes_the_place_of_the_newest() -> None:
    here = place(page("five"))
    made = revised(here, tags=("vip",), kind=DocumentKind.FAQ, metadata={"owner": "desk"})
    assert (made.document.version, made.embedded, made.reused) == (2, 0, 1)
    assert made.document.edited == ("kind", "tags", "metadata")
    (record,) = here.store.records(KB)
    assert (record.tags, record.kind, record.version) == (("vip",), DocumentKind.FAQ, 2)


def test_a_later_first_day_brings_back_what_held_before() -> None:
    here = place(page("five"), page("three"))
    revised(here, effective_from=SEPTEMBER)
    assert (held(here, JUNE), held(here, SEPTEMBER)) == (1, 3)
    assert {record.version for record in here.store.records(KB)} == {1, 3}


def test_an_earlier_first_day_counts_too() -> None:
    here = place(page("five"), page("three", "---\neffective_from: 2026-09-01\n---\n"))
    revised(here, effective_from=JUNE)
    assert (held(here, date(2026, 5, 31)), held(here, JUNE)) == (1, 3)


def test_a_period_must_not_end_before_it_begins() -> None:
    here = place(page("five"))
    with pytest.raises(InvalidInput, match="effective_until is before effective_from"):
        revised(here, effective_from=SEPTEMBER, effective_until=JUNE)
    assert only(here).version == 1


def test_what_an_administrator_set_outlives_an_edit_of_the_file() -> None:
    here = place(page("five"))
    revised(here, tags=("vip",), effective_until=SEPTEMBER, metadata={"owner": "desk"})
    here.ingest([page("three", "---\ntags: [other]\nauthor: Kim\n---\n")])
    found = only(here)
    assert (found.version, found.tags, found.effective_until) == (3, ("vip",), SEPTEMBER)
    assert (found.metadata["owner"], found.metadata["author"]) == ("desk", "Kim")
    assert found.edited == ("tags", "effective_until", "metadata")
    here.ingest([page("two", "---\neffective_until: 2026-06-01\n---\n")])
    assert only(here).effective_until == JUNE  # what the file states itself


def test_warnings_of_an_older_file_are_not_kept() -> None:
    here = place(page("five", "---\neffective_until: soon\n---\n"))
    assert "warnings" in only(here).metadata
    revised(here, metadata={**only(here).metadata, "owner": "desk"})
    here.ingest([page("three")])
    assert "warnings" not in only(here).metadata
    assert only(here).metadata["owner"] == "desk"


def test_a_document_that_nobody_edited_stays_as_its_file_is() -> None:
    document = only(place(page("five", "---\ntags: [x]\n---\n")))
    assert with_edits(document, None) is document
    assert with_edits(document, replace(document, tags=("y",))) is document


def test_regions_go_along() -> None:
    here = place(page("five"))
    document = only(here)
    region = Region(Span(0, 6), 1, (0.0, 0.0, 1.0, 0.1), 0.9)
    kept = here.knowledge.staged[document.id, 1]
    here.knowledge.staged[document.id, 1] = replace(kept, regions=(region,))
    made = revised(here, tags=("scan",))
    assert here.knowledge.regions(document.id, made.document.version) == (region,)

from __future__ import annotations

from ingestion.report import Duplicate
from ingestion.sources import MemoryFile
from ingestion.versions.duplicates import duplicates_among, duplicates_of
from tests.unit.ingestion.memory import KB, Place

BODY = " ".join(f"Step {number}: press button {number} and wait." for number in range(60))


def page(uri: str, text: str = BODY) -> MemoryFile:
    return MemoryFile(uri, text.encode())


def pairs(*duplicates: Duplicate) -> set[tuple[str, str]]:
    return {(each.uri, each.other) for each in duplicates}


def test_the_same_text_elsewhere_is_reported_once_a_pair() -> None:
    report = Place().ingest([page("a.txt"), page("b.txt"), page("c.txt", "Something else.")])
    assert report.duplicates == (Duplicate("a.txt", "b.txt", 1.0),)


def test_nearly_the_same_text_is_reported_with_how_near() -> None:
    report = Place().ingest([page("a.txt"), page("b.txt", BODY.replace("button 30 ", "button 31 "))])
    (found,) = report.duplicates
    assert (found.uri, found.other) == ("a.txt", "b.txt")
    assert 0.8 <= found.similarity < 1


def test_only_what_was_written_is_compared() -> None:
    place = Place()
    place.ingest([page("a.txt")])
    assert pairs(*place.ingest([page("a.txt"), page("b.txt")]).duplicates) == {("b.txt", "a.txt")}
    assert place.ingest([page("a.txt"), page("b.txt")]).duplicates == ()


def test_the_most_alike_come_first() -> None:
    place = Place()
    near = BODY.replace("button 30 ", "button 31 ")
    place.ingest([page("a.txt"), page("near.txt", near), page("same.txt", f"{BODY}\n")])
    document = next(each for each in place.knowledge.documents(KB) if each.uri == "a.txt")
    assert [other.uri for other, _ in duplicates_of(place.knowledge, document)] == ["same.txt", "near.txt"]
    assert len(list(duplicates_among(place.knowledge, place.knowledge.documents(KB)))) == 3

from __future__ import annotations

from dataclasses import replace

import pytest

from ingestion.inventory import Inventory, take_inventory
from ingestion.preparing import document_id
from ingestion.sources import MemoryFile
from tests.unit.ingestion.memory import KB, SOURCE, Place

FILES = [MemoryFile(f"{name}.md", f"# {name}\n\nText of {name}.".encode()) for name in "abc"]


def ingested() -> Place:
    place = Place()
    place.ingest(FILES)
    return place


def key(name: str) -> str:
    return document_id(KB, SOURCE, f"{name}.md")


def inventory(place: Place, *names: str, whole: bool = True, suspicious: bool = False) -> Inventory:
    uris = [f"{name}.md" for name in names]
    return take_inventory(place.target, source=SOURCE, uris=uris, whole=whole, suspicious=suspicious)


def take_out(place: Place, name: str) -> None:
    index = place.store.indexes[KB]
    (chunk,) = [each for each, chunk in index.items() if chunk.record.document_id == key(name)]
    del index[chunk]


def put_in(place: Place, name: str, document: str, version: int) -> None:
    """Add a chunk as a run leaves it that died."""
    index = place.store.indexes[KB]
    chunk = next(iter(index.values()))
    index[name] = replace(chunk, record=replace(chunk.record, chunk_id=name, document_id=document, version=version))


def test_all_documents_of_the_source_are_known() -> None:
    found = inventory(ingested())
    assert set(found.documents) == {key("a"), key("b"), key("c")}
    assert found.incomplete == ()


def test_documents_of_other_sources_are_not() -> None:
    place = ingested()
    other = take_inventory(place.target, source="other", uris=[], whole=True, suspicious=False)
    assert other.documents == {}


def test_of_a_few_only_those_are_looked_up() -> None:
    found = inventory(ingested(), "a", "b", "unknown", whole=False)
    assert set(found.documents) == {key("a"), key("b")}


@pytest.mark.parametrize("names", [(), ("b",)])
def test_missing_chunks_are_noticed(names: tuple[str, ...]) -> None:
    place = ingested()
    take_out(place, "b")
    assert inventory(place, *names, whole=not names).incomplete == ((key("b"), 1),)


@pytest.mark.parametrize("names", [(), ("b",)])
def test_chunks_of_older_versions_are_removed(names: tuple[str, ...]) -> None:
    place = ingested()
    put_in(place, "left over", key("b"), 7)
    assert inventory(place, *names, whole=not names).incomplete == ()
    place.check()


@pytest.mark.parametrize("names", [(), ("gone",)])
def test_chunks_without_a_document_are_removed(names: tuple[str, ...]) -> None:
    place = ingested()
    put_in(place, "orphan", key("gone"), 1)
    assert inventory(place, *names, whole=not names).incomplete == ()
    place.check()


def test_chunks_of_other_sources_are_left_alone() -> None:
    place = ingested()
    put_in(place, "orphan", key("gone"), 1)
    take_inventory(place.target, source="other", uris=[], whole=True, suspicious=False)
    place.check()


def test_nothing_is_looked_through_where_the_numbers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    place = ingested()
    monkeypatch.setattr(place.store, "records", lambda name: pytest.fail("looked through the index"))
    monkeypatch.setattr(place.store, "count", lambda name: 3)
    inventory(place)


def test_a_suspicious_run_is_looked_into_even_if_they_agree() -> None:
    place = ingested()
    take_out(place, "b")
    put_in(place, "left over", key("c"), 2)
    assert place.store.count(KB) == 3
    assert inventory(place, suspicious=False).incomplete == ()
    assert inventory(place, suspicious=True).incomplete == ((key("b"), 1),)


@pytest.mark.parametrize("names", [(), ("a",)])
def test_a_version_that_was_never_activated_does_its_document_no_harm(names: tuple[str, ...]) -> None:
    place = ingested()
    document = place.knowledge.document(key("a"))
    place.knowledge.stage(replace(document, version=2), "Half written.", ())
    put_in(place, "half written", key("a"), 2)
    assert inventory(place, *names, whole=not names, suspicious=True).incomplete == ()
    place.check()


def dated(day: str, text: str) -> MemoryFile:
    return MemoryFile("a.md", f"---\neffective_from: {day}\n---\n# a\n\n{text}".encode())


@pytest.mark.parametrize("names", [(), ("a",)])
def test_chunks_of_every_version_that_is_in_force_some_day_stay(names: tuple[str, ...]) -> None:
    place = ingested()
    place.ingest([dated("2026-06-01", "Summer."), *FILES[1:]])
    place.ingest([dated("2026-09-01", "Autumn."), *FILES[1:]])
    assert inventory(place, *names, whole=not names, suspicious=True).incomplete == ()
    assert {record.version for record in place.store.records(KB) if record.document_id == key("a")} == {1, 2, 3}
    place.check()


def test_an_older_version_that_lost_its_chunks_is_named() -> None:
    place = ingested()
    place.ingest([dated("2026-06-01", "Summer."), *FILES[1:]])
    index = place.store.indexes[KB]
    index.pop(next(name for name, chunk in index.items() if chunk.record.document_id == key("a")))
    lost = {1, 2} - {record.version for record in place.store.records(KB) if record.document_id == key("a")}
    assert {(key("a"), version) for version in lost} == set(inventory(place).incomplete)
    assert {found for found, _ in inventory(place, "a", whole=False).incomplete} == {key("a")}


def test_what_came_in_an_archive_is_looked_up_with_it() -> None:
    place = ingested()
    child = replace(place.knowledge.document(key("b")), id="child", uri="a.md/b.md", container="a.md")
    place.knowledge.stage(child, "", ())
    place.knowledge.activate("child", 1)
    assert set(inventory(place, "a", whole=False).documents) == {key("a"), "child"}


def test_what_was_staged_for_a_file_that_is_gone_is_removed() -> None:
    place = ingested()
    document = replace(place.knowledge.document(key("a")), id=key("gone"), uri="gone.md")
    place.knowledge.stage(document, "Half written.", ())
    put_in(place, "orphan", key("gone"), 1)
    inventory(place, suspicious=True)
    assert place.knowledge.latest_version(key("gone")) == 0
    place.check()

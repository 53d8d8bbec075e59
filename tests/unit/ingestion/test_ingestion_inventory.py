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
    ids = [key(name) for name in names]
    return take_inventory(place.target, source=SOURCE, document_ids=ids, whole=whole, suspicious=suspicious)


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
    assert found.damaged == frozenset()


def test_documents_of_other_sources_are_not() -> None:
    place = ingested()
    other = take_inventory(place.target, source="other", document_ids=[], whole=True, suspicious=False)
    assert other.documents == {}


def test_of_a_few_only_those_are_looked_up() -> None:
    found = inventory(ingested(), "a", "b", "unknown", whole=False)
    assert set(found.documents) == {key("a"), key("b")}


def test_current_means_same_content_and_undamaged() -> None:
    place = ingested()
    document = place.knowledge.document(key("a"))
    found = inventory(place)
    assert found.is_current(document.id, document.content_hash)
    assert not found.is_current(document.id, "another hash")
    assert not found.is_current("another id", document.content_hash)
    assert not replace(found, damaged=frozenset({document.id})).is_current(document.id, document.content_hash)


@pytest.mark.parametrize("names", [(), ("b",)])
def test_missing_chunks_are_noticed(names: tuple[str, ...]) -> None:
    place = ingested()
    take_out(place, "b")
    assert inventory(place, *names, whole=not names).damaged == {key("b")}


@pytest.mark.parametrize("names", [(), ("b",)])
def test_chunks_of_older_versions_are_removed(names: tuple[str, ...]) -> None:
    place = ingested()
    put_in(place, "left over", key("b"), 7)
    assert inventory(place, *names, whole=not names).damaged == frozenset()
    place.check()


@pytest.mark.parametrize("names", [(), ("gone",)])
def test_chunks_without_a_document_are_removed(names: tuple[str, ...]) -> None:
    place = ingested()
    put_in(place, "orphan", key("gone"), 1)
    assert inventory(place, *names, whole=not names).damaged == frozenset()
    place.check()


def test_chunks_of_other_sources_are_left_alone() -> None:
    place = ingested()
    put_in(place, "orphan", key("gone"), 1)
    take_inventory(place.target, source="other", document_ids=[], whole=True, suspicious=False)
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
    assert inventory(place, suspicious=False).damaged == frozenset()
    assert inventory(place, suspicious=True).damaged == {key("b")}


@pytest.mark.parametrize("names", [(), ("a",)])
def test_a_version_that_was_never_activated_makes_its_document_damaged(names: tuple[str, ...]) -> None:
    place = ingested()
    document = place.knowledge.document(key("a"))
    place.knowledge.stage(replace(document, version=2), "Half written.", ())
    assert inventory(place, *names, whole=not names, suspicious=True).damaged == {key("a")}


def test_a_document_that_was_rolled_back_is_not_damaged() -> None:
    place = ingested()
    place.ingest([MemoryFile("a.md", b"# a\n\nAnother text."), *FILES[1:]])
    place.knowledge.current[key("a")] = 1
    found = inventory(place, suspicious=True)
    assert found.documents[key("a")].version == 1
    assert key("a") in found.damaged  # its chunks are of version 2


def test_what_was_staged_for_a_file_that_is_gone_is_removed() -> None:
    place = ingested()
    document = replace(place.knowledge.document(key("a")), id=key("gone"), uri="gone.md")
    place.knowledge.stage(document, "Half written.", ())
    put_in(place, "orphan", key("gone"), 1)
    inventory(place, suspicious=True)
    assert place.knowledge.latest_version(key("gone")) == 0
    place.check()

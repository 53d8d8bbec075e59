from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import groupby

import pytest

from ingestion.chunking.chunker import ChunkOptions
from ingestion.preparing import Prepared, prepare, stored
from ingestion.search_text import context_text
from ingestion.sources import MemoryFile
from ingestion.target import IngestOptions, open_index
from ingestion.writing import Writer
from tests.unit.ingestion.memory import KB, SOURCE, FakeEncoder, MemoryKnowledge, Place

TODAY = date(2026, 7, 1)


def place() -> Place:
    opened = Place()
    open_index(opened.target)
    return opened


def prepared(here: Place, uri: str, text: str, most: float = 320.0) -> Prepared:
    file = MemoryFile(uri, text.encode())
    options = IngestOptions(chunking=ChunkOptions(most, 0.0))
    return prepare(file, file.read(), source=SOURCE, target=here.target, options=options)


LONG = "# Manual\n\n" + "\n\n".join(f"## Part {number}\n\n{'word ' * 40}" for number in range(80))


def test_a_first_version_is_one() -> None:
    here = place()
    writer = Writer(here.target)
    assert list(writer.write([prepared(here, "a.md", "Text.")])) == [1]
    assert [document.version for document in writer.written] == [1]
    here.check()


def test_the_next_version_takes_the_place_of_the_last() -> None:
    here = place()
    for text in ("First text.", "Second text."):
        list(Writer(here.target).write([prepared(here, "a.md", text)]))
    (document,) = here.knowledge.documents(KB)
    assert document.version == 2
    assert here.knowledge.stored_text(document.id, 1).text == "First text."
    here.check()


def test_a_number_that_was_only_staged_is_used_again() -> None:
    here = place()
    left = prepared(here, "a.md", "Left over by a run that died.")
    half = replace(left, document=replace(left.document, version=1))
    here.knowledge.stage(half.document, half.text, half.chunks)
    here.store.upsert(KB, list(Writer(here.target)._indexed(half, list(here.embedder.embed_passages(half.texts)))))
    list(Writer(here.target).write([prepared(here, "a.md", "What the file says now.")]))
    assert here.knowledge.documents(KB)[0].version == 1
    here.check()


def test_old_and_new_chunks_stand_side_by_side_until_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    here = place()
    list(Writer(here.target).write([prepared(here, "a.md", "First text.")]))
    seen: list[set[int]] = []

    def activate(document_id: str, version: int) -> None:
        seen.append({record.version for record in here.store.records(KB)})
        MemoryKnowledge.activate(here.knowledge, document_id, version)

    monkeypatch.setattr(here.knowledge, "activate", activate)
    list(Writer(here.target).write([prepared(here, "a.md", "Second text.")]))
    assert seen == [{1, 2}]
    assert {record.version for record in here.store.records(KB)} == {2}


def test_versions_never_share_a_chunk_id() -> None:
    here = place()
    one = prepared(here, "a.md", LONG)
    assert not {chunk.id for chunk in one.numbered(1).chunks} & {chunk.id for chunk in one.numbered(2).chunks}
    assert one.numbered(1) == one.numbered(1)


def test_a_version_of_later_days_leaves_the_others_in_the_index() -> None:
    here = place()
    writer = Writer(here.target)
    list(writer.write([prepared(here, "a.md", "First text.")]))
    list(writer.write([prepared(here, "a.md", "---\neffective_from: 2030-01-01\n---\nSecond text.")]))
    assert {record.version for record in here.store.records(KB)} == {1, 2}
    list(writer.write([prepared(here, "a.md", "Third text.")]))
    assert {record.version for record in here.store.records(KB)} == {3}
    here.check()


def test_what_is_restored_gets_no_new_version() -> None:
    here = place()
    list(Writer(here.target).write([prepared(here, "a.md", LONG)]))
    before, document = here.state(), here.knowledge.documents(KB)[0]
    here.store.indexes[KB].clear()
    writer = Writer(here.target)
    assert sum(writer.restore([stored(here.knowledge, document)])) == writer.embedded == document.chunk_count
    assert here.state() == before
    assert writer.written == []


def test_records_say_where_a_chunk_is_from() -> None:
    here = place()
    text = "---\ntags: [heat]\nkind: manual\neffective_from: 2026-01-01\n---\n# Kettle\n\n## Safety\n\nKeep it dry."
    list(Writer(here.target).write([prepared(here, "a.md", text)]))
    (record,) = here.store.records(KB)
    (document,) = here.knowledge.documents(KB)
    (chunk,) = here.knowledge.chunks(document.id, 1)
    assert (record.chunk_id, record.ordinal, record.span, record.text) == (chunk.id, 0, chunk.span, chunk.text)
    assert (record.document_id, record.version, record.uri) == (document.id, 1, "a.md")
    assert (record.title, record.kind, record.language) == ("Kettle", document.kind, document.language)
    assert record.section == ("Kettle", "Safety")
    assert (record.tags, record.effective_from, record.effective_until) == (("heat",), document.effective_from, None)


def test_only_the_first_chunk_of_a_context_carries_its_terms() -> None:
    here = place()
    list(Writer(here.target).write([prepared(here, "a.md", LONG)]))
    chunks = sorted(here.store.indexes[KB].values(), key=lambda chunk: chunk.record.ordinal)
    contexts = [list(group) for _, group in groupby(chunks, key=lambda chunk: chunk.record.context_id)]
    assert len(contexts) > 1
    document = here.knowledge.documents(KB)[0]
    stored = here.knowledge.chunks(document.id, 1)
    for members in contexts:
        texts = [stored[member.record.ordinal] for member in members]
        whole = FakeEncoder().passage(context_text(document.title, texts), document.language)
        assert [member.context for member in members] == [whole, *[None] * (len(members) - 1)]


def test_a_large_document_is_embedded_in_steps() -> None:
    here = place()
    (big,) = [prepared(here, "a.md", LONG.replace("word ", "word. "), most=5.0)]
    steps = list(Writer(here.target).write([big]))
    assert sum(steps) == len(big.chunks) > 512
    assert max(steps) == 256
    here.check()


def test_time_is_only_counted_while_embedding(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(0, 1000, 7))
    monkeypatch.setattr("time.perf_counter", lambda: float(next(ticks)))
    here = place()
    writer = Writer(here.target)
    list(writer.write([prepared(here, "a.md", "Text.")]))
    assert writer.embed_seconds == 7.0


def test_nothing_to_write_writes_nothing() -> None:
    here = place()
    before = here.state()
    assert list(Writer(here.target).write([])) == []
    assert here.state() == before


def test_a_document_without_chunks_is_stored() -> None:
    here = place()
    bare = prepared(here, "a.md", "Text.")
    bare = replace(bare, chunks=(), document=replace(bare.document, chunk_count=0))
    assert list(Writer(here.target).write([bare])) == []
    assert here.knowledge.documents(KB)[0].chunk_count == 0
    here.check()


def test_the_same_page_in_another_language_is_remembered() -> None:
    here = place()
    writer = Writer(here.target)
    texts = {"en": "The text of a page.", "ja": "ページの本文です。"}
    pages = [prepared(here, f"{tag}/a.md", f"---\nlang: {tag}\n---\n{text}") for tag, text in texts.items()]
    list(writer.write(pages))
    english, japanese = (each.document for each in pages)
    assert [each.document_id for each in here.knowledge.siblings([english.id], TODAY)[english.id]] == [japanese.id]
    here.knowledge.relate({english.id: ()})
    list(writer.restore([stored(here.knowledge, here.knowledge.document(english.id))]))
    assert here.knowledge.siblings([english.id], TODAY)

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from api.ingesting import Batch, ingest_batches, report_of
from engine.errors import Conflict, Misconfigured, NotFound
from engine.ports import BuiltIndex
from engine.service import Engine
from engine.settings import Settings
from ingestion.connect import target_of
from ingestion.jobs.turns import Turns
from ingestion.pipeline import ingest
from ingestion.reembedding.service import Reembedding
from ingestion.sources import MemoryFile
from tests.fakes.embedding import HashEmbedder
from tests.unit.ingestion.reembedding.shop import KB, MODELS, PAGES, built, changed, found, opened, texts, write
from tests.waiting import until


def test_an_index_is_built_beside_the_one_in_use_which_stays_in_use(engine: Engine, indexes: Reembedding) -> None:
    before = engine.parts.knowledge.index(KB)
    (first, *_, last) = list(indexes.fill(other := indexes.begin("other")))
    assert (first.done, first.total, last.done, last.chunks) == (0, 3, 3, 3)
    assert (other.slot, other.source, other.signature.dimension) == ("2", "other", 32)
    assert indexes.indexes() == (before, other)
    assert engine.open_index(KB) == before
    assert texts(engine, other) == texts(engine, BuiltIndex(engine.signature))


def test_everybody_searches_the_new_index_once_it_is_in_use(engine: Engine, indexes: Reembedding) -> None:
    elsewhere = Engine(engine.parts, engine.options)
    other = changed(indexes)
    assert [engine.open_index(KB), elsewhere.open_index(KB)] == [other, other]
    engine.parts.store.drop(KB)
    for each in (engine, elsewhere):
        assert found(each, "How long does the warranty last?")[0] == "warranty.md"
        assert found(each, "退货")[0] == "tuihuo.md"


def test_what_is_written_after_the_change_goes_into_the_new_index(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    other = changed(indexes)
    write(engine, settings, {"invoice.md": "# Invoices\n\nInvoices are sent by e-mail.\n"})
    assert "Invoices are sent by e-mail." in "".join(texts(engine, other))
    assert "Invoices" not in "".join(texts(engine, BuiltIndex(engine.signature)))
    assert found(engine, "When is the invoice sent?")[0] == "invoice.md"


def test_what_is_written_before_the_change_is_in_the_new_index_too(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    other = built(indexes)
    write(
        engine,
        settings,
        {"warranty.md": "# Warranty\n\nThe warranty lasts 36 months.\n", "new.md": "# New\n\nWe repair phones.\n"},
        complete=True,
    )
    indexes.use(other)
    assert sorted(texts(engine, other)) == ["New\n\nWe repair phones.", "Warranty\n\nThe warranty lasts 36 months."]
    assert found(engine, "warranty") == ["warranty.md", "new.md"]


def test_the_way_back_takes_along_what_was_written_since(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    first = engine.parts.knowledge.index(KB)
    assert first
    other = changed(indexes)
    write(engine, settings, {"new.md": "# New\n\nWe repair phones.\n"})
    indexes.use(first)
    assert indexes.indexes() == (first, other)
    assert found(engine, "Do you repair phones?")[0] == "new.md"
    assert texts(engine, first) == texts(engine, other)


def test_deleted_documents_are_in_no_index(engine: Engine, settings: Settings, indexes: Reembedding) -> None:
    first, other = BuiltIndex(engine.signature), changed(indexes)
    gone = next(each for each in engine.parts.knowledge.documents(KB) if each.uri == "returns.md")
    engine.delete_document(gone.id)
    write(engine, settings, {"warranty.md": PAGES["warranty.md"]}, complete=True)
    assert texts(engine, first) == texts(engine, other) == {"Warranty\n\nThe warranty of the kettle lasts 24 months."}
    engine.delete_knowledge_base(KB)
    assert not any(engine.parts.store.exists(each.name(KB)) for each in (first, other))


def test_an_index_is_begun_once_for_a_model(engine: Engine, indexes: Reembedding) -> None:
    other = indexes.begin("other")
    assert indexes.begin("other") == other
    assert len(indexes.indexes()) == 2
    with pytest.raises(Conflict, match="built with hash already"):
        indexes.begin("hash")
    assert indexes.begin("hash", again=True).slot == "3"
    indexes.drop("3")
    noise = changed(indexes, "noise")
    assert noise.slot == "3"
    assert engine.open_index(KB) == noise


def test_nothing_can_be_built_of_nothing(engine: Engine, indexes: Reembedding) -> None:
    engine.create_knowledge_base("empty")
    with pytest.raises(Conflict, match="Nothing is indexed in 'empty'"):
        replace(indexes, knowledge_base="empty").begin("other")
    with pytest.raises(NotFound, match="'none'"):
        replace(indexes, knowledge_base="none").begin("other")
    alone = Engine(replace(engine.parts, load_embedder=None), engine.options)
    with pytest.raises(Misconfigured, match="one model"):
        replace(indexes, engine=alone).begin("other")


def test_the_index_in_use_cannot_be_dropped(engine: Engine, indexes: Reembedding) -> None:
    other = changed(indexes)
    with pytest.raises(Conflict, match="in use"):
        indexes.drop("2")
    with pytest.raises(NotFound, match="no such index"):
        indexes.drop("7")
    indexes.drop("")
    assert indexes.indexes() == (other,)
    assert not engine.parts.store.exists(KB)
    assert found(engine, "warranty")[0] == "warranty.md"


def test_an_index_of_a_model_that_has_changed_is_not_used(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = built(indexes)
    monkeypatch.setitem(MODELS, "other", HashEmbedder(32, model="another one"))
    before = engine.open_index(KB)
    with pytest.raises(Conflict, match="another one"):
        indexes.use(other)
    assert engine.open_index(KB) == before
    assert indexes.begin("other").slot == "3"


def test_a_process_with_other_settings_searches_what_is_in_use(settings: Settings) -> None:
    engine = opened(settings)
    write(engine, settings, PAGES)
    other = changed(Reembedding(engine, KB, lambda **options: Turns().turn(KB, **options)))
    engine.close()
    for embedder in (MODELS["noise"], MODELS["other"]):
        again = opened(settings, embedder)
        assert again.open_index(KB) == other
        assert found(again, "warranty")[0] == "warranty.md"
        write(again, settings, {"new.md": f"# New\n\nWe repair phones {embedder.info.model}.\n"})
        again.close()


def test_searches_and_writers_go_on_while_the_index_changes(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    done, failures, searches = threading.Event(), list[Exception](), list[Sequence[str]]()

    def search() -> None:
        while not done.is_set():
            try:
                searches.append(found(engine, "warranty of the kettle"))
            except Exception as error:  # noqa: BLE001
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    first, other = engine.parts.knowledge.index(KB), built(indexes)
    assert first
    try:
        for number in range(4):
            with indexes.turn():
                write(engine, settings, {f"{number}.md": f"# Page {number}\n\nSomething else.\n"})
            indexes.use(first if number % 2 else other)
        until(lambda: len(searches) > 20 or failures)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not failures
    assert {each[0] for each in searches} == {"warranty.md"}
    assert texts(engine, first) == texts(engine, other)


def test_a_writer_that_meant_another_index_is_refused(engine: Engine, settings: Settings, indexes: Reembedding) -> None:
    stale = target_of(engine, KB)
    changed(indexes)
    with pytest.raises(Conflict, match="Another index of 'shop' is in use"):
        list(ingest([MemoryFile("a.md", b"# A\n\nText.\n")], target=stale, source="pages"))
    with suppress(NotFound):
        assert "Text." not in "".join(texts(engine, BuiltIndex(engine.signature)))


def test_rebuilding_keeps_the_model_in_use(engine: Engine, settings: Settings, indexes: Reembedding) -> None:
    other = changed(indexes)
    files = [MemoryFile(name, text.encode()) for name, text in PAGES.items()]
    report = report_of(ingest_batches(engine, settings, KB, [Batch("pages", files)], rebuild=True))
    assert (report.unchanged, report.chunks) == (3, 3)
    assert engine.open_index(KB) == other
    assert found(engine, "warranty")[0] == "warranty.md"


def test_what_a_writer_has_staged_in_the_index_in_use_is_left_to_it(
    engine: Engine, settings: Settings, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, in_use = engine.parts.knowledge, indexes.index("")
    activate = knowledge.activate

    def later(document_id: str, version: int) -> None:
        list(indexes.fill(in_use))
        activate(document_id, version)

    monkeypatch.setattr(knowledge, "activate", later)
    write(engine, settings, {"new.md": "# New\n\nWe repair phones.\n"})
    assert found(engine, "Do you repair phones?")[0] == "new.md"
    indexes.use(in_use)
    assert "New\n\nWe repair phones." in texts(engine, in_use)

"""What an index is filled with, and what is asked of it, also when something goes wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from engine.domain.knowledge import Document
from engine.errors import BackendFailed, NotFound
from engine.ports import Vector
from engine.service import Engine
from engine.settings import Settings
from ingestion.connect import target_of
from ingestion.reembedding import filling
from ingestion.reembedding.filling import check_filled, fill
from ingestion.reembedding.service import Reembedding
from ingestion.reembedding.trying import own_questions
from tests.fakes.embedding import HashEmbedder
from tests.unit.ingestion.reembedding.shop import KB, MODELS, PAGES, built, found, texts, write


def named(engine: Engine, uri: str) -> Document:
    return next(each for each in engine.parts.knowledge.documents(KB) if each.uri == uri)


class Failing(HashEmbedder):
    """Fails at one call, then goes on."""

    def __init__(self, at: int) -> None:
        super().__init__(32, model="other")
        self.left = at

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.left -= 1
        if self.left == 0:
            raise BackendFailed("The model is out of memory.")
        return super().embed_passages(texts)


def test_every_portion_is_told(engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "_BATCH", 1)
    steps = [(each.done, each.total, each.chunks) for each in indexes.fill(indexes.begin("other"))]
    assert steps[0] == (0, 3, 0)
    assert steps[-1] == (3, 3, 3)
    assert steps == sorted(steps)
    assert {done for done, *_ in steps} == {0, 1, 2, 3}


def test_what_is_full_is_left_as_it_is(indexes: Reembedding, monkeypatch: pytest.MonkeyPatch) -> None:
    other = built(indexes)
    monkeypatch.setitem(MODELS, "other", Failing(1))
    assert [(each.done, each.total, each.chunks) for each in indexes.fill(other)] == [(3, 3, 0)]


def test_a_model_that_fails_halfway_is_gone_on_with(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "_BATCH", 1)
    other = indexes.begin("other")
    with monkeypatch.context() as patch:
        patch.setitem(MODELS, "other", Failing(2))
        with pytest.raises(BackendFailed, match="out of memory"):
            list(indexes.fill(other))
    assert len(texts(engine, other)) == 1
    assert found(engine, "warranty")[0] == "warranty.md"
    *_, last = indexes.fill(other)
    assert (last.done, last.total, last.chunks) == (3, 3, 2)


@pytest.mark.parametrize("uri", list(PAGES))
def test_a_page_that_is_deleted_meanwhile_is_passed_over(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch, uri: str
) -> None:
    monkeypatch.setattr(filling, "_BATCH", 1)
    steps = indexes.fill(other := indexes.begin("other"))
    next(steps)
    gone = named(engine, uri)
    engine.delete_document(gone.id)
    list(steps)
    indexes.use(other)
    assert gone.id not in {each.document_id for each in engine.parts.store.records(other.name(KB))}
    assert len(texts(engine, other)) == 2


def test_chunks_of_versions_that_are_in_force_on_no_day_go(
    engine: Engine, settings: Settings, indexes: Reembedding
) -> None:
    other = built(indexes)
    write(engine, settings, {"warranty.md": "# Warranty\n\nThe warranty lasts 36 months.\n"})
    assert any("24 months" in each for each in texts(engine, other))
    list(indexes.fill(other))
    assert not any("24 months" in each for each in texts(engine, other))
    assert texts(engine, other) == {each.text for each in engine.parts.store.records(KB)}


def test_versions_of_other_days_are_filled_in_too(engine: Engine, settings: Settings, indexes: Reembedding) -> None:
    later = "---\neffective_from: 2999-01-01\n---\n# Warranty\n\nThe warranty lasts 99 months.\n"
    write(engine, settings, {"warranty.md": later})
    other = built(indexes)
    numbers = Counter(each.version for each in engine.parts.store.records(other.name(KB)) if each.uri == "warranty.md")
    assert numbers == {1: 1, 2: 1}
    indexes.use(other)
    assert "24 months" in engine.search(KB, "warranty of the kettle").passages[0].text


def test_an_index_that_lacks_something_does_not_come_into_use(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, before = built(indexes), engine.open_index(KB)
    monkeypatch.setattr(type(engine.parts.store), "count", lambda *_: 2)
    with pytest.raises(BackendFailed, match=r"has 2 passages, not 3.*see the log"):
        indexes.use(other)
    assert engine.open_index(KB) == before


def test_the_index_in_use_is_as_full_as_any(engine: Engine) -> None:
    check_filled(target_of(engine, KB))
    assert [(each.done, each.chunks) for each in fill(target_of(engine, KB))] == [(3, 0)]


def test_an_index_that_loses_its_files_is_filled_again(engine: Engine, indexes: Reembedding) -> None:
    other = built(indexes)
    engine.parts.store.drop(other.name(KB))
    *_, last = indexes.fill(other)
    assert (last.done, last.chunks) == (3, 3)


def test_of_a_large_knowledge_base_an_eighth_of_the_titles_is_asked_always_the_same(
    engine: Engine, settings: Settings
) -> None:
    write(engine, settings, {f"page-{number}.md": f"# Page {number}\n\nText.\n" for number in range(170)})
    asked = own_questions(engine, KB)
    assert 5 < len(asked) < 50
    assert own_questions(engine, KB) == asked
    titles = {frozenset({each.uri}): each.title for each in engine.parts.knowledge.documents(KB)}
    assert all(titles[each.documents] == each.text for each in asked)


def test_of_a_small_one_all_titles_are_asked_in_their_language(engine: Engine) -> None:
    asked = {each.text: (each.documents, each.language) for each in own_questions(engine, KB)}
    assert asked == {
        "Returns": (frozenset({"returns.md"}), "en"),
        "Warranty": (frozenset({"warranty.md"}), "en"),
        "退货": (frozenset({"tuihuo.md"}), "zh-Hans"),
    }


def test_pages_without_a_title_are_not_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = engine.parts.knowledge.documents(KB)
    untitled = tuple(replace(each, title="" if each.uri == "returns.md" else each.title) for each in pages)
    monkeypatch.setattr(engine.parts.knowledge, "documents", lambda _: untitled)
    assert {each.text for each in own_questions(engine, KB)} == {"Warranty", "退货"}


class Meanwhile(HashEmbedder):
    """Has something done while it embeds."""

    def __init__(self, done: Callable[[], object]) -> None:
        super().__init__(32, model="other")
        self.done = done

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.done()
        return super().embed_passages(texts)


def test_a_page_that_is_deleted_while_it_is_embedded_is_not_left_in_the_index(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, gone = indexes.begin("other"), named(engine, "returns.md")
    with monkeypatch.context() as patch:
        patch.setitem(MODELS, "other", Meanwhile(lambda: engine.delete_document(gone.id)))
        list(indexes.fill(other))
    assert {each.document_id for each in engine.parts.store.records(other.name(KB))} == {
        each.id for each in engine.parts.knowledge.documents(KB)
    }
    indexes.use(other)
    assert "returns.md" not in found(engine, "returns of goods")


def test_a_knowledge_base_that_is_deleted_meanwhile_leaves_no_index_behind(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = indexes.begin("other")
    monkeypatch.setitem(MODELS, "other", Meanwhile(lambda: engine.delete_knowledge_base(KB)))
    with pytest.raises(NotFound, match="'shop'"):
        list(indexes.fill(other))
    assert not engine.parts.store.exists(other.name(KB))

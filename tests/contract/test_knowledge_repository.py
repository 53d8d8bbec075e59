"""What every adapter of the KnowledgeRepository port must do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from engine.domain.knowledge import Chunk, DocumentFilter, DocumentKind, KnowledgeBase, Span, StoredText
from engine.domain.validity import InForce
from engine.errors import Conflict, EngineError, InvalidInput, NotFound
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import BuiltIndex, IndexSignature, KnowledgeRepository
from tests.fakes.repositories import chunked, database, document, publish

SIGNATURE = IndexSignature("model", "revision", 384, True, "bm25/1")
INDEX = BuiltIndex(SIGNATURE)
TODAY = date(2026, 7, 1)
ODD = ["", "'", "\x00", "\ud800", "\ufdd0x", "Robert'); DROP TABLE documents;--", "退货 😀", "%_"]


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[KnowledgeRepository]:
    with database() as engine:
        repository = SqlKnowledgeRepository(engine)
        repository.add_knowledge_base(KnowledgeBase("kb", "Support"))
        yield repository


def _listed(repository: KnowledgeRepository, **wanted: object) -> list[str]:
    found = repository.documents("kb", filter=DocumentFilter(**wanted))  # type: ignore[arg-type]
    return [each.id for each in found]


def test_knowledge_bases_are_listed_by_name(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("a"))
    assert repository.knowledge_bases() == (KnowledgeBase("a"), KnowledgeBase("kb", "Support"))
    assert repository.knowledge_base("kb") == KnowledgeBase("kb", "Support")


def test_a_name_is_taken_once(repository: KnowledgeRepository) -> None:
    with pytest.raises(Conflict, match="'kb' exists already"):
        repository.add_knowledge_base(KnowledgeBase("kb", "other"))
    repository.add_knowledge_base(KnowledgeBase("KB"))
    assert repository.knowledge_base("kb").description == "Support"


def test_an_unknown_knowledge_base_names_the_others(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("b"))
    for call in (repository.knowledge_base, repository.delete_knowledge_base):
        with pytest.raises(NotFound, match=r"no knowledge base 'x'\. There are: 'b', 'kb'"):
            call("x")
    with pytest.raises(NotFound, match="'x'"):
        repository.use_index("x", INDEX)
    with pytest.raises(NotFound, match="'x'"):
        repository.stage(document("a", knowledge_base="x"), "", ())
    assert repository.index("x") is None
    assert repository.documents("x") == ()


def test_a_staged_version_is_invisible(repository: KnowledgeRepository) -> None:
    repository.stage(document("a"), "Some text.", chunked("a", "Some text.", 4, 10))
    assert repository.documents("kb") == ()
    assert repository.in_force(["a"], TODAY) == {}
    assert repository.indexed_versions("kb") == {}
    assert repository.versions("a") == ()
    assert repository.latest_version("a") == 1
    with pytest.raises(NotFound, match="no document 'a'"):
        repository.document("a")


def test_activation_shows_everything_at_once(repository: KnowledgeRepository) -> None:
    one = publish(repository, "a")
    two = document("a", version=2, title="New", uri="b.md", source="api", kind=DocumentKind.FAQ)
    repository.stage(two, "New.", chunked("a", "New.", 4))
    assert (repository.document("a"), repository.documents("kb")) == (one, (one,))
    assert repository.in_force(["a"], TODAY) == {"a": InForce(1, 1)}
    repository.activate("a", 2)
    two = replace(two, chunk_count=1)
    assert (repository.document("a"), repository.documents("kb")) == (two, (two,))
    assert _listed(repository, source="api") == ["a"]
    assert _listed(repository, source="folder") == []
    assert repository.versions("a") == (two, one)
    assert repository.in_force(["a"], TODAY) == {"a": InForce(2, 2)}
    assert (repository.version("a", 1), repository.version("a", 2)) == (one, two)


def test_texts_and_chunks_of_old_versions_are_kept(repository: KnowledgeRepository) -> None:
    publish(repository, "a", "Old text.", ends=(3, 9))
    publish(repository, "a", "New.", ends=(4,), version=2)
    assert repository.stored_text("a", 1) == StoredText("a", 1, "Old text.")
    assert repository.chunks("a", 1) == chunked("a", "Old text.", 3, 9)
    assert repository.chunks("a", 2) == chunked("a", "New.", 4)
    with pytest.raises(Conflict, match="has a newer version, 2, than 1"):
        repository.activate("a", 1)
    repository.activate("a", 2)
    assert [version.version for version in repository.versions("a")] == [2, 1]


def test_staging_again_replaces_what_was_staged(repository: KnowledgeRepository) -> None:
    repository.stage(document("a"), "Some text.", chunked("a", "Some text.", 4, 10))
    repository.stage(document("a", title="Other"), "Short", chunked("a", "Short", 5))
    repository.activate("a", 1)
    assert repository.document("a").title == "Other"
    assert repository.chunks("a", 1) == chunked("a", "Short", 5)


def test_an_activated_version_cannot_be_staged_over(repository: KnowledgeRepository) -> None:
    one = publish(repository, "a")
    with pytest.raises(Conflict, match="Version 1 of document a is in use"):
        repository.stage(document("a"), "Other", ())
    assert repository.document("a") == one


def test_a_document_stays_in_its_knowledge_base(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    repository.add_knowledge_base(KnowledgeBase("other"))
    with pytest.raises(Conflict, match="another knowledge base"):
        repository.stage(document("a", knowledge_base="other", version=2), "", ())


def test_a_document_comes_back_whole(repository: KnowledgeRepository) -> None:
    full = publish(
        repository,
        "a",
        kind=DocumentKind.POLICY,
        language="zh-Hant",
        tags=("vip", "退貨", "\ud800"),
        effective_from=date.min,
        effective_until=date.max,
        metadata={"author": "\x00\ud83d'", "": "x"},
        updated_at="2026-03-01T00:00:00Z",
    )
    assert repository.document("a") == full
    assert repository.versions("a") == (full,)


def test_chunks_come_back_whole_in_reading_order(repository: KnowledgeRepository) -> None:
    text = "退货 😀 text"
    chunks = (
        Chunk("c2", "a", 1, Span(3, 4), "😀", section=("一", "\ud800"), page=7, language="ja"),
        Chunk("c1", "a", 0, Span(0, 2), "退货"),
    )
    repository.stage(document("a"), text, chunks)
    assert repository.chunks("a", 1) == chunks[::-1]
    repository.stage(document("a"), "", ())
    assert repository.chunks("a", 1) == ()


@pytest.mark.parametrize("span", [Span(0, 3), Span(1, 5), Span(8, 12)], ids=str)
def test_a_chunk_that_is_not_cut_from_the_text_is_refused(repository: KnowledgeRepository, span: Span) -> None:
    with pytest.raises(InvalidInput, match="do not match its text") as failure:
        repository.stage(document("a"), "Some text.", (Chunk("c", "a", 0, span, "Some"),))
    assert "Some" not in str(failure.value)
    assert repository.latest_version("a") == 0


def test_what_is_not_there_is_not_found(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    for call in (
        lambda: repository.document("x"),
        lambda: repository.delete_document("x"),
        lambda: repository.activate("x", 1),
        lambda: repository.activate("a", 2),
        lambda: repository.stored_text("a", 2),
        lambda: repository.chunks("a", 2),
        lambda: repository.documents("kb", after="x"),
        lambda: repository.version("a", 2),
        lambda: repository.alike("x"),
    ):
        with pytest.raises(NotFound):
            call()
    assert (repository.versions("x"), repository.latest_version("x")) == ((), 0)


def test_documents_are_ordered_by_uri_then_id_and_paged(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("other"))
    uris = {"d1": "b", "d2": "a", "d3": "b", "d4": "Ä", "d5": "a/b", "d6": "c"}
    for name, uri in uris.items():
        publish(repository, name, uri=uri, source="odd" if name in ("d3", "d5") else "even")
    publish(repository, "d0", knowledge_base="other", uri="b")
    expected = sorted(uris, key=lambda name: (uris[name], name))
    assert [found.id for found in repository.documents("kb")] == expected
    paged: list[str] = []
    while page := repository.documents("kb", after=paged[-1] if paged else "", limit=2):
        assert len(page) <= 2
        paged += [found.id for found in page]
    assert paged == expected
    odd = DocumentFilter(source="odd")
    assert _listed(repository, source="odd") == ["d5", "d3"]
    assert [found.id for found in repository.documents("kb", filter=odd, after="d5")] == ["d3"]
    assert repository.documents("kb", limit=0) == ()
    assert _listed(repository, source="none") == []


def test_a_deleted_document_leaves_nothing(repository: KnowledgeRepository) -> None:
    publish(repository, "a")
    publish(repository, "a", version=2)
    kept = publish(repository, "b")
    repository.stage(document("c"), "", ())
    repository.delete_document("a")
    repository.delete_document("c")
    assert repository.documents("kb") == (kept,)
    assert (repository.versions("a"), repository.latest_version("a"), repository.latest_version("c")) == ((), 0, 0)
    with pytest.raises(NotFound):
        repository.stored_text("a", 1)
    publish(repository, "a", "Again", ends=(5,))
    assert len(repository.chunks("a", 1)) == 1


def test_a_deleted_knowledge_base_leaves_nothing(repository: KnowledgeRepository) -> None:
    repository.add_knowledge_base(KnowledgeBase("other"))
    kept = publish(repository, "b", knowledge_base="other")
    publish(repository, "a")
    repository.use_index("kb", INDEX)
    repository.delete_knowledge_base("kb")
    assert repository.knowledge_bases() == (KnowledgeBase("other"),)
    assert repository.latest_version("a") == 0
    repository.add_knowledge_base(KnowledgeBase("kb"))
    assert (repository.index("kb"), repository.documents("kb")) == (None, ())
    assert repository.documents("other") == (kept,)


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_any_text_can_be_stored(repository: KnowledgeRepository, text: str) -> None:
    repository.add_knowledge_base(KnowledgeBase(text, text))
    fresh = publish(
        repository,
        f"id {text}",
        text,
        ends=(len(text),),
        knowledge_base=text,
        uri=text,
        title=text,
        source=text,
        tags=("a", text),
    )
    assert repository.knowledge_base(text) == KnowledgeBase(text, text)
    assert repository.documents(text, filter=DocumentFilter(source=text, tags=(text,))) == (fresh,)
    assert repository.documents(text, filter=DocumentFilter(tags=(f"{text}x",))) == ()
    assert repository.stored_text(fresh.id, 1).text == text
    assert repository.chunks(fresh.id, 1)[0].text == text
    repository.delete_knowledge_base(text)
    assert repository.latest_version(fresh.id) == 0


def test_readers_see_all_of_a_version_or_nothing_of_it(repository: KnowledgeRepository) -> None:
    publish(repository, "a", "1", ends=(1,))
    errors: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen = repository.document("a")
            (listed,) = repository.documents("kb")
            text = repository.stored_text("a", seen.version).text
            held = repository.in_force(["a"], TODAY)["a"].version
            if not seen.version <= listed.version <= held or text != f"{seen.version}" or seen.chunk_count != 1:
                errors.append(f"{seen.version} {listed.version} {text}")

    def write(name: str, versions: range) -> None:
        try:
            for version in versions:
                publish(repository, name, f"{version}", ends=(len(f"{version}"),), version=version, source=name)
        except EngineError as error:
            errors.append(str(error))

    readers = [threading.Thread(target=look) for _ in range(2)]
    for thread in readers:
        thread.start()
    writers = [threading.Thread(target=write, args=("a", range(2, 40)))]
    writers += [threading.Thread(target=repository.latest_version, args=("a",)) for _ in range(3)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join(60)
    done.set()
    for thread in readers:
        thread.join(60)
    assert errors == []
    assert repository.document("a").version == 39

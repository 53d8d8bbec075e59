"""The engine's search and its administration of knowledge bases, documents and indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.domain.answer import AbstentionReason
from engine.domain.knowledge import DocumentKind
from engine.domain.search import SearchFilter
from engine.errors import Conflict, InvalidInput, NotFound
from engine.ports import BuiltIndex
from tests.builders import quoted
from tests.fakes.embedding import HashEmbedder
from tests.unit.engine.desk import KB, Desk, open_desk, page

KETTLE = page("kettle", "The Breva K2 kettle holds 1.2 litres.", title="Kettle")
ROBOT = page("robot", "The Drift R3 robot has a dust box of 450 ml.", title="Robot")
ROBOT_JA = page("robot-ja", "Drift R3のダストボックスの容量は450mlです。", language="ja", title="ロボット掃除機")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("shelf")) as opened:
        opened.add(KETTLE, ROBOT, ROBOT_JA)
        yield opened


# search


def test_search_returns_passages_best_first_with_highlights(shelf: Desk) -> None:
    result = shelf.engine.search(KB, "kettle litres")
    best = result.passages[0]
    assert best.uri == "kettle.md"
    assert {quoted(best, mark) for mark in best.highlights} == {"kettle", "litres"}
    assert best.ranks["sparse"] == 1
    assert [p.score for p in result.passages] == sorted((p.score for p in result.passages), reverse=True)
    assert (result.query, result.language) == ("kettle litres", "en")
    assert {"language", "search", "highlight"} <= result.timings_ms.keys()


def test_search_keeps_to_its_limit(shelf: Desk) -> None:
    assert len(shelf.engine.search(KB, "Drift R3 450 ml", limit=1).passages) == 1
    assert len(shelf.engine.search(KB, "Drift R3 450 ml").passages) > 1


@pytest.mark.parametrize(
    ("wanted", "uris"),
    [
        (SearchFilter(languages=("ja",)), ["robot-ja.md"]),
        (SearchFilter(kinds=(DocumentKind.MANUAL,)), []),
        (SearchFilter(document_ids=(ROBOT[0].id,)), ["robot.md"]),
    ],
)
def test_search_keeps_to_its_filter(shelf: Desk, wanted: SearchFilter, uris: list[str]) -> None:
    assert [passage.uri for passage in shelf.engine.search(KB, "Drift R3", filter=wanted).passages] == uris


def test_the_language_of_a_query_can_be_given(shelf: Desk) -> None:
    result = shelf.engine.search(KB, "Drift R3", language="ja")
    assert result.language == "ja"
    assert result.passages[0].uri == "robot-ja.md"


@pytest.mark.parametrize(("query", "message"), [("", "query is empty"), ("a" * 31, "query has 31 characters")])
def test_a_query_is_validated(tmp_path: Path, query: str, message: str) -> None:
    with open_desk(tmp_path, max_question_chars=30) as desk, pytest.raises(InvalidInput, match=message):
        desk.engine.search(KB, query)


def test_a_knowledge_base_without_documents_finds_and_answers_nothing(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert desk.engine.search(KB, "kettle").passages == ()
        answer = desk.ask("What does the kettle hold?")
    assert answer.abstained is not None
    assert answer.abstained.reason is AbstentionReason.NO_EVIDENCE


# what is refused


@pytest.mark.parametrize("question", ["", "   ", "\n\x00"])
def test_an_empty_question_is_refused(tmp_path: Path, question: str) -> None:
    with open_desk(tmp_path) as desk, pytest.raises(InvalidInput, match="question is empty"):
        desk.ask(question)


def test_a_question_that_is_too_long_is_refused_with_its_limit(tmp_path: Path) -> None:
    with open_desk(tmp_path, max_question_chars=10) as desk, pytest.raises(InvalidInput, match="at most 10"):
        desk.ask("退货需要多少天才能收到退款？")


def test_an_unknown_knowledge_base_is_not_found(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        with pytest.raises(NotFound, match="shop"):
            desk.engine.search("shop", "kettle")
        with pytest.raises(NotFound, match="shop"):
            desk.engine.open_index("shop")
        with pytest.raises(NotFound, match="shop"):
            desk.engine.delete_knowledge_base("shop")


def test_an_index_of_another_model_is_a_conflict_that_names_both_and_the_remedy(tmp_path: Path) -> None:
    with open_desk(tmp_path, embedder=HashEmbedder(model="first-model")) as desk:
        desk.add(KETTLE)
    with open_desk(tmp_path, embedder=HashEmbedder(model="second-model")) as desk:
        with pytest.raises(Conflict, match=r"first-model.*second-model") as caught:
            desk.ask("What does the kettle hold?")
        assert "KNOWDESK_EMBEDDING_MODEL" in caught.value.remedy
        assert "--rebuild" in caught.value.remedy
        with pytest.raises(Conflict, match=r"first-model.*second-model"):
            desk.engine.search(KB, "kettle")


def test_an_index_of_another_dimension_is_a_conflict(tmp_path: Path) -> None:
    with open_desk(tmp_path, embedder=HashEmbedder(64)) as desk:
        desk.add(KETTLE)
    with open_desk(tmp_path, embedder=HashEmbedder(32)) as desk, pytest.raises(Conflict, match=r"64 .*32 "):
        desk.engine.open_index(KB)


# administration


def test_an_index_opens_once_something_is_in_it(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert desk.engine.open_index(KB) is None
        desk.add(KETTLE)
        assert desk.engine.open_index(KB) == BuiltIndex(desk.engine.signature)


def test_knowledge_outlives_the_engine(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(KETTLE)
    with open_desk(tmp_path) as desk:
        assert [passage.uri for passage in desk.engine.search(KB, "kettle").passages] == ["kettle.md"]


def test_conversations_outlive_the_engine(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(KETTLE)
        conversation = desk.ask("What does the kettle hold?").conversation_id
    with open_desk(tmp_path) as desk:
        assert len(desk.engine.parts.conversations.history(conversation)) == 2


def test_a_name_can_be_taken_once(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        assert desk.engine.create_knowledge_base(" shop ", "Sales").name == "shop"
        with pytest.raises(Conflict, match="shop"):
            desk.engine.create_knowledge_base("shop")


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_a_knowledge_base_needs_a_name_of_sane_length(tmp_path: Path, name: str) -> None:
    with open_desk(tmp_path) as desk, pytest.raises(InvalidInput, match="knowledge base name"):
        desk.engine.create_knowledge_base(name)


def test_a_deleted_knowledge_base_is_gone_with_index_and_documents(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(KETTLE)
        desk.engine.delete_knowledge_base(KB)
        assert not desk.engine.parts.store.exists(KB)
        with pytest.raises(NotFound):
            desk.engine.search(KB, "kettle")
        desk.engine.create_knowledge_base(KB)
        assert desk.engine.parts.knowledge.documents(KB) == ()
        assert desk.engine.search(KB, "kettle").passages == ()


def test_a_deleted_document_is_neither_found_nor_stored(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(KETTLE, ROBOT)
        assert desk.engine.delete_document(KETTLE[0].id).title == "Kettle"
        assert desk.engine.parts.store.count(KB) == 1
        assert "kettle.md" not in {passage.uri for passage in desk.engine.search(KB, "kettle").passages}
        with pytest.raises(NotFound):
            desk.engine.delete_document(KETTLE[0].id)


def test_knowledge_bases_do_not_see_each_others_documents(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        desk.add(KETTLE)
        desk.engine.create_knowledge_base("shop")
        assert desk.engine.search("shop", "kettle").passages == ()

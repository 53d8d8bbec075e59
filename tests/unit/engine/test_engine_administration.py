"""Deletion leaves nothing behind, and what is in force on a day is what a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.domain.search import SearchFilter
from engine.errors import BackendFailed, Conflict
from engine.ports import EmbedderInfo
from engine.retrieval.sparse import Bm25Encoder
from engine.service import Engine
from tests.fakes.embedding import HashEmbedder
from tests.fakes.stores import folder
from tests.unit.engine.desk import KB, TODAY, Desk, open_desk, page

SECRET = "The vault opens with Maruvale 4711."


@pytest.fixture
def place() -> Iterator[Path]:
    with folder() as path:
        yield path


def held(place: Path) -> list[str]:
    """Return the files that hold the secret."""
    return [path.name for path in place.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


@pytest.mark.parametrize("whole", [True, False])
def test_nothing_of_what_is_deleted_is_left_in_the_files(place: Path, whole: bool) -> None:
    with open_desk(place) as desk:
        desk.add(page("vault", SECRET), page("kettle", "The kettle holds 1.2 litres."))
        assert held(place)
        if whole:
            desk.engine.delete_knowledge_base(KB)
        else:
            desk.engine.delete_document(page("vault", "")[0].id)
    assert held(place) == []


def test_a_document_whose_index_is_gone_can_be_deleted(place: Path) -> None:
    with open_desk(place) as desk:
        desk.add(page("vault", SECRET))
        desk.engine.parts.store.drop(KB)
        assert desk.engine.delete_document(page("vault", "")[0].id).uri == "vault.md"


class Away(HashEmbedder):
    """Its service cannot say what it serves."""

    def __init__(self) -> None:
        """Know nothing."""

    @property
    def info(self) -> EmbedderInfo:  # type: ignore[override]
        """Fail."""
        raise BackendFailed("The service is away.", remedy="Start it.")


def test_an_index_opens_while_its_model_cannot_be_asked_if_its_terms_are_ours(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(place) as desk:
        desk.add(page("kettle", "The kettle holds 1.2 litres."))
        engine = Engine(replace(desk.engine.parts, embedder=Away(), load_embedder=lambda _: Away()))
        assert engine.known_signature is None
        built = engine.open_index(KB)
        assert built is not None
        for source in ("", "service:bge"):
            desk.engine.parts.knowledge.use_index(KB, replace(built, source=source))
            assert engine.open_index(KB) is not None
            assert engine.search(KB, "kettle").passages
        monkeypatch.setattr(Bm25Encoder, "signature", "others")
        with pytest.raises(Conflict, match="terms others"):
            engine.open_index(KB)


@pytest.fixture
def policy(place: Path) -> Iterator[Desk]:
    """Return a desk with a policy of which a new version was uploaded that holds from September on."""
    with open_desk(place) as desk:
        desk.add(page("returns", "Goods may be returned within 14 days."))
        document, text = page("returns", "Goods may be returned within 30 days.", version=2)
        desk.add((replace(document, effective_from=date(2026, 9, 1)), text))
        yield desk


def found(desk: Desk, day: date | None) -> list[str]:
    result = desk.engine.search(KB, "How many days to return goods?", filter=SearchFilter(as_of=day))
    return [passage.text[-8:] for passage in result.passages]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(None, "14 days."), (TODAY, "14 days."), (date(2026, 8, 31), "14 days."), (date(2026, 9, 1), "30 days.")],
)
def test_search_shows_what_holds_on_the_day_and_today_without_one(
    policy: Desk, day: date | None, expected: str
) -> None:
    assert found(policy, day) == [expected]


def test_answers_quote_what_holds_on_the_day(policy: Desk) -> None:
    for day, version in ((None, 1), (date(2026, 9, 1), 2)):
        answer = policy.ask("Within how many days may goods be returned?", as_of=day)
        assert {citation.version for citation in answer.citations} == {version}


def test_what_has_ended_is_found_no_more(place: Path) -> None:
    with open_desk(place) as desk:
        document, text = page("sale", "Goods are ten percent off.")
        desk.add((replace(document, effective_until=date(2026, 6, 30)), text))
        assert desk.engine.search(KB, "goods percent").passages == ()
        assert len(desk.engine.search(KB, "goods percent", filter=SearchFilter(as_of=date(2026, 6, 30))).passages) == 1

"""The wrappers of a view one by one, over parts that remember what reached them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from engine.domain.conversation import Role, Turn
from engine.domain.exchange import Exchange
from engine.domain.search import SearchFilter
from engine.errors import Forbidden
from engine.permitted.conversations import PermittedConversations
from engine.permitted.knowledge import PermittedKnowledge
from engine.permitted.store import PermittedStore
from engine.ports import ChunkRecord, KnowledgeRepository, StoreQuery, StoreResult, Vector, VectorStore
from tests.builders import record
from tests.fakes.repositories import exchange

HELLO = (Turn(Role.CUSTOMER, "Hello"),)


class Talks:
    """Conversations in memory."""

    def __init__(self) -> None:
        self.turns: dict[str, list[Turn]] = {}
        self.asked: dict[str, list[Exchange]] = {}

    def append(self, id: str, turns: Sequence[Turn], *, exchange: Exchange | None = None, customer: str = "") -> None:
        self.turns.setdefault(id, []).extend(turns)
        if exchange is not None:
            self.asked.setdefault(id, []).append(exchange)

    def history(self, id: str, *, last: int | None = None) -> tuple[Turn, ...]:
        kept = self.turns.get(id, [])
        return tuple(kept if last is None else kept[len(kept) - last :])

    def exchanges(self, id: str) -> tuple[Exchange, ...]:
        return tuple(self.asked.get(id, ()))

    def cited(self, knowledge_base: str) -> Mapping[str, int]:
        return dict.fromkeys(
            (place.document_id for each in self.asked.values() for x in each for place in x.citations), 1
        )


@pytest.mark.parametrize(
    ("mine", "theirs", "same"),
    [
        (("staff",), ("staff",), True),
        (("staff", "legal"), ("legal", "staff"), True),
        (("staff",), ("legal",), False),
        (("staff",), ("staff", "legal"), False),
        (("staff",), (), False),
        (("a", "b"), ("ab",), False),
        (("a", "b,c"), ("a,b", "c"), False),
        ((), (), True),
    ],
)
def test_a_conversation_is_shared_by_those_on_the_same_lists(
    mine: tuple[str, ...], theirs: tuple[str, ...], same: bool
) -> None:
    talks = Talks()
    PermittedConversations(talks, mine).append("c", HELLO, exchange=exchange("1"))
    other = PermittedConversations(talks, theirs)
    assert other.history("c") == (HELLO if same else ())
    assert [each.conversation_id for each in other.exchanges("c")] == (["c"] if same else [])


def test_whoever_sees_everything_does_not_meet_the_conversations_of_a_view() -> None:
    talks = Talks()
    PermittedConversations(talks, ("staff",)).append("c", HELLO)
    assert talks.history("c") == ()
    talks.append("c", HELLO)
    assert PermittedConversations(talks, ("staff",)).history("c", last=5) == HELLO


def test_an_exchange_goes_in_under_the_view_s_name_and_comes_out_under_the_caller_s() -> None:
    talks = Talks()
    view = PermittedConversations(talks, ("staff",))
    view.append("c", HELLO, exchange=exchange("1"))
    ((kept,),) = talks.asked.values()
    assert kept.conversation_id.endswith(":c")
    assert view.exchanges("c") == (replace(kept, conversation_id="c"),)


class Shelf:
    """A store in memory that remembers the filters it was asked with."""

    def __init__(self, *records: ChunkRecord) -> None:
        self.kept, self.filters, self.looked_up = records, list[SearchFilter](), list[str]()

    def exists(self, knowledge_base: str) -> bool:
        return True

    def search(self, knowledge_base: str, query: StoreQuery) -> StoreResult:
        self.filters.append(query.filter)
        return StoreResult()

    def count(self, knowledge_base: str, filter: SearchFilter | None = None) -> int:
        self.filters.append(filter or SearchFilter())
        return len(self.kept)

    def records(self, knowledge_base: str) -> Iterator[ChunkRecord]:
        return iter(self.kept)

    def vectors(self, knowledge_base: str, chunk_ids: Sequence[str]) -> Mapping[str, Vector]:
        self.looked_up += chunk_ids
        return {each: np.zeros(4, dtype=np.float32) for each in chunk_ids}

    def close(self) -> None:
        raise AssertionError("the store belongs to the engine")


OPEN = record("open@0")
STAFF = replace(record("staff@0"), tags=("access:staff",))


def view_of(store: Shelf, *access: str) -> Any:
    return PermittedStore(store, access)  # type: ignore[arg-type]


@pytest.mark.parametrize("access", [(), ("staff",), ("a", "b")])
def test_every_question_to_the_store_carries_the_reader_s_lists(access: tuple[str, ...]) -> None:
    shelf, day = Shelf(OPEN), date(2026, 7, 1)
    view = view_of(shelf, *access)
    view.search("kb", StoreQuery(filter=SearchFilter(tags=("t",), as_of=day)))
    view.count("kb")
    view.count("kb", SearchFilter(languages=("en",)))
    assert shelf.filters == [
        SearchFilter(tags=("t",), as_of=day, access=access),
        SearchFilter(access=access),
        SearchFilter(languages=("en",), access=access),
    ]


def test_a_filter_that_claims_more_lists_gets_the_reader_s_own() -> None:
    shelf = Shelf()
    view_of(shelf, "a").search("kb", StoreQuery(filter=SearchFilter(access=("a", "secret"))))
    assert [each.access for each in shelf.filters] == [("a",)]


def test_records_and_vectors_of_hidden_chunks_are_not_given() -> None:
    shelf = Shelf(OPEN, STAFF)
    assert list(view_of(shelf).records("kb")) == [OPEN]
    assert list(view_of(shelf, "staff").records("kb")) == [OPEN, STAFF]
    assert set(view_of(shelf).vectors("kb", ["open@0", "staff@0", "no such chunk"])) == {"open@0"}
    assert shelf.looked_up == ["open@0"]


def test_leaving_a_view_leaves_the_store_open() -> None:
    view_of(Shelf()).close()


WRITES = {
    PermittedStore: ("create", "drop", "upsert", "delete_document", "optimize", "purge", "snapshot", "restore"),
    PermittedKnowledge: (
        "add_knowledge_base",
        "delete_knowledge_base",
        "keep_index",
        "use_index",
        "forget_index",
        "stage",
        "activate",
        "relate",
        "delete_document",
        "purge",
    ),
}


@pytest.mark.parametrize(("view", "verb"), [(view, verb) for view, verbs in WRITES.items() for verb in verbs])
def test_a_view_refuses_to_write_whatever_it_is_given(view: type[Any], verb: str) -> None:
    refusing = getattr(view(Shelf(), ("staff",)), verb)
    given: tuple[tuple[object, ...], ...] = ((), ("kb", "private words"), ("kb", [], {}))
    for arguments in given:
        with pytest.raises(Forbidden, match="may change none") as caught:
            refusing(*arguments)
        assert "not bound to access lists" in caught.value.remedy
        assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("view", "port"), [(PermittedStore, VectorStore), (PermittedKnowledge, KnowledgeRepository)], ids=["store", "base"]
)
def test_no_verb_of_the_port_goes_past_the_view(view: type[Any], port: type[Any]) -> None:
    """A verb that is new in the port and forgotten here would be missed, not passed on unnarrowed."""
    verbs = {name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}
    assert verbs <= set(dir(view))
    assert not hasattr(view, "__getattr__")

"""What every adapter of the InsightRepository port must do with the vectors of questions without a topic."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.domain.insights import ClusterKind
from engine.persistence.customers import SqlCustomerRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import Vector
from tests.fakes.questions import KeptDesk, kept_desk

TOPIC = ClusterKind.TOPIC


@pytest.fixture(params=["sqlite"])
def desk(request: pytest.FixtureRequest) -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def vector(*numbers: float) -> Vector:
    return np.array(numbers, dtype=np.float32)


def waiting(desk: KeptDesk, count: int) -> list[str]:
    """Have questions asked that no topic is found for, and return their ids, the oldest first."""
    asked = [desk.ask(f"Number {at}?").answer_id for at in range(count)]
    desk.read()
    desk.insights.group(TOPIC, dict.fromkeys(asked, ""))
    return asked


def keep(desk: KeptDesk, answer_ids: list[str], *, model: str = "m", newest: int = 9) -> None:
    vectors = {each: vector(1 / 3, at) for at, each in enumerate(answer_ids)}
    desk.insights.keep_vectors("kb", model, vectors, newest=newest)


def kept(desk: KeptDesk, answer_ids: list[str], model: str = "m") -> list[str]:
    return sorted(desk.insights.vectors(answer_ids, model))


def test_vectors_come_back_to_the_last_bit_and_zeros_empty(desk: KeptDesk) -> None:
    first, second = waiting(desk, 2)
    desk.insights.keep_vectors("kb", "m", {first: vector(1 / 3, -1e-30), second: vector(0, 0)}, newest=9)
    found = desk.insights.vectors([first, second, "unheard of"], "m")
    assert found.keys() == {first, second}
    assert found[first].tolist() == vector(1 / 3, -1e-30).tolist()
    assert found[second].size == 0


def test_of_questions_without_a_topic_the_newest_are_kept(desk: KeptDesk) -> None:
    asked = waiting(desk, 4)
    keep(desk, asked, newest=2)
    assert kept(desk, asked) == asked[2:]
    late = waiting(desk, 1)
    keep(desk, late, newest=2)
    assert kept(desk, [*asked, *late]) == [asked[3], *late]


def test_what_has_a_topic_or_was_not_looked_at_is_not_kept(desk: KeptDesk) -> None:
    first, second = waiting(desk, 2)
    keep(desk, [first, second])
    desk.insights.group(TOPIC, {first: "topic"})
    unread = desk.ask("Later?").answer_id
    keep(desk, [unread, "unheard of"])
    assert kept(desk, [first, second, unread, "unheard of"]) == [second]


def test_another_model_makes_them_anew(desk: KeptDesk) -> None:
    asked = waiting(desk, 2)
    keep(desk, asked)
    assert kept(desk, asked, "other") == []
    keep(desk, asked[:1], model="other")
    assert (kept(desk, asked), kept(desk, asked, "other")) == ([], asked[:1])


def test_bases_do_not_let_go_of_each_others(desk: KeptDesk) -> None:
    asked = waiting(desk, 1)
    keep(desk, asked)
    desk.insights.keep_vectors("other", "m", {asked[0]: vector(1)}, newest=9)
    assert kept(desk, asked) == asked


def test_they_go_with_what_is_erased_and_with_the_knowledge_base(desk: KeptDesk) -> None:
    gone, stays = (desk.ask(text) for text in ("Zanzibar?", "Two?"))
    desk.read()
    both = [gone.answer_id, stays.answer_id]
    desk.insights.group(TOPIC, dict.fromkeys(both, ""))
    keep(desk, both)
    SqlCustomerRepository(desk.engine).erase([gone.conversation_id])
    assert kept(desk, both) == [stays.answer_id]
    SqlKnowledgeRepository(desk.engine).delete_knowledge_base("kb")
    assert kept(desk, both) == []

"""What every adapter of the ConversationRepository port must do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from engine.domain.answer import AbstentionReason
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason
from engine.persistence.conversations import SqlConversationRepository
from engine.ports import ConversationRepository
from tests.fakes.repositories import database, exchange

EXCHANGE = exchange("a", conversation="c")
TURNS = (
    Turn(Role.CUSTOMER, "Where is my parcel?"),
    Turn(Role.ASSISTANT, "Which order?"),
    Turn(Role.CUSTOMER, "注文番号は MV-2026-004512"),
    Turn(Role.AGENT, ""),
)


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[ConversationRepository]:
    with database() as engine:
        yield SqlConversationRepository(engine)


def test_turns_come_back_in_order(repository: ConversationRepository) -> None:
    repository.append("c", TURNS[:1])
    repository.append("c", TURNS[1:])
    assert repository.history("c") == TURNS


def test_conversations_stay_apart(repository: ConversationRepository) -> None:
    repository.append("c", TURNS[:2])
    repository.append("C", TURNS[2:])
    assert (repository.history("c"), repository.history("C")) == (TURNS[:2], TURNS[2:])
    assert repository.history("unheard of") == ()


@pytest.mark.parametrize("last", [0, 1, 3, 4, 100])
def test_only_the_last_turns_are_returned_if_asked_for(repository: ConversationRepository, last: int) -> None:
    repository.append("c", TURNS)
    assert repository.history("c", last=last) == TURNS[len(TURNS) - min(last, len(TURNS)) :]


def test_nothing_appended_is_nothing(repository: ConversationRepository) -> None:
    repository.append("c", ())
    assert repository.history("c") == ()


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "'; DROP TABLE turns; --", "\ufdd0", "😀" * 5000], ids=ascii)
def test_any_text_can_be_said_in_any_conversation(repository: ConversationRepository, text: str) -> None:
    repository.append(text, [Turn(Role.CUSTOMER, text)])
    assert repository.history(text) == (Turn(Role.CUSTOMER, text),)


def test_threads_lose_no_turn_and_keep_pairs_together(repository: ConversationRepository) -> None:
    def talk(name: str) -> None:
        for number in range(10):
            repository.append("c", [Turn(Role.CUSTOMER, f"{name}{number}"), Turn(Role.ASSISTANT, f"{name}{number}")])

    threads = [threading.Thread(target=talk, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    said = repository.history("c")
    assert len(said) == 80
    assert all(asked.text == answered.text for asked, answered in zip(said[::2], said[1::2], strict=True))
    assert sorted({turn.text for turn in said}) == sorted(f"{name}{number}" for name in "abcd" for number in range(10))


@pytest.mark.parametrize("action", [None, *TurnAction])
def test_what_the_assistant_did_is_kept(repository: ConversationRepository, action: TurnAction | None) -> None:
    turn = Turn(Role.ASSISTANT, "Which one?", action)
    repository.append("c", [turn])
    assert repository.history("c") == (turn,)


def test_an_exchange_is_kept_with_the_turn_that_asked(repository: ConversationRepository) -> None:
    repository.append("c", TURNS[:2])
    asked = Turn(Role.CUSTOMER, EXCHANGE.question)
    repository.append("c", [asked, Turn(Role.ASSISTANT, EXCHANGE.answer)], exchange=EXCHANGE)
    assert repository.exchanges("c") == (replace(EXCHANGE, position=3),)
    assert repository.history("c")[2] == asked


@pytest.mark.parametrize(
    "changes",
    [
        {"abstained": AbstentionReason.NO_EVIDENCE, "answer": "", "citations": ()},
        {"clarified": True},
        {"handoff": HandoffReason.REQUESTED},
        {"question": "\x00\ud800", "standalone": "\x00", "answer": "\ud800"},
    ],
)
def test_whatever_came_of_a_question_is_kept(repository: ConversationRepository, changes: dict[str, Any]) -> None:
    said = replace(EXCHANGE, **changes)
    repository.append("c", [Turn(Role.CUSTOMER, said.question)], exchange=said)
    assert repository.exchanges("c") == (replace(said, position=1),)


def test_exchanges_come_in_order_and_stay_in_their_conversation(repository: ConversationRepository) -> None:
    for answer_id, conversation in (("b", "c"), ("a", "c"), ("z", "other")):
        said = exchange(answer_id, conversation=conversation)
        repository.append(conversation, [Turn(Role.CUSTOMER, said.question)], exchange=said)
    assert [each.answer_id for each in repository.exchanges("c")] == ["b", "a"]
    assert repository.exchanges("unheard of") == ()


def test_an_exchange_that_is_kept_is_not_added_again(repository: ConversationRepository) -> None:
    repository.append("c", TURNS[:2], exchange=EXCHANGE, customer="one")
    repository.append("c", TURNS[:2], exchange=EXCHANGE, customer="another")
    assert (repository.history("c"), len(repository.exchanges("c"))) == (TURNS[:2], 1)
    repository.append("c", TURNS[:2], exchange=replace(EXCHANGE, answer_id="b"))
    assert [each.answer_id for each in repository.exchanges("c")] == ["a", "b"]


def test_answers_that_cited_a_document_are_counted(repository: ConversationRepository) -> None:
    assert repository.cited("kb") == {}
    for name in "ab":
        repository.append(name, TURNS[:1], exchange=exchange(name, conversation=name))
    silent = replace(exchange("c", conversation="c"), answer="", citations=())
    repository.append("c", TURNS[:1], exchange=silent)
    cited = {place.document_id: 2 for place in EXCHANGE.citations}
    assert repository.cited(EXCHANGE.knowledge_base) == {"": 2, **cited}
    assert repository.cited("elsewhere") == {}

"""What is kept of a conversation where the settings say that it is masked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.exchange import CitedPlace
from engine.guard.findings import PersonalKind
from engine.masked.conversations import MaskedConversations
from engine.persistence.conversations import SqlConversationRepository
from engine.ports import ConversationRepository
from tests.fakes.repositories import database, exchange

HOTLINE = "Call +44 20 7946 0142 between 9 and 17."
ASKED = "Write to lena@post.example, my number is +49 151 23456789"


@pytest.fixture
def kept() -> Iterator[ConversationRepository]:
    with database() as engine:
        yield SqlConversationRepository(engine)


def asked(text: str) -> Turn:
    return Turn(Role.CUSTOMER, text)


def texts(kept: ConversationRepository) -> list[str]:
    return [turn.text for turn in kept.history("c")]


def test_turns_are_kept_with_placeholders(kept: ConversationRepository) -> None:
    talk = MaskedConversations(kept)
    reply = Turn(Role.ASSISTANT, "We write to lena@post.example.", TurnAction.ABSTAIN)
    talk.append("c", [asked(ASKED), reply], customer="c-7")
    assert texts(kept) == ["Write to [email 1], my number is [phone 1]", "We write to [email 1]."]
    assert talk.history("c") == kept.history("c")
    assert talk.history("c", last=1) == (replace(reply, text="We write to [email 1]."),)


def test_exchanges_are_kept_with_the_same_placeholders(kept: ConversationRepository) -> None:
    answer = f"{HOTLINE} We also write to lena@post.example."
    places = (CitedPlace("d", 1, "d.md", HOTLINE, answer),)
    said = exchange("a", question=ASKED, standalone=f"Complaint. {ASKED}", answer=answer, citations=places)
    MaskedConversations(kept).append("c", [asked(ASKED), Turn(Role.ASSISTANT, answer)], exchange=said)
    (found,) = MaskedConversations(kept).exchanges("c")
    assert found.question == "Write to [email 1], my number is [phone 1]"
    assert found.standalone == f"Complaint. {found.question}"
    assert found.answer == found.citations[0].wording == f"{HOTLINE} We also write to [email 1]."
    assert found.citations[0].quote == HOTLINE
    assert texts(kept) == [found.question, found.answer]


def test_later_values_get_numbers_of_their_own(kept: ConversationRepository) -> None:
    talk = MaskedConversations(kept)
    talk.append("c", [asked("My mail is lena@post.example")])
    talk.append("c", [asked("No, my mail is fischer@post.example")])
    talk.append("other", [asked("My mail is lena@post.example")])
    assert texts(kept) == ["My mail is [email 1]", "No, my mail is [email 2]"]
    assert kept.history("other")[0].text == "My mail is [email 1]"


def test_only_the_chosen_kinds_are_masked(kept: ConversationRepository) -> None:
    MaskedConversations(kept, [PersonalKind.PHONE]).append("c", [asked(ASKED)])
    assert texts(kept) == ["Write to lena@post.example, my number is [phone 1]"]


def test_what_is_not_personal_is_kept_as_it_is(kept: ConversationRepository) -> None:
    said = exchange("a", conversation="c")
    MaskedConversations(kept).append("c", [asked(said.question)], exchange=said)
    MaskedConversations(kept).append("c", [])
    assert kept.exchanges("c") == (replace(said, position=1),)

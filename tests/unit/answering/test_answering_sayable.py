"""Headings, questions and customers' words alone state nothing."""

from __future__ import annotations

import pytest

from engine.answering.grounding import DroppedSentence, DropReason, GroundedSentence, ground
from engine.domain.knowledge import DocumentKind
from tests.builders import passage

PAGE = passage("Refunds\n\nHow long does a refund take?\n\nA refund takes five working days after arrival.")
CHAT = passage(
    "Customer: My kettle arrived with a broken lid today.\nAgent: We send a new lid within three days.",
    kind=DocumentKind.TRANSCRIPT,
)


@pytest.mark.parametrize(
    ("reply", "where"),
    [
        ("Refunds [1].", PAGE),
        ("How long does a refund take? [1]", PAGE),
        ("The kettle arrived with a broken lid today [1].", CHAT),
    ],
)
def test_what_states_nothing_is_dropped(reply: str, where: object) -> None:
    (verdict,) = ground(reply, [where], language="en")  # type: ignore[list-item]
    assert isinstance(verdict, DroppedSentence)
    assert verdict.reason is DropReason.NO_STATEMENT


@pytest.mark.parametrize(
    ("reply", "where"),
    [("A refund takes five working days after arrival [1].", PAGE), ("We send a new lid within three days [1].", CHAT)],
)
def test_what_the_desk_says_is_released(reply: str, where: object) -> None:
    (verdict,) = ground(reply, [where], language="en")  # type: ignore[list-item]
    assert isinstance(verdict, GroundedSentence)

from __future__ import annotations

import pytest

from engine.answering.acting import told_action
from engine.domain.conversation import TurnAction
from engine.languages.registry import profiles
from engine.retrieval.options import with_options

PHRASES = {code: profile.phrases for code, profile in profiles().items()}


@pytest.mark.parametrize("code", PHRASES)
def test_what_we_say_is_recognised_in_every_language(code: str) -> None:
    said = PHRASES[code]
    assert told_action(with_options(said.clarify, ["A", "B"])) is TurnAction.CLARIFY
    assert told_action(said.handoff) is TurnAction.HANDOFF
    assert told_action(f"It takes a week.\n{said.handoff}\n") is TurnAction.HANDOFF


@pytest.mark.parametrize("text", ["", "It takes a week.", "Which one?\n- A\n- B", PHRASES["en"].clarify])
def test_anything_else_is_an_answer(text: str) -> None:
    assert told_action(text) is None

"""Turn the last message of a conversation into a query that stands alone.

A message that leans on what was said (it is short, points back, or opens like one that goes on) takes over what the
customer said before. What is taken over decays: the last two messages count whole, of older ones only codes, which
name the product or case that is still spoken of. A message that says enough, or announces another matter, stays as it
is; nothing from before the last such announcement is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.domain.conversation import Role, Turn, TurnAction
from engine.languages.dialogue_cues import after_shift, points_back
from engine.languages.folding import fold
from engine.languages.service_phrases import is_small_talk
from engine.languages.terms import content_terms
from engine.retrieval.options import chosen_option

__all__ = ["leans_on_history", "standalone_query"]

SAYS_ENOUGH = 4.0  # content words; chosen on one half of the sample's dialogues and on unrelated questions in a row
CHARACTERS_PER_WORD = 2.2  # of CJK text
LOOK_BACK = 2  # customer turns taken over whole
TURN_CHARS = 300  # of each
CODES = 3  # taken over from older turns
_CODE = re.compile(r"(?<![a-z0-9])(?=[a-z0-9-]*[0-9])[a-z]{1,4}-?[0-9][a-z0-9-]*(?![a-z0-9])", re.IGNORECASE)


def standalone_query(question: str, language: str, history: Sequence[Turn]) -> str:
    """Return `question` with what it leans on from the history (oldest first) before it."""
    if replied := _reply(question, language, history):
        return replied
    announced = after_shift(question, language)
    if announced is not None:
        return announced
    said = _same_matter(history, language)
    if not said or not leans_on_history(question, language):
        return question
    whole = [text[:TURN_CHARS] for text in said[-LOOK_BACK:]]
    return " ".join((*_codes(said[:-LOOK_BACK], apart_from=(*whole, question)), *whole, question))


def leans_on_history(question: str, language: str) -> bool:
    """Tell whether a message says too little to be understood by itself."""
    counted = content_terms(question, language)
    size = sum(counted.characters.values()) / CHARACTERS_PER_WORD + sum(counted.words.values())
    return size <= SAYS_ENOUGH or points_back(question, language)


def _same_matter(history: Sequence[Turn], language: str) -> list[str]:
    """Return what the customer said since another matter was announced, without thanks and the like."""
    said: list[str] = []
    for turn in history:
        if turn.role is not Role.CUSTOMER or not turn.text.strip():
            continue
        announced = after_shift(turn.text, language)
        if announced is not None:
            said = [announced]
        elif not is_small_talk(turn.text):
            said.append(turn.text)
    return said


def _codes(texts: Sequence[str], *, apart_from: Sequence[str]) -> Iterator[str]:
    known = fold(" ".join(apart_from))
    found = dict.fromkeys(code for text in reversed(texts) for code in _CODE.findall(text))
    yield from [code for code in found if fold(code) not in known][:CODES]


def _reply(text: str, language: str, history: Sequence[Turn]) -> str:
    """Return the question that was asked back about, with the option that the reply chose; empty if none was."""
    if not history or history[-1].action is not TurnAction.CLARIFY:
        return ""
    asked = [turn.text for turn in history if turn.role is Role.CUSTOMER and turn.text.strip()]
    option = chosen_option(text, history[-1].text, language)
    return f"{asked[-1]} {option or text}" if asked else option

"""Turn the last message of a conversation into a query that stands alone.

A message that leans on what was said (it is short, opens with a connective or points back with a pronoun) takes over
the customer's earlier questions, nearest first. Anything longer is taken to say what it is about.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.conversation import Role, Turn
from engine.languages.terms import content_terms

__all__ = ["standalone_query"]

SELF_SUFFICIENT_LENGTH = 12  # CJK characters, or three times that many for four words; see _leans_on_history
WORDS_SELF_SUFFICIENT = 5
LOOK_BACK = 2  # customer turns taken over


def standalone_query(question: str, language: str, history: Sequence[Turn]) -> str:
    """Return `question`, preceded by the customer's last questions if it does not stand alone."""
    asked = [turn.text for turn in history if turn.role is Role.CUSTOMER and turn.text.strip()]
    if not asked or not _leans_on_history(question, language):
        return question
    return " ".join((*asked[-LOOK_BACK:], question))


def _leans_on_history(question: str, language: str) -> bool:
    counted = content_terms(question, language)
    characters, words = sum(counted.characters.values()), sum(counted.words.values())
    return characters < SELF_SUFFICIENT_LENGTH and words < WORDS_SELF_SUFFICIENT

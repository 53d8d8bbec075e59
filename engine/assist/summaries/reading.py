"""Split a conversation into the sentences that may be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import Span
from engine.domain.summary import TurnQuote
from engine.errors import InvalidInput
from engine.languages.handover_cues import accepts
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk, sounds_unsolved

__all__ = ["MAX_CHARS", "MAX_TURNS", "Line", "lines_of", "validated_turns"]

MAX_TURNS = 2000
MAX_CHARS = 1_000_000
_QUESTION_MARKS = ("?", "？", "吗", "呢", "ですか", "ますか", "でしょうか")
CLAUSE = 12  # columns
_COMMA = re.compile("[,，、;；]")
_CLOSING = " 。.!！~～\"'”’」)）"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the turn at `place`; `telling` says whether there is more to it than courtesy."""

    place: int
    role: Role
    span: Span
    text: str
    telling: bool

    @property
    def is_customer(self) -> bool:
        """Whether the customer said it."""
        return self.role is Role.CUSTOMER

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip(_CLOSING).endswith(_QUESTION_MARKS)

    @property
    def quote(self) -> TurnQuote:
        """The sentence as a quote."""
        return TurnQuote(self.place, self.span, self.text)


def validated_turns(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns; InvalidInput where there is nothing of a customer's to summarise, or too much of it all."""
    if not turns:
        raise InvalidInput("The conversation is empty.", remedy="Send at least one turn of the customer.")
    if len(turns) > MAX_TURNS or sum(len(turn.text) for turn in turns) > MAX_CHARS:
        raise InvalidInput(
            f"The conversation is too long; at most {MAX_TURNS} turns and {MAX_CHARS} characters are allowed.",
            remedy="Send it in parts.",
        )
    if not any(turn.role is Role.CUSTOMER and turn.text.strip() for turn in turns):
        raise InvalidInput("The conversation has no turn of a customer.", remedy='Mark their turns "customer".')
    return tuple(turns)


def lines_of(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """Return the sentences of all turns in order; their spans are exact in the turns' texts."""
    return tuple(
        Line(place, turn.role, span, said := span.of(turn.text), _tells(said))
        for place, turn in enumerate(turns)
        for span in sentences(turn.text)
    )


def _tells(text: str) -> bool:
    """Tell whether a sentence says something; one with a number or a verdict on a remedy does, however courteous."""
    if any(char.isdigit() for char in text) or sounds_unsolved(text):
        return True
    clauses = _COMMA.split(text)
    return not (is_small_talk(text) or accepts(text)) or (len(clauses) > 1 and any(map(_matters, clauses)))


def _matters(clause: str) -> bool:
    """Tell whether what stands beside a courtesy says something."""
    return len(clause) + sum(char > "\u2e7f" for char in clause) >= CLAUSE and not is_small_talk(clause)

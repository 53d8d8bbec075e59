"""Split a conversation into the sentences that may be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import Span
from engine.domain.summary import Statement, SummaryPart, TurnQuote
from engine.errors import InvalidInput
from engine.languages.handover_cues import accepts, asks_for_person
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk, sounds_solved, sounds_unsolved
from engine.languages.summary_cues import (
    DAYS,
    acknowledges,
    asks_for_details,
    decides,
    pledges,
    questions,
    reports_deed,
)
from engine.languages.width import columns

__all__ = ["MAX_CHARS", "MAX_TURNS", "Line", "lines_of", "statement", "validated_turns"]

MAX_TURNS = 2000
MAX_CHARS = 1_000_000
_QUESTION_MARKS = ("?", "？", "吗", "呢", "ですか", "ますか", "でしょうか")
CLAUSE = 10  # columns beside a courtesy that say something
STATED = 8  # columns of a sentence that states something
WORDS = 12  # the same where it has spaces between the words
_COMMA = re.compile("[,，、;；]")
_JOINT = re.compile(r"\b(?:but|and|because)\b|但是?|不过|不過|因为|因為|可是|(?<=[すん])が|ので|けど", re.IGNORECASE)
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
    def requests(self) -> bool:
        """Whether it asks for something to be told or sent."""
        return self.asks or asks_for_details(self.text)

    @property
    def has_digit(self) -> bool:
        """Whether there is a number in it."""
        return any(char.isdigit() for char in self.text)

    @property
    def is_verdict(self) -> bool:
        """Whether it says that the matter is solved, or is not."""
        return sounds_unsolved(self.text) or sounds_solved(self.text)

    @property
    def states(self) -> bool:
        """Whether a clause of it says more than that its speaker has understood, regrets or is glad."""
        clauses = (each.strip(_CLOSING) for each in _COMMA.split(self.text))
        return _states(self.text) and sum(map(columns, (each for each in clauses if not acknowledges(each)))) >= STATED

    @property
    def leads(self) -> bool:
        """Whether a clause in front of its question states something."""
        *clauses, _ = (each.strip(_CLOSING) for each in _COMMA.split(self.text))
        stated = (each for each in clauses if not (is_small_talk(each) or acknowledges(each) or questions(each)))
        return self.asks and any(columns(each) >= CLAUSE for each in stated)

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


def statement(part: SummaryPart, line: Line, *more: Line) -> Statement:
    """Return a sentence as a statement, with what was said about it."""
    said = (line, *more)
    return Statement(part, " → ".join(each.text for each in said), tuple(each.quote for each in said))


def _tells(text: str) -> bool:
    """Tell whether a sentence says something; one with a number or a verdict on a remedy does, however courteous."""
    if any(char.isdigit() for char in text) or sounds_unsolved(text) or asks_for_person(text):
        return True
    clauses = [each for part in _COMMA.split(text) for each in _JOINT.split(part)]
    beside = [each.strip(_CLOSING) for each in clauses if not (is_small_talk(each) or accepts(each.strip()))]
    return not (is_small_talk(text) or accepts(text)) or (len(clauses) > 1 and _matters(beside))


def _matters(beside: Sequence[str]) -> bool:
    """Tell whether the clauses beside a courtesy say something: a short one that promises, reports or decides does."""
    if sum(map(columns, beside)) >= CLAUSE:
        return True
    return any(pledges(each) or reports_deed(each) or decides(each) or DAYS.search(each) for each in beside)


def _states(text: str) -> bool:
    said = text.strip(_CLOSING)
    return columns(said) >= (STATED if columns(said) > len(said) else WORDS)

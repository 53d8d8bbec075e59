"""What a summary of a conversation is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.domain.answer import AnswerMode
from engine.domain.assist import Trajectory
from engine.domain.conversation import Turn
from engine.domain.handoff import FactKind
from engine.domain.knowledge import Span

__all__ = [
    "Progress",
    "Statement",
    "StatementEvent",
    "Summary",
    "SummaryEvent",
    "SummaryFact",
    "SummaryPart",
    "SummaryPurpose",
    "SummaryRequest",
    "SummarySection",
    "TurnQuote",
]


class SummaryPurpose(StrEnum):
    """What a summary is for: a colleague who takes over, the ticket, the archive."""

    HAND_OVER = "hand_over"
    TICKET = "ticket"
    ARCHIVE = "archive"


class SummaryPart(StrEnum):
    """The parts of a summary."""

    ISSUE = "issue"
    TRIED = "tried"
    FACTS = "facts"
    PROMISES = "promises"
    OUTCOME = "outcome"
    OPEN = "open"
    MOOD = "mood"


class Progress(StrEnum):
    """How far a conversation has come: solved, waiting for what the desk promised, or neither."""

    SOLVED = "solved"
    PROMISED = "promised"
    UNSOLVED = "unsolved"


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """A conversation, oldest turn first, and what its summary is for; `language` (BCP 47) overrides detection."""

    turns: tuple[Turn, ...]
    purpose: SummaryPurpose = SummaryPurpose.HAND_OVER
    language: str = ""


@dataclass(frozen=True, slots=True)
class TurnQuote:
    """Words of the turn at `place` (from 0): `text` stands at `span` of it."""

    place: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a summary with what it rests on; `due` are the words that say by when."""

    part: SummaryPart
    text: str
    quotes: tuple[TurnQuote, ...]
    due: tuple[TurnQuote, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """The turns that it rests on, in order."""
        return tuple(sorted({quote.place for quote in self.quotes}))


@dataclass(frozen=True, slots=True)
class SummaryFact:
    """A fact as it was first written, its comparable form, and where it was said."""

    kind: FactKind
    text: str
    normal: str
    quotes: tuple[TurnQuote, ...]

    @property
    def places(self) -> tuple[int, ...]:
        """The turns that name it, in order."""
        return tuple(sorted({quote.place for quote in self.quotes}))


@dataclass(frozen=True, slots=True)
class SummarySection:
    """A part with its heading."""

    part: SummaryPart
    heading: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary; `text` is the whole to read, with the turns of each statement in brackets.

    `notes` say what is unusual, such as that the language model failed.
    """

    purpose: SummaryPurpose
    language: str
    mode: AnswerMode
    text: str
    sections: tuple[SummarySection, ...]
    facts: tuple[SummaryFact, ...]
    progress: Progress
    mood: Trajectory
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementEvent:
    """A statement is final."""

    statement: Statement


SummaryEvent = StatementEvent | Summary
"""Statements as they become final, then the whole."""

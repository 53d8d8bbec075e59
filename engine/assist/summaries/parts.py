"""Choose the sentences of a conversation that say what it was about, what was tried and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.assist.summaries.outcome import outcome
from engine.assist.summaries.promised import promised
from engine.assist.summaries.reading import Line, statement
from engine.domain.summary import Progress, Statement, SummaryPart, SummaryPurpose, TurnQuote
from engine.languages.service_phrases import sounds_unsolved
from engine.languages.summary_cues import (
    asks_for_details,
    names_trouble,
    pledges,
    reports_attempt,
    tells_step,
    wishes,
)
from engine.languages.width import columns

__all__ = ["PARTS", "Room", "progress_of", "statements_of"]

LATEST = 0.5  # of the room, for what came last where there is too much
OPENING: Final = 3  # of the customer's telling turns that may say what the matter is
REACTION: Final = 2  # sentences of the customer about what a step did
SOON: Final = 12  # sentences
SHORT: Final = 8  # columns of a question that asks nothing more

PARTS: Mapping[SummaryPurpose, tuple[SummaryPart, ...]] = {
    SummaryPurpose.HAND_OVER: (
        *(SummaryPart.ISSUE, SummaryPart.OPEN, SummaryPart.PROMISES, SummaryPart.TRIED),
        *(SummaryPart.FACTS, SummaryPart.OUTCOME, SummaryPart.MOOD),
    ),
    SummaryPurpose.TICKET: tuple(SummaryPart),
    SummaryPurpose.ARCHIVE: (
        *(SummaryPart.ISSUE, SummaryPart.OUTCOME, SummaryPart.TRIED),
        *(SummaryPart.PROMISES, SummaryPart.OPEN, SummaryPart.FACTS, SummaryPart.MOOD),
    ),
}
"""The parts in the order in which each reader needs them."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many statements a part may have."""

    issue: int = 7
    tried: int = 8
    promises: int = 8
    outcome: int = 10
    open: int = 4
    particulars: int = 16

    @classmethod
    def for_purpose(cls, purpose: SummaryPurpose) -> Room:
        """Return the room of a purpose: the archive needs the least."""
        return (
            cls(issue=3, tried=5, promises=5, outcome=3, open=2, particulars=3)
            if purpose is SummaryPurpose.ARCHIVE
            else cls()
        )


def statements_of(lines: Sequence[Line], room: Room) -> dict[SummaryPart, tuple[Statement, ...]]:
    """Return the statements of the parts that sentences are chosen for; a sentence begins one of them only."""
    made = _within(list(promised(lines)), room.promises)
    first = next((line.place for line in lines if line.is_customer and line.telling), 0)
    left = [each for each in _open(lines) if each.places[0] > first][: room.open]
    tried = _within([each for each in _tried(lines) if each.quotes[0] not in _quotes(made)], room.tried)
    issue = _issue([line for line in lines if line.quote not in _quotes([*tried, *left])], room.issue)
    told = _quotes([*tried, *made, *left, *issue])
    return {
        SummaryPart.ISSUE: tuple(issue),
        SummaryPart.TRIED: tuple(tried),
        SummaryPart.PROMISES: tuple(made),
        SummaryPart.OUTCOME: tuple(outcome(lines, told, room.outcome)),
        SummaryPart.OPEN: tuple(left),
    }


def progress_of(lines: Sequence[Line], statements: Mapping[SummaryPart, Sequence[Statement]]) -> Progress:
    """Return how far the conversation has come, by the customer's last verdict and what the desk owed after it."""
    verdict = next((line for line in reversed(lines) if line.is_customer and line.is_verdict), None)
    owed = max((each.places[0] for each in statements[SummaryPart.PROMISES] if each.due), default=-1)
    solved = verdict is not None and not sounds_unsolved(verdict.text)
    if verdict and verdict.place > owed and (verdict.telling or not solved or owed < 0):
        return Progress.SOLVED if solved else Progress.UNSOLVED
    return Progress.PROMISED if owed >= 0 else Progress.UNSOLVED


def _issue(lines: Sequence[Line], room: int) -> list[Statement]:
    """Choose what the customer said at first of what is wrong or wanted, and what they wished for later.

    The first turn comes before the ones after it, and those before later wishes.
    """
    told = [line for line in lines if line.is_customer and line.telling]
    opening = list(dict.fromkeys(line.place for line in told))[:OPENING]
    scored = []
    for at, line in enumerate(told):
        rank = opening.index(line.place) if line.place in opening else OPENING
        troubled = names_trouble(line.text)
        if (
            rank == 0
            or (line.asks and columns(line.text) > SHORT)
            or (troubled and (rank < OPENING or wishes(line.text)))
        ):
            scored.append((rank, not troubled, at))
    chosen = [told[at] for at in sorted(at for _, _, at in sorted(scored)[:room])]
    return [statement(SummaryPart.ISSUE, line) for line in chosen or [line for line in lines if line.is_customer][:1]]


def _tried(lines: Sequence[Line]) -> Iterator[Statement]:
    """Yield what the customer did, and the desk's steps, each with what the customer said came of it."""
    first = next((line.place for line in lines if line.is_customer and line.telling), 0)
    reactions: set[TurnQuote] = set()
    for at, line in enumerate(lines):
        if not line.telling or line.quote in reactions or line.place == first:
            continue
        if line.is_customer:
            if reports_attempt(line.text) and not line.asks:
                yield statement(SummaryPart.TRIED, line)
        elif tells_step(line.text) and not asks_for_details(line.text) and not pledges(line.text):
            said = _reaction(lines, at)
            reactions |= {each.quote for each in said}
            yield statement(SummaryPart.TRIED, line, *said)


def _reaction(lines: Sequence[Line], at: int) -> list[Line]:
    """Return what the customer said in the turn after the step, if no other step comes in between."""
    here, soon = lines[at].place, lines[at + 1 : at + SOON]
    said = [line for line in soon if line.is_customer and line.place == here + 1]
    if any(line.place == here and tells_step(line.text) for line in soon):
        return []
    return [line for line in said if not line.asks and (line.telling or line.is_verdict)][:REACTION]


def _open(lines: Sequence[Line]) -> list[Statement]:
    """Return what the customer said last without a reply, and what the desk asked for without one."""
    last = max((line.place for line in lines if not line.is_customer), default=-1)
    left = [line for line in lines if line.place > last and line.telling and (line.asks or names_trouble(line.text))]
    if not any(line.place > last and line.is_customer for line in lines):
        left = [line for line in lines if line.place == last and line.telling and line.requests]
    return [statement(SummaryPart.OPEN, line) for line in left]


def _quotes(statements: Sequence[Statement]) -> set[TurnQuote]:
    return {quote for statement in statements for quote in statement.quotes}


def _within(found: list[Statement], room: int) -> list[Statement]:
    """Return the first and the last of what was found, without repetitions."""
    once = list({statement.text: statement for statement in found}.values())
    last = int(room * LATEST)
    return once if len(once) <= room else [*once[: room - last], *once[len(once) - last :]]

"""Choose what the desk did, explained and answered in a conversation, and the customer's last words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from engine.assist.summaries.reading import Line, statement
from engine.domain.summary import Statement, SummaryPart, TurnQuote
from engine.languages.summary_cues import asks_for_details, explains, names_trouble, offers, reports_deed, wishes
from engine.languages.width import columns

__all__ = ["outcome"]

LAST: Final = 2  # sentences of the customer's last turn
REQUEST: Final = 60  # columns of a request that asks for no more than a number
_NUMBER: Final = re.compile(r"[A-Za-z-]*\d(?:[\w.,:-]*\w)?", re.ASCII)


def outcome(lines: Sequence[Line], told: Collection[TurnQuote], room: int) -> list[Statement]:
    """Return what is not `told` yet: what the desk did before what it explained, answered and stated."""
    asked = {line.place for line in lines if line.is_customer and (line.asks or wishes(line.text))}
    met = set(_met(lines))
    said = [
        line
        for line in lines
        if not line.is_customer and line.telling and line.quote not in told and line.quote not in met
    ]
    weights = {at: _weight(line, asked) for at, line in enumerate(said)}
    ranked = sorted(weights, key=lambda at: (weights[at], at), reverse=True)[:room]
    last = _last_words([line for line in lines if line.quote not in told])
    chosen = (*(said[at] for at in sorted(ranked) if weights[at]), *last)
    return [statement(SummaryPart.OUTCOME, line) for line in chosen]


def _weight(line: Line, asked: Collection[int]) -> int:
    if reports_deed(line.text):
        return 3
    if explains(line.text) or names_trouble(line.text) or line.has_digit:
        return 2
    if not line.states:
        return 0
    return 2 if line.place - 1 in asked else 1


def _met(lines: Sequence[Line]) -> Iterator[TurnQuote]:
    """Yield the desk's questions, and what else it asked for and was told next.

    Questions stay that offer something, state something in front, or name a new number to be confirmed.
    """
    numbered = {line.place for line in lines if line.is_customer and line.has_digit}
    known: set[str] = set()
    for line in lines:
        numbers = set(_NUMBER.findall(line.text))
        if not line.is_customer and line.asks:
            met = numbers <= known and not line.leads and not (offers(line.text) and line.states)
        else:
            short = columns(line.text) <= REQUEST and not numbers and line.place + 1 in numbered
            met = not line.is_customer and short and asks_for_details(line.text)
        if met:
            yield line.quote
        known |= numbers


def _last_words(lines: Sequence[Line]) -> list[Line]:
    """Return what the customer said last beyond courtesy: what came of it, or what they will do."""
    places = [line.place for line in lines if line.is_customer and (line.telling or line.is_verdict)]
    turn = [line for line in lines if places and line.place == places[-1] and not line.asks]
    return [line for line in turn if line.telling][:LAST] or [line for line in turn if line.is_verdict][:1]

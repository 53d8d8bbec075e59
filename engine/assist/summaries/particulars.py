"""Choose what else the customer stated: answers to the desk, states of things, decisions; and who is speaking."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import reduce
from typing import Final

from engine.assist.summaries.reading import Line, statement
from engine.domain.summary import Statement, SummaryPart, TurnQuote
from engine.languages.summary_cues import acknowledges, affirms_or_denies, decides, introduces, names_trouble
from engine.languages.width import columns

__all__ = ["particulars"]

ANSWER: Final = 6  # columns beside known facts that make a sentence worth telling
ANSWERED: Final = 2  # the weight of an answer
NAMED: Final = 3  # the weight of who is speaking
BARE: Final = 12  # columns of an answer to a question
FACT: Final = "\0"  # stands for a known fact
_CAPITALS: Final = re.compile(r"\b(?=\w*[A-Z\d])[A-Z\d]{2,}\b", re.ASCII)


def particulars(lines: Sequence[Line], known: Collection[TurnQuote], room: int) -> list[Statement]:
    """Return what else the customer stated, and who gave their name, but for the `known` facts and quotes.

    Where the room is short, names, numbers, answers, decisions and troubles come first, and of those that are alike the
    earlier ones.
    """
    asked = {line.place for line in lines if not line.is_customer and line.requests}
    found: list[tuple[int, int, Statement]] = []
    for at, line in enumerate(lines):
        if line.asks or line.quote in known:
            continue
        if introduces(line.text):
            found.append((-NAMED, at, statement(SummaryPart.FACTS, line)))
        elif not line.is_customer:
            continue
        elif at and _answers_barely(lines[at - 1], line):
            found.append((-ANSWERED, at, statement(SummaryPart.FACTS, lines[at - 1], line)))
        elif line.telling and _more(line, known) and (weight := _weight(line, asked)):
            found.append((-weight, at, statement(SummaryPart.FACTS, line)))
    chosen = sorted(found, key=lambda each: each[:2])[:room]
    return [each for _, _, each in sorted(chosen, key=lambda each: each[1])]


def _weight(line: Line, asked: Collection[int]) -> int:
    answers, decided = line.place - 1 in asked and not acknowledges(line.text), decides(line.text)
    if not (answers or decided or line.has_digit or line.states):
        return 0
    return 1 + answers + 2 * decided + line.has_digit + names_trouble(line.text)


def _answers_barely(before: Line, line: Line) -> bool:
    """Tell whether a sentence answers the question of the desk in front of it, and says nothing without it."""
    if before.is_customer or not before.telling:
        return False
    if before.asks and affirms_or_denies(line.text):
        return True
    bare = not line.has_digit and columns(line.text) < BARE
    return bare and (before.asks or (before.requests and line.telling))


def _more(line: Line, known: Collection[TurnQuote]) -> bool:
    """Tell whether a sentence says more than the known facts in it, or writes one number in groups that they split."""
    within = {each.text for each in known if each.place == line.place and each.text in line.text}
    rest = reduce(lambda text, fact: text.replace(fact, FACT), sorted(within, key=len, reverse=True), line.text)
    if f"{FACT} {FACT}" in rest or _CAPITALS.search(rest):
        return True
    return columns(rest) - 2 * rest.count(FACT) >= ANSWER

"""Put the parts of a summary together, and write it out as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from engine.assist.summaries.parts import PARTS
from engine.assist.summaries.reading import Line
from engine.domain.assist import Trajectory, Trend
from engine.domain.handoff import FactKind
from engine.domain.summary import (
    Progress,
    Statement,
    SummaryFact,
    SummaryPart,
    SummaryPurpose,
    SummarySection,
)
from engine.languages.summary_phrases import SummaryPhrases

__all__ = ["facts_statement", "mood_statement", "progress_statement", "sections_of", "text_of"]

_ARROWS: Final = {Trend.WORSENING: "↘", Trend.STEADY: "→", Trend.IMPROVING: "↗"}
_ORDER: Final = tuple(FactKind)


def facts_statement(facts: Sequence[SummaryFact]) -> Iterator[Statement]:
    """Yield a statement for each kind of fact."""
    for kind in _ORDER:
        if like := [fact for fact in facts if fact.kind is kind]:
            quotes = tuple(quote for fact in like for quote in fact.quotes[:1])
            yield Statement(SummaryPart.FACTS, " · ".join(fact.text for fact in like), quotes)


def progress_statement(progress: Progress, lines: Sequence[Line], phrases: SummaryPhrases) -> Statement:
    """Return how far it has come, on the evidence of the last turn."""
    return Statement(SummaryPart.OUTCOME, phrases.progress[progress], (lines[-1].quote,))


def mood_statement(mood: Trajectory, lines: Sequence[Line], phrases: SummaryPhrases) -> Iterator[Statement]:
    """Yield the level the mood ended in and where it was going, on the evidence of the worst turn and the last."""
    said = {line.place: line.quote for line in reversed(lines)}
    turns = [turn for turn in mood.turns if turn.place in said]
    if not turns:
        return
    worst = min(turns, key=lambda turn: turn.mood.level)
    quotes = [said[place] for place in sorted({worst.place, turns[-1].place})]
    text = f"{mood.overall.level}/5 {_ARROWS[mood.trend]} {phrases.emotions[mood.overall.emotion]}"
    lowest = f" (↓ {worst.mood.level}/5 {phrases.emotions[worst.mood.emotion]})"
    yield Statement(SummaryPart.MOOD, text + (lowest if worst.mood.level < mood.overall.level else ""), tuple(quotes))


def sections_of(
    purpose: SummaryPurpose, statements: Mapping[SummaryPart, Sequence[Statement]], phrases: SummaryPhrases
) -> tuple[SummarySection, ...]:
    """Return the parts that say something, in the order of the purpose."""
    return tuple(
        SummarySection(part, phrases.headings[part], tuple(statements[part]))
        for part in PARTS[purpose]
        if statements.get(part)
    )


def text_of(sections: Sequence[SummarySection]) -> str:
    """Return the sections as text: each statement on a line with its turns in brackets."""
    return "\n\n".join(
        "\n".join((section.heading, *(f"- {each.text} {_marks(each)}" for each in section.statements)))
        for section in sections
    )


def _marks(statement: Statement) -> str:
    return f"[{', '.join(map(str, statement.places))}]"

"""Find what the desk promised in a conversation, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.assist.summaries.reading import Line
from engine.domain.knowledge import Span
from engine.domain.summary import Statement, SummaryPart, TurnQuote
from engine.guard.promises.extraction import TIMES, promises
from engine.languages.quantities import QuantityKind, quantities
from engine.languages.summary_cues import DAYS, explains, pledges, tells_step

__all__ = ["promised"]

_CLAUSE = re.compile(r"[，,；;]\s*(?!\d)")


def promised(lines: Sequence[Line]) -> Iterator[Statement]:
    """Yield the desk's sentences that promise something or say how long it takes, with the words that say by when."""
    for line in lines:
        if not line.is_customer and line.telling and not line.asks and _promises(line.text):
            yield Statement(SummaryPart.PROMISES, line.text, (line.quote,), tuple(_due(line)))


def _promises(text: str) -> bool:
    """Tell whether a sentence or a clause of it promises; a report in front of it is no hindrance."""
    if explains(text):
        return False
    if any(map(promises, (text, *_CLAUSE.split(text)))):
        return True
    lasts = any(each.kind is QuantityKind.DURATION for each in quantities(text))
    return pledges(text) or ((lasts or DAYS.search(text) is not None) and not tells_step(text))


def _due(line: Line) -> Iterator[TurnQuote]:
    times = [each.span for each in quantities(line.text) if each.kind in TIMES]
    days = [Span(found.start(), found.end()) for found in DAYS.finditer(line.text)]
    free = [day for day in days if not any(day.start < time.end and time.start < day.end for time in times)]
    for span in sorted((*times, *free), key=lambda each: each.start):
        said = span.of(line.text).rstrip(" .,，。、")
        start = span.start + line.span.start
        yield TurnQuote(line.place, Span(start, start + len(said)), said)

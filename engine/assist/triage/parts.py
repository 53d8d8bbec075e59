"""Split a message where it may go on to another matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from engine.domain.knowledge import Span
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk
from engine.languages.width import columns

__all__ = ["parts"]

_TURNS: Final = (
    r"[;；]\s*",
    r",?\s+(?:and|but) (?=(?:also|then|can|could|how|what|when|where|why|please|is|do|does|i)\b)",
    r",\s+(?:also|plus|besides),?\s+",
    r"[，,、]?(?:另外|还有|還有|顺便|順便|以及|同时|同時|并且|並且|然后|然後)",
    r"、?(?:それと|あと(?=[、は])|また、|ついでに|それから)",
    r"(?<=ます)が、|(?<=です)が、",
    r"(?:그리고|또한)\s?|,?\s+(?:und (?=wie|wann|kann|ich)|außerdem|"
    r"et (?=comment|quand|je)|y (?=cómo|cuándo|quiero)|также)\s*",
    r"(?<=[吗呢嗎啊吧])[，,\s]+",
)
_COMMA: Final = re.compile(r"[,，、](?!\d)\s*")
MOST: Final = 12  # parts of a message
LONG: Final = 60  # of a message whose clauses are looked at one by one
LEAST: Final = 4  # characters, counting one without spaces twice


def parts(text: str) -> list[Span]:
    """Return the parts of a message that may say something by themselves; none if there is only one."""
    found = [span for sentence in sentences(text) for span in _pieces(text, sentence)]
    if columns(text) >= LONG:
        found = [piece for span in found for piece in _clauses(text, span)]
    telling = [span for span in found if columns(span.of(text)) >= LEAST and not is_small_talk(span.of(text))]
    return telling[:MOST] if len(found) > 1 else []


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for turn in _turn().finditer(text, sentence.start, sentence.end):
        if turn.start() > start:
            yield Span(start, turn.start())
        start = turn.end()
    if start < sentence.end:
        yield Span(start, sentence.end)


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for comma in _COMMA.finditer(text, span.start, span.end):
        yield Span(start, comma.start())
        start = comma.end()
    yield Span(start, span.end)


@lru_cache(maxsize=1)
def _turn() -> re.Pattern[str]:
    return re.compile("|".join(_TURNS), re.IGNORECASE)

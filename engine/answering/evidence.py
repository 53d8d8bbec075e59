"""Sentences of passages as candidates for an answer, with the heading each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from engine.answering.speakers import spoken_line
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import Passage
from engine.languages.sentences import sentences
from engine.languages.service_phrases import all_question_headings, all_resolution_headings

__all__ = ["CLOSED", "Sentence", "candidate_sentences", "is_step", "step_lines"]

NUMBERED_LINE = re.compile(r"\s*\d{1,2}\s*[.)、．](?!\d)\s*\S")
MARKED_LINE = re.compile(rf"{NUMBERED_LINE.pattern}|\s*[-•*・]\s*\S")
ROW = re.compile(r"[^:：;；]+[:：][^;；]+[;；]\s*[^:：;；]+[:：]")  # of a table, as ingestion writes it
CLOSED = re.compile(r"[。．.！!;；:：…」』”\"）)\]]\s*$")
ASKS = re.compile(r"[?？؟]\s*$")
MAX_HEADING_CHARS = 90


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage.

    `span` refers to the stored text of the passage's document. `heading` is the nearest heading or question above
    the sentence inside its passage, else the innermost section, else empty; `distance` counts sentences since it.
    """

    passage: int
    span: Span
    text: str
    heading: str
    distance: int


class _Source(NamedTuple):
    """What of a passage its sentences depend on."""

    text: str
    span: Span
    kind: DocumentKind
    title: str
    section: tuple[str, ...]


def candidate_sentences(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of all passages in order; headings and titles are context, not candidates."""
    return tuple(
        Sentence(index, *found)
        for index, each in enumerate(passages)
        for found in _candidates(_Source(each.text, each.span, each.kind, each.title, each.section))
    )


@lru_cache(maxsize=1024)
def _candidates(passage: _Source) -> tuple[tuple[Span, str, str, int], ...]:
    """Return span, text, heading and distance of each sentence; several stages of an answer ask for the same."""
    found = []
    heading = passage.section[-1] if passage.section else ""
    names = {passage.title.strip(), *(part.strip() for part in passage.section)}
    distance = 0
    spans = _sayable(passage)
    for place, span in enumerate(spans):
        text = passage.text[span.start - passage.span.start : span.end - passage.span.start]
        last = place + 1 == len(spans)
        if text.strip() in names or (not last and _reads_as_heading(text, passage, span)):
            heading, distance = text.strip(), 0
        elif not ASKS.search(text):
            found.append((span, text, heading, distance))
            distance += 1
    return tuple(found)


def _sayable(passage: _Source) -> list[Span]:
    """Return the sentences of a passage; of transcripts and cases only what the desk said, without times and names."""
    spans = sentences(passage.text, offset=passage.span.start)
    if passage.kind is DocumentKind.TRANSCRIPT:
        return list(_of_desk(passage, spans))
    if passage.kind is DocumentKind.CASE:
        return list(_of_resolution(passage, spans))
    return spans


def _of_desk(passage: _Source, spans: Sequence[Span]) -> Iterator[Span]:
    quotable = passage.span.start == 0  # what stands before the first turn is the desk's own record
    for span in spans:
        start = span.start - passage.span.start
        line = passage.text[start : span.end - passage.span.start]
        begins = start == 0 or passage.text[start - 1] == "\n"
        spoken = spoken_line(line) if begins else None
        if spoken:
            quotable = spoken.by_desk
        elif passage.text[:start].endswith("\n\n"):
            quotable = True  # turns end at an empty line: what follows is the desk's record again
        offset = spoken.words_from if spoken else 0
        if quotable and offset < len(line):
            yield Span(span.start + offset, span.end)


def _of_resolution(passage: _Source, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield what stands under the heading of the resolution; above it are the customer's words."""
    questions, resolutions = all_question_headings(), all_resolution_headings()
    quotable = not questions.intersection(passage.section)
    for span in spans:
        text = passage.text[span.start - passage.span.start : span.end - passage.span.start].strip()
        if text in questions:
            quotable = False
        quotable = quotable or text in resolutions
        if quotable:
            yield span


def _reads_as_heading(text: str, passage: _Source, span: Span) -> bool:
    """Tell whether a sentence is a line of its own that announces what follows: a heading or a listed question."""
    start, end = span.start - passage.span.start, span.end - passage.span.start
    above = passage.text[:start]
    alone = (start == 0 or above.endswith("\n")) and passage.text[end : end + 1] == "\n"
    if not alone or len(text) > MAX_HEADING_CHARS or is_step(text):
        return False
    if ASKS.search(text):
        return True
    listed = ROW.match(text) or (above.endswith("\n") and _open_line(above[:-1].rpartition("\n")[2]))
    return not listed and not CLOSED.search(text) and passage.text[end : end + 2] == "\n\n"


def _open_line(line: str) -> bool:
    """Tell whether a line has text and no end, like an item of a list, which the next line then goes on with."""
    return bool(line.strip()) and not CLOSED.search(line)


def is_step(text: str) -> bool:
    """Tell whether a line is an item of a list."""
    return bool(MARKED_LINE.match(text))


def step_lines(passage: Passage, near: Span) -> tuple[Span, ...]:
    """Return the steps of the numbered list that contains or directly follows `near`; empty if there is none.

    Lines that are indented under a step belong to it.
    """
    base = passage.span.start
    for steps in _numbered_lists(passage.text, base):
        inside = steps[0].start <= near.start < steps[-1].end
        follows = near.end <= steps[0].start and not passage.text[near.end - base : steps[0].start - base].strip()
        if len(steps) > 1 and (inside or follows):
            return steps
    return ()


def _numbered_lists(text: str, base: int) -> Iterator[tuple[Span, ...]]:
    steps: list[Span] = []
    position = base
    for line in text.split("\n"):
        start, end = position + len(line) - len(line.lstrip()), position + len(line.rstrip())
        position += len(line) + 1
        if NUMBERED_LINE.match(line):
            steps.append(Span(start, end))
        elif steps and line[:1].isspace() and line.strip():
            steps[-1] = Span(steps[-1].start, end)
        elif steps and line.strip():
            yield tuple(steps)
            steps = []
    if steps:
        yield tuple(steps)

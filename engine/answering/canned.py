"""Give the answer of an FAQ entry as it stands where the customer asks nearly the same question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.evidence import ASKS
from engine.answering.extract import Extraction, Quote
from engine.answering.questions import question_types
from engine.domain.knowledge import Chunk, DocumentKind, Span
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.kinship import Kinship, kinship
from engine.languages.quantities import quantities

__all__ = ["Entry", "canned_answer", "entries"]

LOOKED_AT = 3  # passages
SAME = 0.8  # of the content words of either question that must stand in the other one
MAX_CHARS = 1500


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of an FAQ and where its answer stands."""

    question: str
    answer: Span


def canned_answer(question: str, language: str, passages: Sequence[Passage]) -> Extraction | None:
    """Return the whole answer of the entry that asks what the customer asks, from the best passages; None without one.

    Both questions must have nearly the same words, the same question word and the same numbers and codes.
    """
    for place, passage in enumerate(passages[:LOOKED_AT]):
        if passage.kind is not DocumentKind.FAQ or kinship(language, passage.language) is not Kinship.LANGUAGE:
            continue
        for entry in entries(passage):
            shared = _likeness(question, entry.question, language)
            if shared >= SAME and 0 < len(entry.answer) <= MAX_CHARS:
                start = passage.span.start
                text = passage.text[entry.answer.start - start : entry.answer.end - start]
                return Extraction((Quote(place, entry.answer, text),), coverage=shared)
    return None


def _likeness(question: str, other: str, language: str) -> float:
    """Return how much of each question stands in the other one, the lesser share; 0 if they ask for other things."""
    if question_types(question, language) ^ question_types(other, language) or _values(question) != _values(other):
        return 0.0
    return min(
        QuestionTerms.among(asked, language, ()).coverage(term_set(known, language))
        for asked, known in ((question, other), (other, question))
    )


def _values(text: str) -> frozenset[str]:
    return frozenset(each.value for each in quantities(text))


def entries(passage: Passage | Chunk) -> Iterator[Entry]:
    """Yield the entries of a passage: questions that are headings or lines of their own, and what follows each."""
    above = passage.section[-1] if passage.section else ""
    question, begins, position = above if ASKS.search(above) else "", 0, 0
    for line in (*passage.text.split("\n"), "?"):
        if ASKS.search(line) or (above and fold(line) == fold(above)):
            if question:
                yield Entry(question, _trimmed(passage, begins, position))
            question, begins = line.strip(), position + len(line) + 1
        position += len(line) + 1


def _trimmed(passage: Passage | Chunk, start: int, end: int) -> Span:
    text = passage.text[start:end]
    left = len(text) - len(text.lstrip())
    return Span(passage.span.start + start + left, passage.span.start + max(start + left, start + len(text.rstrip())))

"""Summarise a conversation: by the language model where its statements hold, by quotes otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.assist.summaries.composing import (
    facts_statement,
    mood_statement,
    progress_statement,
    sections_of,
    text_of,
)
from engine.assist.summaries.facts import conversation_facts
from engine.assist.summaries.particulars import particulars
from engine.assist.summaries.parts import PARTS, Room, progress_of, statements_of
from engine.assist.summaries.reading import lines_of, validated_turns
from engine.assist.summaries.written import Written, written_statements
from engine.domain.answer import AnswerMode
from engine.domain.assist import Trajectory
from engine.domain.conversation import Role, Turn
from engine.domain.summary import Statement, StatementEvent, Summary, SummaryEvent, SummaryPart, SummaryRequest
from engine.languages.registry import UNKNOWN
from engine.languages.summary_phrases import summary_phrases
from engine.ports import Generator, LanguageDetector

__all__ = ["Summarizer"]

TOLD_BY = 4000  # characters of the customer by which the language is told


@dataclass(frozen=True, slots=True)
class Summarizer:
    """Summarises conversations; `sentiment` reads the customer's moods, `generator` writes where there is one."""

    detector: LanguageDetector
    sentiment: Callable[[Sequence[Turn]], Trajectory]
    generator: Generator | None = None

    def summary(self, request: SummaryRequest) -> Summary:
        """Return the summary; InvalidInput for a conversation that cannot be summarised."""
        for event in self.stream(request):
            if isinstance(event, Summary):
                return event
        raise AssertionError("a stream ends with the summary")

    def stream(self, request: SummaryRequest) -> Iterator[SummaryEvent]:
        """Yield each statement as it becomes final, then the whole; errors are raised before the first."""
        turns = validated_turns(request.turns)
        lines = lines_of(turns)
        language = request.language or self._language(turns)
        phrases = summary_phrases(language)
        mood = self.sentiment(turns)
        room = Room.for_purpose(request.purpose)
        quoted = statements_of(lines, room)
        facts = conversation_facts(turns, self._languages(turns, language))
        progress = progress_of(lines, quoted)
        written = Written()
        if self.generator is not None:
            yield from written_statements(self.generator, turns, language, written)
        told = _told(written, quoted)
        known = {quote for fact in facts for quote in fact.quotes}
        every = (*quoted.values(), *told.values())
        known |= {quote for statements in every for each in statements for quote in each.quotes}
        told[SummaryPart.FACTS] = (*facts_statement(facts), *particulars(lines, known, room.particulars))
        told[SummaryPart.OUTCOME] = (progress_statement(progress, lines, phrases), *told[SummaryPart.OUTCOME])
        told[SummaryPart.MOOD] = tuple(mood_statement(mood, lines, phrases))
        yield from _left(request, told, written)
        sections = sections_of(request.purpose, told, phrases)
        mode = AnswerMode.GENERATED if written.statements else AnswerMode.EXTRACTIVE
        yield Summary(
            request.purpose, language, mode, text_of(sections), sections, facts, progress, mood, written.notes
        )

    def _language(self, turns: Sequence[Turn]) -> str:
        """Return the language of the customer's words, or of all where they tell none."""
        for chosen in ([turn.text for turn in turns if turn.role is Role.CUSTOMER], [turn.text for turn in turns]):
            language = self.detector.detect("\n".join(chosen)[:TOLD_BY])
            if language != UNKNOWN:
                return language
        return UNKNOWN

    def _languages(self, turns: Sequence[Turn], language: str) -> list[str]:
        found = [self.detector.detect(turn.text) for turn in turns]
        return [language if each == UNKNOWN else each for each in found]


def _told(
    written: Written, quoted: Mapping[SummaryPart, Sequence[Statement]]
) -> dict[SummaryPart, tuple[Statement, ...]]:
    """Return the statements of each part: the model's where it wrote some that hold, quotes elsewhere."""
    return {part: tuple(written.statements.get(part) or quoted[part]) for part in quoted}


def _left(
    request: SummaryRequest, told: Mapping[SummaryPart, Sequence[Statement]], written: Written
) -> Iterator[StatementEvent]:
    """Yield the statements that were not yielded as the model wrote them."""
    sent = {id(each) for statements in written.statements.values() for each in statements}
    for part in PARTS[request.purpose]:
        yield from (StatementEvent(each) for each in told[part] if id(each) not in sent)

"""Write an answer: by the language model where one is configured and its sentences hold, by quotes otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.compose import Piece, citation, pieces
from engine.answering.evidence import is_step
from engine.answering.extract import Extraction, Quote
from engine.answering.grounding import GroundedSentence, quoted, stream_grounded
from engine.answering.prompt import SENTENCES, build_prompt
from engine.answering.script import shown_language
from engine.domain.answer import AnswerMode, Citation
from engine.domain.conversation import Turn
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.errors import BackendFailed
from engine.languages.registry import profile_for
from engine.ports import Generator

__all__ = ["Writing"]

LLM_FAILED = "The language model failed; the answer quotes the knowledge base."
LLM_INTERRUPTED = "The language model broke off; the sentences sent before it did are verified."
LLM_UNSUPPORTED = "No sentence of the language model was supported by the evidence; the answer quotes it."


@dataclass
class Writing:
    """One answer being written; `mode` and `notes` are final once `pieces` is exhausted.

    A canned answer is never left to the language model, which writes at most so many `sentences`.
    """

    question: str
    language: str
    passages: Sequence[Passage]
    extraction: Extraction
    history: Sequence[Turn] = ()
    sentences: int = SENTENCES
    mode: AnswerMode = AnswerMode.EXTRACTIVE
    notes: tuple[str, ...] = ()

    def pieces(self, generator: Generator | None) -> Iterator[Piece]:
        """Yield the answer piece by piece; every piece is verified before it is yielded."""
        if generator is not None and self.mode is not AnswerMode.CANNED:
            yield from self._generated(generator)
        if self.mode is not AnswerMode.GENERATED:
            yield from pieces(self.extraction, self.passages, reader=self.language)

    def spoken(self, citations: Sequence[Citation]) -> str:
        """Return the language (BCP 47) of what was written, which has these citations."""
        if self.mode is AnswerMode.GENERATED:
            return self.language
        return shown_language(citations[0].language, self.language)

    def _generated(self, generator: Generator) -> Iterator[Piece]:
        prompt = build_prompt(self.question, self.language, self.passages, self.history, sentences=self.sentences)
        written = 0
        try:
            for sentence in stream_grounded(generator.stream(prompt), self.passages, language=self.language):
                separator = self._separator(sentence) if written else ""
                start, written = written + len(separator), written + len(separator) + len(sentence.text)
                self.mode = AnswerMode.GENERATED
                yield Piece(separator + sentence.text, self._citations(sentence, Span(start, written)))
        except BackendFailed:
            self.notes = (LLM_INTERRUPTED if written else LLM_FAILED,)
        else:
            self.notes = () if written else (LLM_UNSUPPORTED,)

    def _separator(self, sentence: GroundedSentence) -> str:
        if "\n" in sentence.before:
            return sentence.before
        return "\n" if is_step(sentence.text) else profile_for(self.language).joiner

    def _citations(self, sentence: GroundedSentence, answer_span: Span) -> tuple[Citation, ...]:
        return tuple(
            citation(self.passages[index], Quote(index, span, quoted(self.passages[index], span)), answer_span)
            for index, span in sentence.citations
        )

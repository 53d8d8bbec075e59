"""Ask questions as customers would, without a trace of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from engine.answering.coverage import QuestionTerms, term_set
from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.domain.proposals import Expected, Outcome, Reply
from engine.domain.search import SearchFilter
from engine.guard.words.disguises import is_apart
from engine.languages.folding import fold
from engine.languages.handover_cues import accepts
from engine.languages.quantities import quantities_supported
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk
from engine.service import Engine

__all__ = ["Rehearsal", "rehearsed", "says"]

SAID = 0.6  # of an answer's terms that a reply must have, if no sentence of it stands there


class Rehearsal(Engine):
    """An engine that keeps and counts nothing of what it is asked."""

    def record(self, answer: Answer, history: Sequence[Turn], knowledge_base: str, *, customer: str = "") -> None:
        """Leave no trace."""

    @classmethod
    def of(cls, engine: Engine) -> Rehearsal:
        """Return one over the parts of an engine, which is to be closed instead of it."""
        return cls(engine.parts, engine.options)


def rehearsed(
    engine: Rehearsal, knowledge_base: str, expected: Expected, *, filter: SearchFilter | None = None
) -> Reply:
    """Ask a question; it is right if the reply says one of the wordings, or if there is none where none is expected."""
    request = AnswerRequest(question=expected.question, language=expected.language, filter=filter or SearchFilter())
    answer = engine.answer(knowledge_base, request)
    text = answer.text.text if answer.text else ""
    outcome = Outcome.ANSWERED if answer.text else Outcome.CLARIFIED if answer.clarify else Outcome.ABSTAINED
    right = any(says(text, wording, expected.language) for wording in expected.wordings)
    return Reply(outcome, text, round(answer.confidence, 4), right if expected.wordings else not text)


def says(text: str, wording: str, language: str) -> bool:
    """Tell whether a text says what a wording says: a sentence of it, or most of its terms and all of its values."""
    said = fold(text)
    if not said:
        return False
    if any(_stands(sentence, said) for sentence in _telling(wording)):
        return True
    covered = QuestionTerms.among(wording, language, ()).coverage(term_set(text, language))
    return covered >= SAID and quantities_supported(wording, text)


def _telling(wording: str) -> Iterator[str]:
    """Yield the sentences of a wording, folded, but for those that any reply may have: "Yes.", "No."."""
    for span in sentences(wording):
        sentence = span.of(wording)
        folded = fold(sentence).strip(" .。!！…")
        if folded and not is_small_talk(sentence) and not accepts(sentence):
            yield folded


def _stands(sentence: str, said: str) -> bool:
    """Tell whether a folded sentence stands in a folded text, from word to word."""
    places = (found.start() for found in re.finditer(re.escape(sentence), said))
    return any(is_apart(said, at, at + len(sentence)) for at in places)

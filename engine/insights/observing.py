"""Observe what customers asked and what agents answered: in cases, and in answers that agents corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.answering.evidence import ASKS
from engine.domain.access import ACCESS_PREFIX
from engine.domain.feedback import FeedbackFilter, Review, Verdict
from engine.domain.knowledge import Document, DocumentFilter, DocumentKind, stable_id
from engine.domain.proposals import Observation
from engine.guard.personal_data import Scrubber
from engine.guard.placeholders import PLACEHOLDER
from engine.languages.capitals import capitalized
from engine.languages.quantities import QuantityKind, quantities
from engine.languages.sentences import sentences
from engine.languages.service_matter import matter_of
from engine.languages.service_phrases import all_question_headings, all_resolution_headings, is_small_talk
from engine.ports import FeedbackRepository, KnowledgeRepository

__all__ = ["observed_cases", "observed_corrections"]

ORDER_DIGITS = 6  # of a code; fewer are a product or an error
MAX_ANSWER = 1500  # characters
_TITLES = r"(?:Mr|Mrs|Ms|Dr|Herr|Frau)\.?\s+"
_NAMED = rf"(?:{_TITLES})?\[name \d+\](?:先生|女士|様|さん|님)?"
_GREETED = re.compile(
    rf"(?:^|(?<=[。！？])|(?<=[.!?] ))(?P<greeting>[^\n,，、:：.!?。！？\[]{{0,20}}?)[,，]?[ \t]*{_NAMED}[ \t]*"
    r"(?:[您你]好)?[,，、:：!！][ \t]*",
    re.MULTILINE,
)
_ADDRESSED = re.compile(rf"[,，、]\s*{_NAMED}(?=\s*(?:[,，、.!?。！？]|$))", re.MULTILINE)
_DEAR = frozenset({"", "dear", "liebe", "lieber", "sehr geehrte", "sehr geehrter"})


def observed_cases(knowledge: KnowledgeRepository, knowledge_base: str) -> Iterator[Observation]:
    """Yield what the cases of a knowledge base tell: those that ingestion made of resolved conversations."""
    for case in knowledge.documents(knowledge_base, filter=DocumentFilter(kind=DocumentKind.CASE)):
        question, answer = _parts(knowledge.stored_text(case.id, case.version).text)
        access = tuple(sorted(tag for tag in case.tags if tag.startswith(ACCESS_PREFIX)))
        yield from _observed(
            stable_id("case", case.id), (_asked(case, question), answer), case.language, document=case.id, access=access
        )


def observed_corrections(feedback: FeedbackRepository, knowledge_base: str) -> Iterator[Observation]:
    """Yield what agents sent in place of answers and abstentions."""
    wanted = FeedbackFilter(knowledge_base=knowledge_base, verdicts=(Verdict.EDITED,))
    for review in feedback.reviews(wanted):
        yield from _corrected(review)


def _corrected(review: Review) -> Iterator[Observation]:
    about = review.exchange
    said = (about.standalone, review.feedback.edited_text)
    key = stable_id("feedback", review.feedback.id)
    yield from _observed(key, said, about.language, conversation=about.conversation_id)


def _observed(
    id: str,
    said: tuple[str, str],
    language: str,
    *,
    document: str = "",
    conversation: str = "",
    access: tuple[str, ...] = (),
) -> Iterator[Observation]:
    scrubber = Scrubber(language)
    question, answer = (_general(scrubber.scrub(text)) for text in said)
    if question and answer:
        yield Observation(id, capitalized(question), answer[:MAX_ANSWER], language, document, conversation, access)


def _parts(text: str) -> tuple[str, str]:
    """Return what stands under the two headings of a case."""
    parts: dict[str, list[str]] = {"question": [], "resolution": []}
    where = "question"
    for line in text.split("\n"):
        if line.strip() in all_question_headings():
            where = "question"
        elif line.strip() in all_resolution_headings():
            where = "resolution"
        else:
            parts[where].append(line)
    return "\n".join(parts["question"]).strip(), "\n".join(parts["resolution"]).strip()


def _asked(case: Document, question: str) -> str:
    """Return the title, which is the main question unless the record had one of its own; then the first question."""
    if ASKS.search(case.title) or not question:
        return case.title
    asked = [span.of(question) for span in sentences(question)]
    return next((each for each in asked if ASKS.search(each)), asked[0])


def _general(text: str) -> str:
    """Leave out sentences that are about one customer alone, and what is said beside the matter."""
    kept: list[str] = []
    end = 0
    text = _ADDRESSED.sub("", _GREETED.sub(_ungreeted, text))
    for span in sentences(text):
        sentence = span.of(text)
        if not _is_particular(sentence) and (matter := matter_of(sentence)):
            gap = text[end : span.start] if kept else ""
            kept.append(("\n" if "\n" in gap else gap[:1]) + matter)
        end = span.end
    return "".join(kept).strip()


def _ungreeted(found: re.Match[str]) -> str:
    """Return nothing for a greeting with a name in it, and what is none as it is: it speaks of somebody."""
    greeting = found["greeting"].strip()
    return "" if greeting.lower() in _DEAR or is_small_talk(greeting) else found[0]


def _is_particular(sentence: str) -> bool:
    if PLACEHOLDER.search(sentence):
        return True
    codes = (each.value for each in quantities(sentence) if each.kind is QuantityKind.CODE)
    return any(sum(map(str.isdigit, code)) >= ORDER_DIGITS for code in codes)

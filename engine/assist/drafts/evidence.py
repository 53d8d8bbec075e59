"""Find what the knowledge says to a customer's question, and whether it may be said in a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine.answering.acting import Acting
from engine.answering.canned import canned_answer
from engine.answering.channels import fitted
from engine.answering.compose import citation
from engine.answering.confidence import estimate
from engine.answering.conflicts import settled
from engine.answering.extract import Extraction, Quote, extract
from engine.assist.suggesting.finding import found_passages
from engine.assist.suggesting.situation import Situation
from engine.domain.answer import Citation
from engine.domain.channel import Channel
from engine.domain.handoff import Clarification
from engine.domain.knowledge import PAST_KINDS, Span
from engine.domain.search import Passage
from engine.domain.suggestion import WarningKind
from engine.languages.kinship import Kinship, kinship
from engine.service import Engine

__all__ = ["Evidence", "evidence_for"]

PASSAGES = 20  # confidence compares the best with what follows
SENTENCES = 2  # quoted at most: the courtesies take room too
LEAST = 0.4
"""Confidence that a draft needs, which an agent reads before it is sent; an answer needs more by default.

Chosen with the table that `python -m evals.fit_drafts` prints of one half of the sample's golden questions.
"""
NOTHING: Final = Extraction(())
_LIST_MARK: Final = re.compile(r"\s*(?:\d{1,2}\s*[.)、．](?!\d)|[-•*・])\s*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What answers a question; `doubt` says why none of it may be sent as it stands, None if it may.

    LOW_CONFIDENCE is a warning only. `clarify` is the question that decides between several answers.
    """

    passages: Sequence[Passage] = ()
    extraction: Extraction = NOTHING
    confidence: float = 0.0
    doubt: WarningKind | None = WarningKind.NO_EVIDENCE
    clarify: Clarification | None = None

    @property
    def may_be_sent(self) -> bool:
        """Whether the quotes may stand in a draft."""
        return self.doubt in {None, WarningKind.LOW_CONFIDENCE}

    @property
    def nearest(self) -> Citation | None:
        """The first quote, for the agent to look at; it stands nowhere in the draft."""
        if not self.extraction.quotes:
            return None
        first = self.extraction.quotes[0]
        return citation(self.passages[first.passage], first, Span(0, 0))


def evidence_for(engine: Engine, situation: Situation, language: str, channel: Channel) -> Evidence:
    """Return what answers the question in the draft's language (BCP 47), else what does in another one.

    What was said to other customers is no evidence.
    """
    found = [each for each in found_passages(engine, situation, limit=PASSAGES) if each.kind not in PAST_KINDS]
    own = [each for each in found if kinship(each.language, language) is Kinship.LANGUAGE]
    best = _weighed(engine, situation, own, channel)
    if best.doubt is not WarningKind.NO_EVIDENCE or len(own) == len(found):
        return best
    others = _weighed(engine, situation, found, channel)
    return replace(others, doubt=WarningKind.OTHER_LANGUAGE) if others.doubt is None else best


def _weighed(engine: Engine, situation: Situation, found: Sequence[Passage], channel: Channel) -> Evidence:
    """Quote the passages, and judge the quotes by the standard of answers."""
    if not found:
        return Evidence()
    language, reranker = situation.language, engine.parts.reranker
    acting = Acting(situation.latest, situation.question, language, situation.history, found, answer_anyway=True)
    question, passages = acting.wanted()
    options = fitted(engine.options.extraction, channel)
    options = replace(options, max_sentences=min(SENTENCES, options.max_sentences))
    canned = None if acting.decided else canned_answer(question, language, passages)
    extraction = acting.chosen() or canned or extract(question, language, passages, options, reranker=reranker)
    if len({passages[quote.passage].document_id for quote in extraction.quotes}) > 1:  # they may be about two matters
        options = replace(options, max_sentences=1)
        extraction = extract(question, language, passages, options, reranker=reranker)
    standard = engine.standard(situation.knowledge_base)
    confidence = standard.confidence(estimate(question, language, passages, extraction, reranker=reranker))
    back = None if canned else acting.clarify(extraction)
    held = settled(extraction, passages)
    sure = acting.decided or canned is not None or back is not None
    doubt = None if sure or confidence >= standard.needed else WarningKind.LOW_CONFIDENCE
    if not held.extraction.quotes or (doubt and confidence < LEAST):
        doubt = WarningKind.NO_EVIDENCE
    elif held.undecided:
        doubt = WarningKind.CONFLICT
    return Evidence(held.passages, _unmarked(held.extraction), confidence, doubt, back)


def _unmarked(extraction: Extraction) -> Extraction:
    """Return the quotes without the numbers and bullets of the lists that they are taken from; steps keep them."""
    if extraction.steps:
        return extraction
    return replace(extraction, quotes=tuple(map(_without_mark, extraction.quotes)))


def _without_mark(quote: Quote) -> Quote:
    mark = _LIST_MARK.match(quote.text)
    start = mark.end() if mark else 0
    return Quote(quote.passage, Span(quote.span.start + start, quote.span.end), quote.text[start:])

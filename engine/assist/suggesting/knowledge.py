"""Suggest what the knowledge says: quotes with their citations, and the question that decides between cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.answering.clarifying import clarification
from engine.answering.compose import pieces
from engine.answering.extract import Extraction, ExtractOptions, extract
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.wording import CLARIFY, KNOWLEDGE, said
from engine.domain.knowledge import PAST_KINDS, Span, stable_id
from engine.domain.search import Passage
from engine.domain.suggestion import SuggestionKind
from engine.ports import Reranker

__all__ = ["knowledge_candidates"]

PASSAGES = 6  # that are quoted from
SENTENCES = 3  # quoted at most: an agent takes from them what is needed
CLARIFY_CONFIDENCE = 0.5


def knowledge_candidates(
    situation: Situation, passages: Sequence[Passage], options: ExtractOptions, reranker: Reranker | None
) -> Iterator[Candidate]:
    """Yield a quote of each of the best passages, and the question that decides between cases if there is one."""
    own = [passage for passage in passages if passage.kind not in PAST_KINDS][:PASSAGES]
    longer = replace(options, max_sentences=SENTENCES)
    for place, passage in enumerate(own):
        found = extract(situation.question, situation.language, [passage], longer, reranker=reranker)
        if found.quotes:
            yield _candidate(situation, passage, found, place)
        if place == 0:
            yield from _asked_back(situation, own, found)


def _asked_back(situation: Situation, passages: Sequence[Passage], best: Extraction) -> Iterator[Candidate]:
    """Yield the question that decides between cases; `best` is what the first passage says."""
    if back := clarification(situation.question, situation.language, passages, best):
        top = passages[0]
        yield Candidate(
            kind=SuggestionKind.CLARIFY,
            key=stable_id(top.document_id, *top.section),
            title=top.title,
            text=back.question,
            language=situation.language,
            reason=said(CLARIFY, situation.agent, title=top.title),
            evidence=tuple(
                replace(cited, answer_span=Span(0, len(back.question)))
                for part in pieces(best, passages)
                for cited in part.citations
            ),
            options=back.options,
            fixed=CLARIFY_CONFIDENCE,
        )


def _candidate(situation: Situation, passage: Passage, found: Extraction, place: int) -> Candidate:
    parts = list(pieces(found, [passage], reader=situation.language))
    heading = passage.section[-1] if passage.section else passage.title
    text = "".join(part.text for part in parts)
    return Candidate(
        kind=SuggestionKind.KNOWLEDGE,
        key=stable_id(passage.document_id, *passage.section),
        title=passage.title,
        text=text,
        language=passage.language,
        reason=said(KNOWLEDGE, situation.agent, title=passage.title, section=heading),
        context=f"{heading}\n{text}",
        place=place,
        evidence=tuple(citation for part in parts for citation in part.citations),
    )

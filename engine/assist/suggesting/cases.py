"""Suggest what agents answered in similar cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from engine.answering.compose import citation
from engine.answering.extract import Quote
from engine.answering.script import readable
from engine.assist.canned.filling import gaps
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.exchanges import PastExchange, past_exchanges
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.wording import SIMILAR_CASE, said
from engine.domain.knowledge import DocumentKind, Span, stable_id
from engine.domain.search import Passage
from engine.domain.suggestion import SuggestionKind
from engine.ports import Reranker

__all__ = ["TextOf", "case_candidates"]

TextOf = Callable[[str, int], str]
"""Returns the stored text of a document's version."""

TRANSCRIPTS = 3
EACH = 2  # replies of one transcript


def case_candidates(
    situation: Situation, passages: Sequence[Passage], text_of: TextOf, reranker: Reranker
) -> Iterator[Candidate]:
    """Yield the replies to what is most like the question in the transcripts that were found."""
    records = {each.document_id: each for each in reversed(passages) if each.kind is DocumentKind.TRANSCRIPT}
    found: list[tuple[float, Passage, PastExchange, str]] = []
    for passage in list(reversed(records.values()))[:TRANSCRIPTS]:
        text = text_of(passage.document_id, passage.version)
        past = _exchanges(text)
        contexts = [f"{each.asked}\n{each.reply.of(text)}" for each in past]
        near = reranker.relevance(situation.question, contexts) if past else ()
        ranked = sorted(zip(map(float, near), past, strict=True), key=lambda each: -each[0])
        found += ((score, passage, exchange, text) for score, exchange in ranked[:EACH])
    found.sort(key=lambda each: -each[0])
    for place, (_, passage, exchange, text) in enumerate(found):
        yield _candidate(situation, passage, exchange, text, place)


def _candidate(situation: Situation, passage: Passage, exchange: PastExchange, text: str, place: int) -> Candidate:
    reply = exchange.reply.of(text)
    shown = readable(reply, language=passage.language, reader=situation.language)
    cited = citation(passage, Quote(0, exchange.reply, reply), Span(0, len(shown)))
    return Candidate(
        kind=SuggestionKind.SIMILAR_CASE,
        key=stable_id(passage.document_id, str(exchange.reply.start)),
        title=passage.title,
        text=shown,
        language=passage.language,
        reason=said(SIMILAR_CASE, situation.agent, title=passage.title),
        context=f"{exchange.asked}\n{reply}",
        place=place,
        evidence=(cited,),
        gaps=tuple(gaps(shown)),
    )


@lru_cache(maxsize=512)
def _exchanges(text: str) -> tuple[PastExchange, ...]:
    return past_exchanges(text)

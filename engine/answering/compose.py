"""Put quotes together into the text of an answer, with a citation for each stretch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answering.evidence import CLOSED
from engine.answering.extract import Extraction, Quote
from engine.answering.script import readable
from engine.domain.answer import Citation
from engine.domain.knowledge import Span, stable_id
from engine.domain.search import Passage
from engine.languages.registry import profile_for

__all__ = ["Piece", "citation", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """The next stretch of an answer, `text` with whatever separates it from the one before, and its evidence."""

    text: str
    citations: tuple[Citation, ...]


def pieces(extraction: Extraction, passages: Sequence[Passage], *, reader: str = "") -> Iterator[Piece]:
    """Yield the answer quote by quote, joined as the language of the passage joins sentences.

    Chinese is written in the script of the language `reader`; the citations keep the original. Steps, and what
    follows a row or item without a full stop, begin on a line of their own.
    """
    written = 0
    closed = True
    for index, quote in enumerate(extraction.quotes):
        passage = passages[quote.passage]
        apart = "\n" if extraction.steps or not closed else profile_for(passage.language).joiner
        separator = apart if index else ""
        closed = bool(CLOSED.search(quote.text))
        text = readable(quote.text, language=passage.language, reader=reader)
        start = written + len(separator)
        written = start + len(text)
        yield Piece(separator + text, (citation(passage, quote, Span(start, written)),))


def citation(passage: Passage, quote: Quote, answer_span: Span) -> Citation:
    """Return the citation of a quote for a stretch of the answer's text."""
    return Citation(
        id=stable_id(passage.document_id, str(passage.version), str(quote.span.start), str(quote.span.end)),
        document_id=passage.document_id,
        version=passage.version,
        title=passage.title,
        uri=passage.uri,
        kind=passage.kind,
        language=passage.language,
        section=passage.section,
        page=passage.page,
        span=quote.span,
        quote=quote.text,
        answer_span=answer_span,
        score=passage.score,
    )

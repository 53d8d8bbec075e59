"""Questions that the customer may want to ask next: those the knowledge itself poses beside the answer."""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.evidence import candidate_sentences
from engine.answering.extract import Extraction
from engine.answering.script import readable
from engine.domain.search import Passage
from engine.languages.folding import fold

__all__ = ["follow_ups"]

MAX_FOLLOW_UPS = 3
PASSAGES = 5


def follow_ups(
    question: str, extraction: Extraction, passages: Sequence[Passage], *, reader: str = ""
) -> tuple[str, ...]:
    """Return up to three headings that are questions, from passages in the answer's language, unanswered so far.

    Chinese is written in the script of the language `reader`.
    """
    if not extraction.quotes:
        return ()
    answered = {(quote.passage, quote.span.start) for quote in extraction.quotes}
    language = passages[extraction.quotes[0].passage].language
    sentences = candidate_sentences(passages[:PASSAGES])
    used = {s.heading for s in sentences if (s.passage, s.span.start) in answered}
    posed = dict.fromkeys(
        s.heading
        for s in sentences
        if s.heading.endswith(("?", "？")) and s.heading not in used and passages[s.passage].language == language
    )
    chosen = [heading for heading in posed if fold(heading) != fold(question)][:MAX_FOLLOW_UPS]
    return tuple(readable(heading, language=language, reader=reader) for heading in chosen)

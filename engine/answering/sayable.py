"""Whether a sentence states something that the desk itself says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.answering.evidence import candidate_sentences
from engine.answering.support import Support
from engine.domain.search import Passage

__all__ = ["Sayable"]

_ASKS = re.compile(r"[?？؟]\W*$")


class Sayable:
    """What of the passages may be said to a customer: their headings and questions alone state nothing."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._spans = [(each.passage, each.span) for each in candidate_sentences(passages)]

    def states(self, claim: str, support: Support) -> bool:
        """Tell whether a claim is no question, and rests on more than headings, questions and a customer's words."""
        return not _ASKS.search(claim) and any(
            index == passage and span.start < said.end and said.start < span.end
            for index, span in support.citations
            for passage, said in self._spans
        )

"""What may be suggested, before it is ranked."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.answer import Citation
from engine.domain.canned_reply import Gap
from engine.domain.suggestion import SuggestionKind

__all__ = ["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could be sent or done; the other fields are those of `Suggestion`.

    `context` is what tells whether it fits the question: it is compared with it. `place` is its rank among those of
    its kind, from 0. A `fixed` confidence needs no comparison.
    """

    kind: SuggestionKind
    key: str
    title: str
    text: str
    language: str
    reason: str
    context: str = ""
    place: int = 0
    evidence: tuple[Citation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    options: tuple[str, ...] = ()
    fixed: float | None = None

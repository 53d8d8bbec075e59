"""Values of a search: the question to the store, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engine.domain.knowledge import DocumentKind, Span

__all__ = ["Passage", "SearchFilter", "SearchResult", "SparseVector"]


@dataclass(frozen=True, slots=True)
class SparseVector:
    """Weights of terms: `indices` are distinct unsigned 32-bit term ids, `values` their weights, same length."""

    indices: tuple[int, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.indices) != len(self.values):
            raise ValueError("a sparse vector needs as many values as indices")

    def __bool__(self) -> bool:
        return bool(self.indices)


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which chunks take part; an empty field does not restrict, several values of one field are alternatives.

    `tags` must all be present. `as_of` keeps documents that hold on that day: those without dates, and those with
    effective_from <= as_of <= effective_until (each where given). `access` names the lists that the reader is on, see
    `engine.domain.access`; None sees every document.
    """

    kinds: tuple[DocumentKind, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    as_of: date | None = None
    access: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved chunk with where it comes from and why it is here.

    `score` orders passages within one search. `ranks` maps a retriever's name ("dense", "sparse") to the
    passage's rank there, from 1; `scores` to its raw score (cosine; BM25). `highlights` are spans of the stored
    text (same offsets as `span`) that match the query. `quarantined`: something in it is
    aimed at a language model; None if ingestion has not looked.
    """

    chunk_id: str
    document_id: str
    version: int
    title: str
    uri: str
    kind: DocumentKind
    language: str
    section: tuple[str, ...]
    page: int | None
    span: Span
    text: str
    score: float
    ranks: dict[str, int] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    highlights: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    quarantined: bool | None = None

    @property
    def whole(self) -> str:
        """The title, the headings and the text, one below the other."""
        return "\n".join((self.title, *self.section, self.text))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Passages, best first, with the query as it was understood and the time that each stage took."""

    query: str
    language: str
    passages: tuple[Passage, ...]
    timings_ms: dict[str, float] = field(default_factory=dict)

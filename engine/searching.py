"""Searching a knowledge base: the part of the engine between administration and answers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from engine.administration import Administration, EngineParts
from engine.answering.extract import ExtractOptions
from engine.answering.request import validated
from engine.domain.search import Passage, SearchFilter, SearchResult
from engine.fair_turns import FairTurns
from engine.guard.injection_screen import Quarantine
from engine.observability import Stopwatch
from engine.ports import BuiltIndex
from engine.retrieval.highlight import highlighted
from engine.retrieval.hybrid import HybridRetriever, RetrievalOptions, SearchedIndex
from engine.retrieval.siblings import Siblings
from engine.retrieval.visibility import Visibility

__all__ = ["EngineOptions", "Searching"]

PASSAGES_OF_OTHER_DAYS = 8


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """How the engine behaves; see `engine.settings.Settings` for the meaning.

    `tried` is searched instead of the index in use. More than `searches_at_a_time` wait for their turn, together with
    those of other engines in the process that have the same limit: threads that compute share one interpreter, and are
    slower together than one after the other.
    """

    retrieval: RetrievalOptions = field(default_factory=RetrievalOptions)
    extraction: ExtractOptions = field(default_factory=ExtractOptions)
    accepted_error: float = 0.23
    answer_threshold: float | None = None
    max_question_chars: int = 4000
    evidence_passages: int = 5
    quarantine: Quarantine = Quarantine.SENTENCE
    today: Callable[[], date] = date.today
    tried: BuiltIndex | None = None
    searches_at_a_time: int | None = None


_shared_turns = cache(FairTurns)


class Searching(Administration):
    """Searches; the base of `engine.service.Engine`, which answers."""

    def __init__(self, parts: EngineParts, options: EngineOptions | None = None) -> None:
        super().__init__(parts)
        self.options = options or EngineOptions()
        most = self.options.searches_at_a_time
        self._turns = _shared_turns(most) if most else nullcontext()

    def search(
        self,
        knowledge_base: str,
        query: str,
        *,
        filter: SearchFilter | None = None,
        limit: int = 10,
        language: str = "",
        highlight: bool = True,
    ) -> SearchResult:
        """Return the passages for a query, best first, with highlights unless told otherwise.

        Of a page that is there in several languages, the one in the query's own comes first.
        """
        text = validated(query, limit=self.options.max_question_chars, what="query")
        watch = Stopwatch()
        with watch.stage("language"):
            spoken = language or self.parts.detector.detect(text)
        found = self._passages(knowledge_base, SearchResult(text, spoken, ()), filter or SearchFilter(), limit)
        with watch.stage("highlight"):
            passages = tuple(highlighted(each, text, spoken) if highlight else each for each in found.passages)
        return replace(found, passages=passages, timings_ms={**watch.timings_ms, **found.timings_ms})

    def _passages(
        self, knowledge_base: str, asked: SearchResult, filter: SearchFilter, limit: int, *, alone: bool = False
    ) -> SearchResult:
        """Search among the versions that are in force on the day that the filter names, else today.

        `asked` has the query and its language. With `alone`, pages in other languages that are there in the query's
        own are left out.
        """
        with self._turns:
            return self._found(knowledge_base, asked, filter, limit, alone=alone)

    def _found(
        self, knowledge_base: str, asked: SearchResult, filter: SearchFilter, limit: int, *, alone: bool
    ) -> SearchResult:
        retriever = self._retriever(knowledge_base)
        if retriever is None:
            return asked
        day = self._day(filter)
        visibility = Visibility(self.parts.knowledge, knowledge_base, day)

        def find(wanted: SearchFilter) -> SearchResult:
            return retriever.search(asked.query, asked.language, filter=wanted, limit=limit, visibility=visibility)

        holding = replace(filter, as_of=day)
        found = find(holding)
        if filter.document_ids or filter.languages:
            return found
        siblings = Siblings(
            self.parts.knowledge, day, lambda documents: find(replace(holding, document_ids=documents)).passages
        )
        with (watch := Stopwatch()).stage("siblings"):
            passages = siblings.preferred(found.passages, asked.language, alone=alone)[:limit]
        return replace(found, passages=passages, timings_ms={**found.timings_ms, **watch.timings_ms})

    def _out_of_force(self, knowledge_base: str, asked: SearchResult, filter: SearchFilter) -> tuple[Passage, ...]:
        """Search among the versions that are in force on other days than the one that the filter names."""
        day = self._day(filter)
        elsewhere = self.parts.knowledge.out_of_force(knowledge_base, day)
        documents = tuple(each for each in elsewhere if not filter.document_ids or each in filter.document_ids)
        retriever = self._retriever(knowledge_base) if documents else None
        if retriever is None:
            return ()
        found = retriever.search(
            asked.query,
            asked.language,
            filter=replace(filter, as_of=None, document_ids=documents),
            limit=PASSAGES_OF_OTHER_DAYS,
        ).passages
        holding = self.parts.knowledge.in_force(documents, day)
        current = {document_id: version.version for document_id, version in holding.items()}
        return tuple(each for each in found if current.get(each.document_id) != each.version)

    def open_index(self, knowledge_base: str) -> BuiltIndex | None:
        """Return the index to search, the one that is tried if there is one; see the base class."""
        return self.options.tried or super().open_index(knowledge_base)

    def _retriever(self, knowledge_base: str) -> HybridRetriever | None:
        """Return what searches the index; None if nothing is indexed yet."""
        built = self.open_index(knowledge_base)
        if built is None:
            return None
        searched = SearchedIndex(self.parts.store, built.name(knowledge_base))
        return HybridRetriever(
            searched, self.embedder_of(built), self.encoder, self.options.retrieval, reranker=self.parts.reranker
        )

    def _day(self, filter: SearchFilter) -> date:
        return filter.as_of or self.options.today()

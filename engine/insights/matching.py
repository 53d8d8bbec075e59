"""Match what agents answer with what the knowledge says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.answering.canned import canned_answer
from engine.answering.coverage import QuestionTerms, term_set
from engine.domain.knowledge import Document, DocumentKind
from engine.domain.proposals import Expected, Observation, Place, ProposalKind
from engine.domain.search import Passage, SearchFilter
from engine.insights.contradictions import contradictions
from engine.insights.mining import Matched
from engine.insights.rehearsing import Rehearsal, rehearsed
from engine.insights.statements import Statement, in_document, in_text
from engine.languages.quantities import quantities_supported

__all__ = ["KNOWLEDGE", "Matcher"]

KNOWLEDGE = (DocumentKind.PAGE, DocumentKind.MANUAL, DocumentKind.POLICY, DocumentKind.FAQ)
"""What counts as knowledge: not what was said in conversations."""

FOUND = 6  # passages for the question, and for the answer
KNOWN = 0.7  # of an answer's terms that stand in a passage which says the same
_TALK = "observation"


class Matcher:
    """Tells how observations stand with a knowledge base."""

    def __init__(self, engine: Rehearsal, knowledge_base: str) -> None:
        self._engine = engine
        self._knowledge_base = knowledge_base

    def __call__(self, observation: Observation) -> Matched:
        """Return how an observation stands with the knowledge, and what it would change."""
        found = self._found(observation)
        if against := self._contradicted(observation, found):
            return Matched(ProposalKind.CONTRADICTION, against)
        expected = Expected(observation.question, (observation.answer,), observation.language)
        reply = rehearsed(self._engine, self._knowledge_base, expected, filter=SearchFilter(kinds=KNOWLEDGE))
        if reply.right:
            return Matched(ProposalKind.DUPLICATE)
        if entry := self._entry(observation, found):
            return Matched(ProposalKind.BETTER_WORDING, entry)
        if any(_known(observation, passage) for passage in found):
            return Matched(ProposalKind.BETTER_WORDING)
        return Matched(ProposalKind.NEW)

    def _found(self, observation: Observation) -> Sequence[Passage]:
        wanted = SearchFilter(kinds=KNOWLEDGE)
        queries = (observation.question, observation.answer)
        most = self._engine.options.max_question_chars
        searched = (
            self._engine.search(
                self._knowledge_base,
                query[:most],
                filter=wanted,
                limit=FOUND,
                language=observation.language,
                highlight=False,
            )
            for query in queries
        )
        return list({each.chunk_id: each for result in searched for each in result.passages}.values())

    def _contradicted(self, observation: Observation, found: Sequence[Passage]) -> Place | None:
        """Return the sentence of a document that says something else, the surest one."""
        told = _talk(self._knowledge_base, observation)
        statements = [*told, *self._stated(found)]
        parts = self._engine.parts
        for each in contradictions(statements, {}, parts.embedder, parts.reranker):
            sides = (each.one, each.other)
            said = [side for side in sides if side.document_id != _TALK]
            if len(said) == 1:
                (place,) = said
                return Place(place.document_id, place.version, place.title, place.span, place.quote)
        return None

    def _stated(self, found: Sequence[Passage]) -> Iterator[Statement]:
        knowledge = self._engine.parts.knowledge
        for key, version in dict.fromkeys((each.document_id, each.version) for each in found):
            text = knowledge.stored_text(key, version).text
            yield from in_document(knowledge.version(key, version), knowledge.chunks(key, version), text)

    def _entry(self, observation: Observation, found: Sequence[Passage]) -> Place | None:
        """Return the answer of the FAQ entry that asks the same."""
        known = canned_answer(observation.question, observation.language, found)
        if known is None:
            return None
        quote = known.quotes[0]
        where = found[quote.passage]
        return Place(where.document_id, where.version, where.title, quote.span, quote.text)


def _talk(knowledge_base: str, observation: Observation) -> Iterator[Statement]:
    """Yield what an observation states, as a conversation does."""
    document = Document(
        id=_TALK,
        knowledge_base=knowledge_base,
        source="",
        uri="",
        title="",
        kind=DocumentKind.TRANSCRIPT,
        language=observation.language,
        version=0,
        content_hash="",
    )
    for each in in_text(observation.answer, observation.language, context=observation.question):
        yield Statement(each.text, each.language, each.span, each.context, document)


def _known(observation: Observation, passage: Passage) -> bool:
    said = QuestionTerms.among(observation.answer, observation.language, ())
    covered = said.coverage(term_set(passage.text, passage.language))
    return covered >= KNOWN and quantities_supported(observation.answer, passage.text)

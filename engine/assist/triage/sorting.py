"""Put a triage together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.assist.triage.entities import entities
from engine.assist.triage.intents import Finding
from engine.assist.triage.priority import prioritised
from engine.domain.assist import Mood
from engine.domain.handoff import FactKind, Queue
from engine.domain.search import Passage
from engine.domain.triage import Entity, Intent, MissingFact, PriorityReason, Triage, TriageRequest
from engine.languages.fact_questions import fact_question
from engine.languages.queue_cues import queue_of

__all__ = ["names_products", "sorted_out"]

_INSTEAD: Final = {
    FactKind.SKU: (FactKind.PRODUCT,),
    FactKind.PRODUCT: (FactKind.SKU,),
    FactKind.ORDER_NUMBER: (),
    FactKind.EMAIL: (FactKind.PHONE,),
    FactKind.PHONE: (FactKind.EMAIL,),
}
"""What tells as much as the fact itself."""


def names_products(said: Sequence[str], language: str) -> bool:
    """Tell whether there are codes that the knowledge base may know as products."""
    return any(entity.kind is FactKind.CODE for text in said for entity in entities(text, language))


def sorted_out(
    request: TriageRequest, language: str, finding: Finding, mood: Mood, passages: Sequence[Passage] = ()
) -> Triage:
    """Return the triage of a message, given its intents and mood; `passages` name the products."""
    priority, reasons = prioritised(request.text, finding.meant, mood, request.tier)
    found = entities(request.text, language, passages)
    known = {entity.kind for text in request.earlier for entity in entities(text, language, passages)}
    return Triage(
        language=language,
        intents=finding.intents,
        none_probability=finding.none_probability,
        candidates=finding.candidates,
        category=next((intent.category for intent in finding.meant if intent.category), ""),
        queue=_queue(request, finding.meant, reasons),
        priority=priority,
        reasons=reasons,
        entities=found,
        missing=_missing(finding.meant, found, known, language),
        mood=mood,
    )


def _queue(request: TriageRequest, intents: Sequence[Intent], reasons: Sequence[PriorityReason]) -> str:
    """Return the likeliest intent's queue; by the words of the message where it has none, and where there is danger."""
    if PriorityReason.DANGER in reasons:
        return Queue.SAFETY.value
    named = next((intent.queue for intent in intents if intent.queue), "")
    return named or queue_of((*request.earlier, request.text)).value


def _missing(
    intents: Sequence[Intent], found: Sequence[Entity], known: set[FactKind], language: str
) -> tuple[MissingFact, ...]:
    told = known | {entity.kind for entity in found}
    wanted = dict.fromkeys(kind for intent in intents for kind in intent.required)
    return tuple(
        MissingFact(kind, fact_question(kind, language))
        for kind in wanted
        if told.isdisjoint({kind, *_INSTEAD.get(kind, ())})
    )

"""Collect what a conversation names: orders, parcels, amounts, dates, products, how to reach the customer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from engine.assist.triage.entities import entities
from engine.domain.conversation import Turn
from engine.domain.handoff import FactKind
from engine.domain.knowledge import Span
from engine.domain.summary import SummaryFact, TurnQuote
from engine.domain.triage import Entity
from engine.languages.folding import fold

__all__ = ["MAX_FACTS", "conversation_facts"]

MAX_FACTS: Final = 60
_NAME = re.compile(
    r"(?!(?:My|The|This|That|Your|Our|New|Old|Still|Same|Again|Error|Code|Model|And|But|With|For|Is|It|On|In)\b)"
    r"[A-Z][a-z]+ \Z"
)
_MODEL = re.compile(r"[A-Z]\d{1,2}\Z")
_EDITION = re.compile(r" (?:Plus|Pro|Max|Mini|Lite)\b")


def conversation_facts(turns: Sequence[Turn], languages: Sequence[str]) -> tuple[SummaryFact, ...]:
    """Return each fact once, in the order told, with all the places where it stands; `languages` are the turns'.

    Of more than MAX_FACTS those that were named most often stay.
    """
    found: dict[tuple[FactKind, str], SummaryFact] = {}
    for place, (turn, language) in enumerate(zip(turns, languages, strict=True)):
        for entity in _entities(turn.text, language):
            quote = TurnQuote(place, entity.span, entity.span.of(turn.text))
            known = found.get((entity.kind, entity.normal))
            quotes = (*known.quotes, quote) if known else (quote,)
            text = known.text if known else entity.text
            found[entity.kind, entity.normal] = SummaryFact(entity.kind, text, entity.normal, quotes)
    kept = sorted(found.values(), key=lambda fact: -len(fact.quotes))[:MAX_FACTS]
    chosen = {(fact.kind, fact.normal) for fact in kept}
    return tuple(fact for key, fact in found.items() if key in chosen)


def _entities(text: str, language: str) -> Iterator[Entity]:
    for entity in entities(text, language):
        yield _product(entity, text) if entity.kind is FactKind.CODE else entity


def _product(code: Entity, text: str) -> Entity:
    """Return a model's code with the name in front of it, such as "Drift R3 Plus"; other codes as they are."""
    name = _NAME.search(text, max(0, code.span.start - 20), code.span.start)
    if not (name and _MODEL.match(code.text)):
        return code
    edition = _EDITION.match(text, code.span.end)
    span = Span(name.start(), edition.end() if edition else code.span.end)
    return Entity(FactKind.PRODUCT, span.of(text), fold(span.of(text)), span)

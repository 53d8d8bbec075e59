"""Find the promises in a reply: what, by when, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.domain.check import PromiseMatter
from engine.domain.knowledge import Span
from engine.guard.promises.cues import DISCOUNT, asks, commits, is_about, is_condition, matters, reports
from engine.languages.folding import fold
from engine.languages.quantities import Quantity, QuantityKind, quantities
from engine.languages.sentences import sentences

__all__ = ["AMOUNTS", "TIMES", "Promise", "promises"]

TIMES = frozenset({QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME})
AMOUNTS = frozenset({QuantityKind.MONEY, QuantityKind.PERCENT})

_CLAUSE = re.compile(r"[，,；;](?!\d)\s*|\s+(?=(?:and|but) (?:we|you|i|the|it|our)\b)|\s+—\s+")
# By when, in words: the rest is found by `quantities`.
_SOON = re.compile(
    r"\b(?:same day|next (?:working )?day|tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"当[天日]|次日|隔天|翌(?:营业|営業)?日|明[天日]|今[天日]|下[个個]?工作[天日]|周[一二三四五六日]|星期[一二三四五六日]|"
    rf"{DISCOUNT}"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise at `span` of the reply, with its quantities: by when, and how much."""

    span: Span
    text: str
    matter: PromiseMatter
    times: tuple[Quantity, ...]
    amounts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, folded, and whether it names a matter, a time or an amount."""

    span: Span
    folded: str
    is_about: bool
    is_definite: bool


def promises(text: str) -> tuple[Promise, ...]:
    """Return the promises of a reply in order of place.

    A promise is a clause, or clauses that belong together, that names a matter of the service and either commits
    somebody or says by when or how much. Questions, instructions and reports of what has happened are none.
    """
    known = [each for each in quantities(text) if each.kind in TIMES | AMOUNTS]
    return tuple(found for span in sentences(text) for found in _in_sentence(text, span, known))


def _in_sentence(text: str, span: Span, known: Sequence[Quantity]) -> Iterator[Promise]:
    folded = fold(span.of(text))
    if not is_about(folded) or asks(folded):
        return
    inside = [each for each in known if each.span.start >= span.start and each.span.end <= span.end]
    for group in _groups([_clause(text, each, inside) for each in _clauses(text, span)]):
        if not (group := _trimmed(group)):
            continue
        found = Span(group[0].span.start, group[-1].span.end)
        said = fold(found.of(text))
        about = next(matters(said), None)
        if about is None or asks(said) or reports(said):
            continue
        mine = [each for each in inside if each.span.start >= found.start and each.span.end <= found.end]
        times = tuple(each for each in mine if each.kind in TIMES)
        amounts = tuple(each for each in mine if each.kind in AMOUNTS)
        if times or amounts or commits(said) or _SOON.search(said):
            yield Promise(found, found.of(text), about, times, amounts)


def _clause(text: str, span: Span, known: Sequence[Quantity]) -> _Clause:
    folded = fold(span.of(text))
    definite = any(each.span.start < span.end and span.start < each.span.end for each in known)
    return _Clause(span, folded, is_about(folded), definite or _SOON.search(folded) is not None)


def _groups(clauses: Sequence[_Clause]) -> Iterator[list[_Clause]]:
    """Join clauses; a new promise begins where what is said so far is one and the next clause is one by itself."""
    group: list[_Clause] = []
    for clause in clauses:
        if group and _is_whole(group) and clause.is_about and (clause.is_definite or _introduces(clause)):
            yield group
            group = []
        group.append(clause)
    if group:
        yield group


def _is_whole(group: Sequence[_Clause]) -> bool:
    told = [clause for clause in group if not is_condition(clause.folded)]
    return any(clause.is_about for clause in told) and any(clause.is_definite for clause in told)


def _trimmed(group: Sequence[_Clause]) -> list[_Clause]:
    """Leave out clauses before and after that add nothing: greetings, "so don't worry"."""
    adds = [at for at, clause in enumerate(group) if clause.is_about or clause.is_definite]
    return list(group[adds[0] : adds[-1] + 1]) if adds else []


def _introduces(clause: _Clause) -> bool:
    return re.match(r"(?:and |but )?(?:we|you|i)\b|我们会|您可以", clause.folded.strip()) is not None


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for cut in _CLAUSE.finditer(text, span.start, span.end):
        if cut.start() > start:
            yield Span(start, cut.start())
        start = cut.end()
    if start < span.end:
        yield Span(start, span.end)

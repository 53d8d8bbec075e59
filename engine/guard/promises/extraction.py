"""Find the promises in a reply: what, by when, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.domain.check import PromiseMatter
from engine.domain.knowledge import Span
from engine.guard.promises.cues import DISCOUNT, asks, commits, is_about, is_case, is_condition, matters, reports
from engine.languages.folding import fold
from engine.languages.quantities import Quantity, QuantityKind, quantities
from engine.languages.sentences import sentences

__all__ = ["AMOUNTS", "TIMES", "Promise", "promises"]

TIMES = frozenset({QuantityKind.DURATION, QuantityKind.DATE, QuantityKind.TIME})
AMOUNTS = frozenset({QuantityKind.MONEY, QuantityKind.PERCENT})

_CLAUSE = re.compile(
    r"[，,；;](?!\d)\s*|\s+(?=(?:and|but|so) (?:we|you|i|the|there|it|our|your)\b)|\s+—\s+|(?<=ので)、|(?<=が)、"
)
_GIVEN = re.compile("(?:ので|ですが|ますが)$")
# By when, in words: the rest is found by `quantities`.
_SOON = re.compile(
    r"\b(?:(?:within|for|in|after|half) an? (?:hour|day|week|fortnight|month|year)|same day|next (?:working )?day|"
    r"tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"当[天日]|次日|隔天|翌(?:营业|営業)?日|明[天日]|今[天日]|下[个個]?工作[天日]|周[一二三四五六日]|"
    r"星期[一二三四五六日]|"
    rf"随时|いつでも|\bany ?time\b|{DISCOUNT}"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise at `span` of the reply, with its quantities: by when, and how much.

    `before` is what its sentence says before it, which may name the goods, the place or the case.
    """

    span: Span
    text: str
    matter: PromiseMatter
    times: tuple[Quantity, ...]
    amounts: tuple[Quantity, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, folded, and whether it names a matter, a time or an amount, and which kinds of quantities."""

    span: Span
    folded: str
    is_about: bool
    is_definite: bool
    kinds: frozenset[QuantityKind]

    @property
    def commits(self) -> bool:
        return self.is_definite or commits(self.folded)


def promises(text: str) -> tuple[Promise, ...]:
    """Return the promises of a reply in order of place.

    A promise is a clause, or clauses that belong together, that names a matter of the service and either commits
    somebody or says by when or how much. Questions, instructions and reports of what has happened are none.
    """
    known = [each for each in quantities(text) if each.kind in TIMES | AMOUNTS]
    return tuple(found for span in sentences(text) for found in _in_sentence(text, span, known))


def _in_sentence(text: str, span: Span, known: Sequence[Quantity]) -> Iterator[Promise]:
    folded = fold(span.of(text))
    if not is_about(folded):
        return
    inside = [each for each in known if each.span.start >= span.start and each.span.end <= span.end]
    clauses = [_clause(text, each, inside) for each in _clauses(text, span)]
    if asks(folded):  # but for what it rests on
        clauses = [each for each in clauses if _GIVEN.search(each.folded)]
    matter: PromiseMatter | None = None
    for group in _groups(clauses):
        if not (group := _trimmed(group)):
            continue
        found = Span(group[0].span.start, group[-1].span.end)
        said = fold(found.of(text))
        matter = about = next(matters(said), matter)
        if about is None or asks(said) or reports(said):
            continue
        mine = [each for each in inside if each.span.start >= found.start and each.span.end <= found.end]
        times = tuple(each for each in mine if each.kind in TIMES)
        amounts = tuple(each for each in mine if each.kind in AMOUNTS)
        if times or amounts or commits(said) or _SOON.search(said):
            yield Promise(found, found.of(text), about, times, amounts, text[span.start : found.start].strip())


def _clause(text: str, span: Span, known: Sequence[Quantity]) -> _Clause:
    folded = fold(span.of(text))
    kinds = frozenset(each.kind for each in known if each.span.start < span.end and span.start < each.span.end)
    return _Clause(span, folded, is_about(folded), bool(kinds) or _SOON.search(folded) is not None, kinds)


def _groups(clauses: Sequence[_Clause]) -> Iterator[list[_Clause]]:
    """Join clauses; a new promise begins where what is said so far is one and the next clause is one by itself.

    What only tells the customer's own case, with its dates and sums, belongs to none.
    """
    group: list[_Clause] = []
    for clause in clauses:
        told = clause.is_definite and is_case(clause.folded) and not commits(clause.folded)
        if group and (told or (_is_whole(group) and _begins(clause, group))):
            yield group
            group = []
        if not told:
            group.append(clause)
    if group:
        yield group


def _is_whole(group: Sequence[_Clause]) -> bool:
    told = [clause for clause in group if not is_condition(clause.folded) or commits(clause.folded)]
    return any(clause.is_about for clause in told) and any(clause.commits for clause in told)


def _begins(clause: _Clause, group: Sequence[_Clause]) -> bool:
    """Tell whether a clause is a promise of its own, after a whole one."""
    if clause.is_about:
        return clause.is_definite or _introduces(clause)
    return any(clause.kinds & each.kinds for each in group)


def _trimmed(group: Sequence[_Clause]) -> list[_Clause]:
    """Leave out clauses before and after that add nothing: greetings, "so don't worry"."""
    adds = [at for at, clause in enumerate(group) if clause.is_about or clause.is_definite]
    return list(group[adds[0] : adds[-1] + 1]) if adds else []


def _introduces(clause: _Clause) -> bool:
    return (
        re.match(
            r"(?:and |but )?(?:we|you|i|there|your)\b|我们会|您可以|[^,，]{0,12}(?:也是|[也还](?:可以|能|会|要))",
            clause.folded.strip(),
        )
        is not None
    )


def _clauses(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for cut in _CLAUSE.finditer(text, span.start, span.end):
        if cut.start() > start:
            yield Span(start, cut.start())
        start = cut.end()
    if start < span.end:
        yield Span(start, span.end)

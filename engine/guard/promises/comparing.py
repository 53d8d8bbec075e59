"""Hold a promise against the sentences of policies."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.answering.coverage import TermSet, term_set
from engine.domain.check import PromiseStanding
from engine.guard.promises.amounts import Measure, Terms, adds, compared, measured
from engine.guard.promises.cases import cases
from engine.guard.promises.cues import is_goodwill
from engine.guard.promises.extraction import Promise
from engine.guard.promises.nearness import HOMES, REACH, Ground, Near, Relevance, nearest
from engine.guard.promises.rows import part_about, words
from engine.guard.promises.sides import Sides, other_case, sides
from engine.guard.promises.told import told
from engine.languages.folding import converted, fold
from engine.languages.places import places
from engine.languages.registry import profile_for

__all__ = ["Standing", "compare"]

# Fitted by hand on one half of evals/sample/golden/promises; `knowdesk bench promises` reports the other.
SIDE_TIE = 0.01  # the same of sides, of which a sentence takes one by chance more often
TIE = 0.05  # by which one that agrees may be behind one that does not
_FIRM = ("free", "first", "binding", "opened")  # sides that matter beside quantities
CLOSE = 0.05  # by which a sentence that says no may be behind the nearest one
DENIED = 0.5  # from here on a sentence that says no counts
STATED = 0.6  # from here on a promise without quantities is what the policy says

_EXCEPTIONS = frozenset({"faulty", "registration"})
_CLAUSES = re.compile(r"[,，;；、。]\s*")
_EXCLUDED = re.compile(
    converted(r"不(?:参加|适用|包括|享受)|対象外|\bdo(?:es)? not (?:apply|take part)|\bnot eligible\b", "t2s")
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands, and the sentence that says so."""

    standing: PromiseStanding
    ground: Ground | None = None


def compare(promise: Promise, known: Sequence[Ground], language: str, relevance: Relevance) -> Standing:
    """Return how a promise stands with the sentences of the policies that were found for it."""
    near = nearest(promise, known, language, relevance)
    found = _judged(promise, near, language) if near else Standing(PromiseStanding.UNSUPPORTED)
    if found.standing is PromiseStanding.CONTRADICTED and is_goodwill(fold(f"{promise.before} {promise.text}")):
        return Standing(PromiseStanding.UNSUPPORTED)  # no rule denies what is given beyond the rules
    return found


def _judged(promise: Promise, near: Sequence[Near], language: str) -> Standing:
    said = measured(promise.text)
    taken = {"allowed": True, **sides(fold(promise.text))}
    context = fold(f"{promise.before} {promise.text}")
    about, named, where = term_set(promise.text, language), cases(context), places(context)
    terms: dict[Measure, list[_Vote]] = {}
    stands: dict[str, list[_Vote]] = {}
    for each in near:
        ground, nearness = each.ground, each.nearness
        read = told(ground.text, language)
        known = _sides_of(ground.text, about, language)
        if other_case(taken, known, read.folded):
            continue
        if taken.get("opened") and known.get("opened") is False:  # "only unopened": its terms are not for opened goods
            name, agrees = ("opened", False) if taken["allowed"] else ("allowed", True)
            stands.setdefault(name, []).append(_Vote(nearness, agrees, ground))
            continue
        excluded = taken["allowed"] and _excludes(ground.text, about, language, where)
        other = bool(_EXCEPTIONS & (read.cases - named))  # what holds of faulty goods denies nothing of others
        on_terms = _on_terms(said, ground, about, language)
        if taken["allowed"] and _excludes_place(ground.text, where):
            on_terms = dict.fromkeys(said, False)
        if Measure.TIME in on_terms and not _same_kind(promise.text, ground, other=other):
            del on_terms[Measure.TIME]
        sure = len(on_terms) > 1 and all(on_terms.values())
        for measure, agrees in on_terms.items():
            terms.setdefault(measure, []).append(_Vote(each.on_terms, agrees and not excluded, ground, sure=sure))
        for name, agrees in _same_sides(taken, known, _FIRM if said else taken.keys()).items():
            if agrees or not other:
                stands.setdefault(name, []).append(_Vote(nearness, agrees, ground))
    decided = [_decided(cast, TIE) for cast in terms.values()]
    on_sides = {name: _decided(cast, SIDE_TIE) for name, cast in stands.items()}
    opened, firm = on_sides.get("opened"), TIE if taken.get("opened") else 0.0
    if opened and any(vote.agrees and vote.nearness >= opened.nearness + firm for vote in decided):
        opened = None  # what is said stands nearer than what is said of goods of another kind
    if denied := next((vote for vote in decided if not vote.agrees), opened):
        return Standing(PromiseStanding.CONTRADICTED, denied.ground)
    if opened is None:
        on_sides.pop("opened", None)
    if said and terms.keys() == said.keys():
        return Standing(PromiseStanding.FINE, decided[0].ground)
    return _by_sides(on_sides, near, stated=not said)


def _sides_of(text: str, about: TermSet, language: str) -> Sides:
    """Return the sides that a sentence takes; where it takes both of one, those of its clause about the promise."""
    found = sides(fold(text))
    clauses = [(len(words(term_set(clause, language)) & about), clause) for clause in _CLAUSES.split(text)]
    if len(clauses) > 1 and (best := max(clauses))[0] > 1:
        found = {**sides(fold(best[1])), **found}
    return found


def _same_kind(text: str, ground: Ground, *, other: bool) -> bool:
    """Tell whether a sentence speaks of such a length of time: what is added to a period is no period itself."""
    if adds(fold(text)):
        return adds(fold(ground.text)) and not other
    rest = [clause for clause in _CLAUSES.split(ground.text) if not adds(fold(clause))]
    return any(Measure.TIME in measured(clause, worded=False) for clause in rest)


def _on_terms(said: Terms, ground: Ground, about: TermSet, language: str) -> dict[Measure, bool]:
    """Compare with a sentence; of a table's row, something must stand in the cells that the promise names."""
    whole = compared(said, told(ground.text, language).measured)
    named = measured(part_about(ground.text, about, language), worded=False)
    return {
        measure: same
        and (
            compared(said, named).get(measure, True)
            or any(compared({measure: (each,)}, named).get(measure, True) for each in said[measure])
        )
        for measure, same in whole.items()
    }


def _excludes(text: str, about: TermSet, language: str, where: Collection[str]) -> bool:
    """Tell whether a sentence says of something that the promise names that it has no part in what is said."""
    here = where or {HOMES.get(profile_for(language).code, "")}
    clauses = [clause for clause in _CLAUSES.split(text) if _EXCLUDED.search(fold(clause))]
    clauses = [clause for clause in clauses if not (named := _after(fold(clause))) or named.intersection(here)]
    return any(words(term_set(clause, language)) & about for clause in clauses)


def _excludes_place(text: str, where: Collection[str]) -> bool:
    """Tell whether a sentence says of one of the places `where` that it has no part in what is said."""
    clauses = [fold(clause) for clause in _CLAUSES.split(text)]
    return any(_EXCLUDED.search(clause) and _after(clause).intersection(where) for clause in clauses)


def _after(clause: str) -> frozenset[str]:
    """Return the places that are excluded: those after "does not apply to", else all."""
    found = _EXCLUDED.search(clause)
    return (places(clause[found.end() :]) if found else frozenset()) or places(clause)


def _by_sides(decided: Mapping[str, _Vote], near: Sequence[Near], *, stated: bool) -> Standing:
    """Judge by the sides alone, or by nearness where a promise without terms says what the policy says."""
    agreed = [vote for vote in decided.values() if vote.agrees]
    others = {vote.ground.span for vote in agreed}
    for name, vote in decided.items():
        if not vote.agrees and (name != "allowed" or (others <= {vote.ground.span} and _counts(vote, near))):
            return Standing(PromiseStanding.CONTRADICTED, vote.ground)
    if stated and (agreed or near[0].nearness >= STATED):
        return Standing(PromiseStanding.FINE, agreed[0].ground if agreed else near[0].ground)
    return Standing(PromiseStanding.UNSUPPORTED)


def _counts(vote: _Vote, near: Sequence[Near]) -> bool:
    """Tell whether a sentence that says that something is impossible is among the nearest."""
    return vote.nearness >= max(DENIED, near[0].nearness - CLOSE)


@dataclass(frozen=True, slots=True)
class _Vote:
    """What a sentence says to one measure or side of a promise."""

    nearness: float
    agrees: bool
    ground: Ground
    sure: bool = False  # it says the same of several measures at once


def _decided(cast: Sequence[_Vote], tie: float) -> _Vote:
    """Return the vote that counts: the nearest one, unless one that is hardly farther agrees."""
    nearest = max(cast, key=lambda vote: vote.nearness)
    near = (vote for vote in cast if vote.nearness >= nearest.nearness - (REACH if vote.sure else tie))
    return next((vote for vote in near if vote.agrees), nearest)


def _same_sides(said: Sides, known: Sides, names: Collection[str]) -> dict[str, bool]:
    same = {name: known[name] == said[name] for name in names if name in known and name in said}
    return {name: agrees for name, agrees in same.items() if name != "opened" or not agrees}

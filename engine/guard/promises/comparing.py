"""Hold a promise against the sentences of policies."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from engine.answering.coverage import QuestionTerms, TermSet, term_set
from engine.domain.check import PromiseMatter, PromiseStanding
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.guard.promises.amounts import DAY_WORDS, Measure, Terms, compared, measured
from engine.guard.promises.cues import matters
from engine.guard.promises.extraction import Promise
from engine.guard.promises.rows import part_about, words
from engine.guard.promises.sides import Sides, other_case, sides
from engine.languages.folding import converted, fold
from engine.languages.places import places
from engine.languages.quantities import quantities
from engine.languages.sentences import sentences

__all__ = ["Ground", "Relevance", "Standing", "compare", "grounds"]

Relevance = Callable[[str, Sequence[str]], Sequence[float] | None]
"""How near texts are to a query, comparable within one call; None where nothing can tell."""

# Fitted by hand on one half of evals/sample/golden/promises; `knowdesk bench promises` reports the other.
WORDS = 0.5  # of the nearness, the share of terms; meaning has the rest
JOINED = 0.9  # of the nearness of a sentence read with the one before
MATTER = 0.12
MEASURE = 0.12
PLACE = 0.1  # more where it speaks of the promise's place, less where of others only
NEAR = 0.48  # below it no policy speaks of the promise
REACH = 0.3  # by which a sentence may be behind the nearest one and still have a say
SIDE_TIE = 0.01  # the same of sides, of which a sentence takes one by chance more often
TIE = 0.05  # by which one that agrees may be behind one that does not
_FIRM = ("free", "first", "binding", "opened")  # sides that matter beside quantities
CLOSE = 0.05  # by which a sentence that says no may be behind the nearest one
STATED = 0.6  # from here on a promise without quantities is what the policy says

_CLAUSES = re.compile(r"[,，;；、。]\s*")
_EXCLUDED = re.compile(
    converted(r"不(?:参加|适用|包括|享受)|対象外|\bdo(?:es)? not (?:apply|take part)|\bnot eligible\b", "t2s")
)


@dataclass(frozen=True, slots=True)
class Ground:
    """A sentence of a policy: its passage, its span in the document's stored text, and its words."""

    passage: Passage
    span: Span
    text: str
    before: str = ""

    @property
    def read(self) -> str:
        """The sentence with the heading above it."""
        return f"{self.passage.section[-1]} {self.text}" if self.passage.section else self.text


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands, and the sentence that says so."""

    standing: PromiseStanding
    ground: Ground | None = None


def grounds(passages: Sequence[Passage]) -> list[Ground]:
    """Return the sentences of passages, each once."""
    found: dict[tuple[str, Span], Ground] = {}
    for passage in passages:
        before = ""
        for span in sentences(passage.text):
            at = Span(passage.span.start + span.start, passage.span.start + span.end)
            found.setdefault((passage.document_id, at), Ground(passage, at, span.of(passage.text), before))
            before = span.of(passage.text)
    return list(found.values())


def compare(promise: Promise, known: Sequence[Ground], language: str, relevance: Relevance) -> Standing:
    """Return how a promise stands with the sentences of the policies that were found for it."""
    if not known:
        return Standing(PromiseStanding.UNSUPPORTED)
    nearness = _nearness(promise, known, language, relevance)
    best = max(nearness)
    if best < NEAR:
        return Standing(PromiseStanding.UNSUPPORTED)
    order = sorted(range(len(known)), key=lambda at: -nearness[at])
    near = [(known[at], nearness[at]) for at in order if nearness[at] >= max(NEAR, best - REACH)]
    return _judged(promise, near, language)


def _nearness(promise: Promise, known: Sequence[Ground], language: str, relevance: Relevance) -> list[float]:
    """Return how near each sentence is, numbers left aside.

    The mean of meaning and shared terms, of the sentence or, a little less, of it with the one before; more where it
    speaks of the same matter, and of the same measures.
    """
    asked = _without_numbers(promise.text)
    alone = [_without_numbers(ground.read) for ground in known]
    joined = [_without_numbers(f"{ground.before} {ground.read}") for ground in known]
    shared = zip(_shares(asked, alone, language, relevance), _shares(asked, joined, language, relevance), strict=True)
    said, where = measured(promise.text), places(fold(promise.text))
    return [
        max(own, JOINED * both)
        + MATTER * _about(promise.matter, ground)
        + MEASURE * bool(said.keys() & measured(ground.text, worded=False).keys())
        + PLACE * _placed(where, ground)
        for (own, both), ground in zip(shared, known, strict=True)
    ]


def _about(matter: PromiseMatter, ground: Ground) -> float:
    """Return 1 if the matter is what a sentence is first about, 1/2 if it or its document names it."""
    if next(matters(fold(ground.read)), None) is matter:
        return 1.0
    return 0.5 * (matter in matters(fold(f"{ground.passage.title} {ground.read}")))


def _placed(where: Collection[str], ground: Ground) -> float:
    """Return 1 if a sentence speaks of the same place, -1 if of others, -1/2 if the promise names none; else 0."""
    titled = places(fold(ground.passage.title))
    own = titled if titled.isdisjoint(where) and titled else places(fold(ground.read)) or titled
    if not own:
        return 0.0
    return (1.0 if own.intersection(where) else -1.0) if where else -0.5


def _shares(asked: str, texts: Sequence[str], language: str, relevance: Relevance) -> list[float]:
    terms = [term_set(text, language) for text in texts]
    wanted = QuestionTerms.among(asked, language, terms)
    covered = [wanted.coverage(held) for held in terms]
    meant = relevance(asked, texts)
    meant = [math.sqrt(share) for share in covered] if meant is None else meant
    return [WORDS * share + (1 - WORDS) * near for near, share in zip(meant, covered, strict=True)]


def _judged(promise: Promise, near: Sequence[tuple[Ground, float]], language: str) -> Standing:
    said = measured(promise.text)
    taken = {"allowed": True, **sides(fold(promise.text))}
    about = term_set(promise.text, language)
    terms: dict[Measure, list[_Vote]] = {}
    stands: dict[str, list[_Vote]] = {}
    for ground, nearness in near:
        folded = fold(ground.text)
        known = sides(folded)
        if other_case(taken, known, folded):
            continue
        if taken.get("opened") and known.get("opened") is False:  # "only unopened": its terms are not for opened goods
            name, agrees = ("opened", False) if taken["allowed"] else ("allowed", True)
            stands.setdefault(name, []).append(_Vote(nearness, agrees, ground))
            continue
        excluded = taken["allowed"] and _excludes(ground.text, about, language)
        for measure, agrees in _on_terms(said, ground, about, language).items():
            terms.setdefault(measure, []).append(_Vote(nearness, agrees and not excluded, ground))
        for name, agrees in _same_sides(taken, known, _FIRM if said else taken.keys()).items():
            stands.setdefault(name, []).append(_Vote(nearness, agrees, ground))
    on_terms = [_decided(cast, TIE) for cast in terms.values()]
    on_sides = {name: _decided(cast, SIDE_TIE) for name, cast in stands.items()}
    opened, firm = on_sides.get("opened"), TIE if taken.get("opened") else 0.0
    if opened and any(vote.agrees and vote.nearness >= opened.nearness + firm for vote in on_terms):
        opened = None  # what is said stands nearer than what is said of goods of another kind
    if denied := next((vote for vote in on_terms if not vote.agrees), opened):
        return Standing(PromiseStanding.CONTRADICTED, denied.ground)
    if opened is None:
        on_sides.pop("opened", None)
    if said and terms.keys() == said.keys():
        return Standing(PromiseStanding.FINE, on_terms[0].ground)
    return _by_sides(on_sides, near, stated=not said)


def _on_terms(said: Terms, ground: Ground, about: TermSet, language: str) -> dict[Measure, bool]:
    """Compare with a sentence; of a table's row, something must stand in the cells that the promise names."""
    whole = compared(said, measured(ground.text, worded=False))
    named = measured(part_about(ground.text, about, language), worded=False)
    return {
        measure: same
        and (
            measure not in named
            or any(compared({measure: (each,)}, named).get(measure, True) for each in said[measure])
        )
        for measure, same in whole.items()
    }


def _excludes(text: str, about: TermSet, language: str) -> bool:
    """Tell whether a sentence says of something that the promise names that it has no part in what is said."""
    clauses = [clause for clause in _CLAUSES.split(text) if _EXCLUDED.search(fold(clause))]
    return any(words(term_set(clause, language)) & about for clause in clauses)


def _by_sides(decided: Mapping[str, _Vote], near: Sequence[tuple[Ground, float]], *, stated: bool) -> Standing:
    """Judge by the sides alone, or by nearness where a promise without terms says what the policy says."""
    agreed = [vote for vote in decided.values() if vote.agrees]
    for name, vote in decided.items():
        if not vote.agrees and (name != "allowed" or (not agreed and _counts(vote, near))):
            return Standing(PromiseStanding.CONTRADICTED, vote.ground)
    if stated and (agreed or near[0][1] >= STATED):
        return Standing(PromiseStanding.FINE, agreed[0].ground if agreed else near[0][0])
    return Standing(PromiseStanding.UNSUPPORTED)


def _counts(vote: _Vote, near: Sequence[tuple[Ground, float]]) -> bool:
    """Tell whether a sentence that says that something is impossible is among the nearest."""
    return vote.nearness >= max(STATED, near[0][1] - CLOSE)


@dataclass(frozen=True, slots=True)
class _Vote:
    """What a sentence says to one measure or side of a promise."""

    nearness: float
    agrees: bool
    ground: Ground


def _decided(cast: Sequence[_Vote], tie: float) -> _Vote:
    """Return the vote that counts: the nearest one, unless one that is hardly farther agrees."""
    nearest = max(cast, key=lambda vote: vote.nearness)
    return next((vote for vote in cast if vote.agrees and vote.nearness >= nearest.nearness - tie), nearest)


def _same_sides(said: Sides, known: Sides, names: Collection[str]) -> dict[str, bool]:
    same = {name: known[name] == said[name] for name in names if name in known and name in said}
    return {name: agrees for name, agrees in same.items() if name != "opened" or not agrees}


def _without_numbers(text: str) -> str:
    text = DAY_WORDS.sub(" ", text)
    for found in reversed(quantities(text)):
        text = f"{text[: found.span.start]} {text[found.span.end :]}"
    return text

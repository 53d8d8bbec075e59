"""How near the sentences of policies are to a promise."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from engine.answering.coverage import QuestionTerms
from engine.domain.check import PromiseMatter
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.guard.promises.amounts import measured
from engine.guard.promises.cases import cases
from engine.guard.promises.extraction import Promise
from engine.guard.promises.told import Told, told, without_numbers
from engine.languages.folding import fold
from engine.languages.places import places
from engine.languages.registry import profile_for
from engine.languages.sentences import sentences

__all__ = ["HOMES", "REACH", "Ground", "Near", "Relevance", "grounds", "nearest"]

Relevance = Callable[[str, Sequence[str]], Sequence[float] | None]
"""How near texts are to a query, comparable within one call; None where nothing can tell."""

# Fitted by hand on one half of evals/sample/golden/promises; `knowdesk bench promises` reports the other.
WORDS = 0.5  # of the nearness, the share of terms; meaning has the rest
JOINED = 0.9  # of the nearness of a sentence read with the one before
MATTER = 0.12
MEASURE = 0.12
PLACE = 0.1  # more where it speaks of the promise's place, less where of others only
CASE = 0.1  # more where it speaks of the promise's case, less where of others only
CONTEXT = 0.12  # more for terms of what the promise's sentence says before it
FOCUS = 0.8  # of the nearness to terms, the share of the clauses that say by when or how much
NEAR = 0.44  # below it no policy speaks of the promise
REACH = 0.3  # by which a sentence may be behind the nearest one and still have a say
HOMES = {"zh-Hans": "CN", "zh-Hant": "TW", "ja": "JP"}
"""The likely region of a language, as CLDR has it; of English there is none."""

_PARTS = re.compile(r"[,，;；](?!\d)|(?<=[はがで])、")


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
class Near:
    """A sentence of a policy, how near it is to a promise, and how near to what is said by when and how much."""

    ground: Ground
    nearness: float
    on_terms: float


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


def nearest(promise: Promise, known: Sequence[Ground], language: str, relevance: Relevance) -> list[Near]:
    """Return the sentences that speak of a promise, the nearest first; none if no policy does."""
    nearness = _nearness(promise, known, language, relevance)
    on_terms = nearness
    if (part := _definite(promise)) is not promise:
        own = _nearness(part, known, language, relevance)
        on_terms = [(1 - FOCUS) * whole + FOCUS * each for whole, each in zip(nearness, own, strict=True)]
    order = sorted(range(len(known)), key=lambda at: -nearness[at])
    least = max(NEAR, max(nearness, default=0.0) - REACH)
    return [Near(known[at], nearness[at], on_terms[at]) for at in order if nearness[at] >= least]


def _definite(promise: Promise) -> Promise:
    """Return the promise with only those of its clauses that say by when or how much, if there are both kinds."""
    clauses = [clause for clause in _PARTS.split(promise.text) if clause.strip()]
    definite = [clause for clause in clauses if measured(clause)]
    return promise if len(definite) in (0, len(clauses)) else replace(promise, text=", ".join(definite))


def _nearness(promise: Promise, known: Sequence[Ground], language: str, relevance: Relevance) -> list[float]:
    """Return how near each sentence is, numbers left aside.

    The mean of meaning and shared terms, of the sentence or, a little less, of it with the one before; more where it
    speaks of the same matter, and of the same measures.
    """
    asked = without_numbers(promise.text)
    alone = [told(ground.read, language) for ground in known]
    joined = [told(f"{ground.before} {ground.read}", language) for ground in known]
    shared = zip(_shares(asked, alone, language, relevance), _shares(asked, joined, language, relevance), strict=True)
    context = fold(f"{promise.before} {promise.text}")
    said, where, case = measured(promise.text), places(context), cases(context)
    preceded = _told_before(promise.before, known, language)
    return [
        max(own, JOINED * both)
        + MATTER * _about(promise.matter, ground, language)
        + MEASURE * bool(said.keys() & told(ground.text, language).measured.keys())
        + PLACE * _placed(where, ground, language)
        + CASE * _cased(case, ground, language)
        + CONTEXT * before
        for (own, both), ground, before in zip(shared, known, preceded, strict=True)
    ]


def _told_before(text: str, known: Sequence[Ground], language: str) -> list[float]:
    """Return the share of the terms of `text` that each sentence has, with its title and heading."""
    held = [told(f"{ground.passage.title} {ground.read}", language).terms for ground in known]
    wanted = QuestionTerms.among(text, language, held)
    return [wanted.coverage(each) for each in held]


def _about(matter: PromiseMatter, ground: Ground, language: str) -> float:
    """Return 1 if the matter is what a sentence is first about, 1/2 if it or its document names it."""
    if told(ground.read, language).matters[:1] == (matter,):
        return 1.0
    return 0.5 * (matter in told(f"{ground.passage.title} {ground.read}", language).matters)


def _placed(where: Collection[str], ground: Ground, language: str) -> float:
    """Return 1 if a sentence speaks of the same place, -1 if of others, -1/2 if the promise names none; else 0."""
    own = _named(where, ground, language, lambda each: each.places)
    if not where:
        return -0.5 * bool(own and HOMES.get(profile_for(language).code) not in own)
    return (1.0 if own.intersection(where) else -1.0) if own else 0.0


def _cased(wanted: Collection[str], ground: Ground, language: str) -> float:
    """Return 1 if a sentence speaks of the promise's case and no other, -1 if of others, -1/2 if of one not named."""
    own = _named(wanted, ground, language, lambda each: each.cases)
    if not own or not wanted:
        return -0.5 * bool(own)
    return 1.0 if own.issubset(wanted) else -1.0 * own.isdisjoint(wanted)


def _named(
    wanted: Collection[str], ground: Ground, language: str, names: Callable[[Told], frozenset[str]]
) -> frozenset[str]:
    """Return what a sentence names, or its title where it names none or the title names what is wanted."""
    titled = names(told(ground.passage.title, language))
    return titled if titled and titled.isdisjoint(wanted) else names(told(ground.read, language)) or titled


def _shares(asked: str, known: Sequence[Told], language: str, relevance: Relevance) -> list[float]:
    terms = [each.bare_terms for each in known]
    wanted = QuestionTerms.among(asked, language, terms)
    covered = [wanted.coverage(held) for held in terms]
    meant = relevance(asked, [each.bare for each in known])
    meant = [math.sqrt(share) for share in covered] if meant is None else meant
    return [WORDS * share + (1 - WORDS) * near for near, share in zip(meant, covered, strict=True)]

"""Find statements of a knowledge base that contradict each other: values, yes and no.

Two statements are held against each other if they are about the same products and countries, under the same condition,
and give different values of one measure, or one denies what the other affirms. Whether they speak of the same is told
by how alike they are, above all by how much more alike than to anything else that the other text says of that measure:
the margin criterion of Artetxe and Schwenk (2019) for parallel sentences.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.answering.polarity import contradicts
from engine.domain.conflict import ConflictSide
from engine.domain.knowledge import Document, DocumentKind
from engine.domain.upkeep import Contradiction, ContradictionKind
from engine.insights.likeness import Likened, Likeness, Said
from engine.insights.statements import Statement, disagree
from engine.insights.subjects import Subjects
from engine.languages.kinship import Kinship, kinship
from engine.ports import Embedder, Reranker
from engine.serving import served

__all__ = ["SURE", "Pair", "Siblings", "Signals", "confidence", "contradictions", "pairs", "side"]

Siblings = Mapping[str, Collection[str]]
"""The documents that are the same page in other languages, by document."""

NEAREST = 16  # statements of other documents in the same language that each is compared with
LEAST = 0.15  # cosine of those
CLIP = 0.4  # of the margins
APART = 0.5  # of the words of a condition that must be missing on the other side
SURE = 0.3
"""Confidence from which a contradiction is told, unless the caller says otherwise."""

# By `python -m evals.fit_contradictions`, on generated pages in the development wordings and, as what contradicts
# nothing, the English pages of the sample: intercept, likeness, same matter, other matter, lesser margin, greater
# margin, values (not yes and no).
_SAME_LANGUAGE = (-6.35, 3.22, -0.07, -1.23, 4.30, 1.52, 1.09)
_OTHER_LANGUAGE = (-3.24, 1.14, 0.82, 1.17, 6.59, 4.50, 0.65)


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether two statements speak of the same."""

    related: bool
    valued: bool
    likeness: float
    matter: int
    margins: tuple[float, float]

    @property
    def vector(self) -> tuple[float, ...]:
        """The signals as the model takes them; see its constants."""
        margins = (max(-CLIP, min(CLIP, margin)) for margin in sorted(self.margins))
        return (self.likeness, float(self.matter > 0), float(self.matter < 0), *margins, float(self.valued))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that would contradict each other if they spoke of the same."""

    one: Statement
    other: Statement
    signals: Signals


def contradictions(
    statements: Sequence[Statement],
    siblings: Siblings,
    embedder: Embedder,
    reranker: Reranker | None,
    *,
    minimum: float = SURE,
) -> list[Contradiction]:
    """Return the contradictions among the statements of documents of at least that confidence, the surest first."""
    found = ((confidence(pair.signals), pair) for pair in pairs(statements, siblings, embedder, reranker))
    sure = sorted(((sureness, pair) for sureness, pair in found if sureness >= minimum), key=lambda each: -each[0])
    return [_contradiction(pair, sureness) for sureness, pair in sure]


def confidence(signals: Signals) -> float:
    """Return how likely two statements speak of the same, 0..1."""
    intercept, *weights = _SAME_LANGUAGE if signals.related else _OTHER_LANGUAGE
    return 1 / (1 + math.exp(-intercept - float(np.dot(weights, signals.vector))))


def pairs(
    statements: Sequence[Statement], siblings: Siblings, embedder: Embedder, reranker: Reranker | None
) -> Iterator[Pair]:
    """Yield the statements of different documents that give different values, or yes and no, each pair once."""
    if not statements:
        return
    subjects = Subjects(statements)
    said = [Said(each, subjects.of(each), place) for place, each in enumerate(statements)]
    compared = _Compared(said, siblings, Likeness(said, embedder, reranker))
    for one in said:
        served().stop.check()
        for other in compared.near(one):
            if _clash(one.statement, other.statement):
                yield Pair(one.statement, other.statement, compared.signals(one, other))


class _Compared:
    """Holds statements against each other, document by document."""

    def __init__(self, said: Sequence[Said], siblings: Siblings, likeness: Likeness) -> None:
        self._said = said
        self._siblings = siblings
        self._likeness = likeness
        self._known: dict[tuple[int, str], Mapping[int, Likened]] = {}
        self._of: dict[str, list[Said]] = {}
        for each in said:
            self._of.setdefault(_home(each).id, []).append(each)

    def near(self, one: Said) -> Iterator[Said]:
        """Yield the statements after this one that are worth comparing with it."""
        if not one.is_telling:
            return
        cosines = self._likeness.vectors @ self._likeness.vectors[one.place]
        nearest = (place for place in np.argsort(-cosines)[: len(self._said)] if cosines[place] >= LEAST)
        left = NEAREST
        for other in (self._said[place] for place in nearest):
            if left and _related(one, other) and self._comparable(one, other):
                left -= 1
                if other.place > one.place:
                    yield other
        for sibling in self._siblings.get(_home(one).id, ()):
            for other in self._of.get(sibling, ()):
                if other.place > one.place and not _related(one, other) and self._comparable(one, other):
                    yield other

    def signals(self, one: Said, other: Said) -> Signals:
        """Return what tells whether two statements speak of the same."""
        mine, its = self._likened(one, other), self._likened(other, one)
        alike = (mine[other.place].likeness + its[one.place].likeness) / 2
        margins = (_margin(mine, other.place), _margin(its, one.place))
        valued = bool(one.statement.values)
        return Signals(_related(one, other), valued, alike, mine[other.place].matter, margins)

    def _likened(self, one: Said, other: Said) -> Mapping[int, Likened]:
        """Return how alike a statement is to those of the other's document that it could be held against."""
        key = one.place, _home(other).id
        if key not in self._known:
            others = [each for each in self._of[key[1]] if _measures_same(one, each) and self._comparable(one, each)]
            self._known[key] = self._likeness.of(one, others)
        return self._known[key]

    def _comparable(self, one: Said, other: Said) -> bool:
        """Tell whether they stand in different documents, about the same, under the same condition."""
        talks = [_home(each).kind is DocumentKind.TRANSCRIPT for each in (one, other)]
        if _home(one).id == _home(other).id or all(talks) or not other.is_telling:
            return False
        if not _related(one, other):
            free = not (one.statement.condition or other.statement.condition)
            return free and one.subject.overlaps(other.subject)
        if talks[0] or talks[1]:
            told, page = (one, other) if talks[0] else (other, one)
            same = told.subject.is_about(page.subject) and page.subject.is_empty is told.subject.is_empty
        else:
            same = one.subject == other.subject
        return same and not (_apart(one, other) or _apart(other, one))


def _margin(likened: Mapping[int, Likened], place: int) -> float:
    """Return by how much a statement is more alike than any other one."""
    others = (each.likeness for at, each in likened.items() if at != place)
    return likened[place].likeness - max(others, default=0.0)


def _home(said: Said) -> Document:
    home = said.statement.document
    if home is None:
        raise ValueError("only statements of documents are compared")
    return home


def _related(one: Said, other: Said) -> bool:
    return kinship(one.statement.language, other.statement.language) is Kinship.LANGUAGE


def _apart(one: Said, other: Said) -> bool:
    """Tell whether a statement holds under a condition that the other one does not name."""
    condition = one.statement.condition
    return bool(condition) and len(condition - other.statement.surroundings) >= APART * len(condition)


def _measures_same(one: Said, other: Said) -> bool:
    ours, theirs = one.statement.values.keys(), other.statement.values.keys()
    return bool(ours & theirs) or not (ours or theirs)


def _clash(one: Statement, other: Statement) -> bool:
    if one.values or other.values:
        return disagree(one.values, other.values)
    if not (one.affirms and other.affirms):
        return False
    related = kinship(one.language, other.language) is Kinship.LANGUAGE
    return contradicts(one.text, [other.text], one.language if related else "")


def _contradiction(pair: Pair, sureness: float) -> Contradiction:
    sides = (pair.one, pair.other)
    homes = [each.document for each in sides if each.document]
    kind = ContradictionKind.DOCUMENTS if pair.signals.related else ContradictionKind.LANGUAGES
    if any(home.kind is DocumentKind.TRANSCRIPT for home in homes):
        kind = ContradictionKind.AGENTS
    common = pair.one.values.keys() & pair.other.values.keys()
    values = [tuple(sorted(value for name in common for value in each.values[name])) for each in sides]
    return Contradiction(kind, side(pair.one), side(pair.other), (values[0], values[1]), round(sureness, 4))


def side(statement: Statement) -> ConflictSide:
    """Return a statement of a document as a side of a conflict."""
    home = statement.document
    if home is None:
        raise ValueError("a side of a conflict is a statement of a document")
    return ConflictSide(
        document_id=home.id,
        version=home.version,
        title=home.title,
        uri=home.uri,
        kind=home.kind,
        span=statement.span,
        quote=statement.text,
        effective_from=home.effective_from,
        effective_until=home.effective_until,
    )

"""Keep groups of questions up to date: new questions join the nearest one, and now and then all are looked at anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from engine.assist.triage.kernel import Points
from engine.domain.insights import AskedQuestion, ClusterKind
from engine.insights.clustering import FEWEST, SAME, SAMPLE, centroids, cohesion, communities, cosines
from engine.insights.clustering_text import PointEncoder, matter
from engine.insights.naming import named
from engine.ports.insights import Cluster, InsightRepository

__all__ = ["Changes", "Grouping", "claimed", "coherent", "joined", "points_of"]

GROWTH: Final = 1.1
"""More questions than at the last look, by this factor, call for another one; up to `SMALL` each run is one."""
SMALL: Final = 1000
"""Questions that are all looked at anew in each run: that takes about a second."""
NEAR: Final = 0.5
"""Least similarity of a question to its group; .97 of new questions have it (`knowdesk bench topics --tune`)."""
NEAR_ALONE: Final = 0.4
"""The same by the first embedder alone."""
PORTION: Final = 5000  # questions in memory at a time
POOL: Final = 1000  # of the newest questions without a group that are tried again, together
SEED: Final = 5

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run changed: ids of groups that are new, and of those that went into others."""

    new: tuple[str, ...] = ()
    merged: dict[str, str] = field(default_factory=dict)
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups the questions of a knowledge base for one purpose."""

    repository: InsightRepository
    encoder: PointEncoder
    knowledge_base: str
    kind: ClusterKind

    def update(self, now: datetime, *, rebuild: bool = False) -> Changes:
        """Put every question that has not been looked at into a group, or into none.

        Where there are many more questions than at the last look, or few at all, groups are made anew from a sample
        first and matched with those of before; of what is left of a group, too little for one, nothing is kept.
        """
        repository, base, kind = self.repository, self.knowledge_base, self.kind
        if not repository.ungrouped(base, kind, 1) and not rebuild:
            return Changes()
        known = repository.clusters(base, kind)
        members = repository.population(base, kind)
        if rebuild or members <= SMALL or members >= GROWTH * sum(each.size for each in known):
            changes = self._rebuilt(known, now)
            self._join()
            return changes
        return self._found_late(now) if self._join() else Changes()

    def _rebuilt(self, known: Sequence[Cluster], now: datetime) -> Changes:
        """Make groups from a sample, match them with those of before, and put the sample into them."""
        members = self.repository.members(self.knowledge_base, self.kind)
        ids = list(members)
        if len(ids) > SAMPLE:
            ids = [ids[at] for at in sorted(np.random.default_rng(SEED).choice(len(ids), SAMPLE, replace=False))]
        asked = self.repository.texts(ids)
        points = self._points(asked)
        earlier = [members[each.answer_id] for each in asked]
        groups = coherent(points, communities(points, earlier, kind=self.kind))
        names = claimed(groups, earlier)
        ids = [name or str(uuid4()) for name in names]
        share = len(members) / max(sum(map(len, groups)), 1)
        before = {each.id: each for each in known}
        middles = centroids(points, groups)
        clusters = [
            self._cluster(before.get(ids[at]), ids[at], middles, at, now, round(share * len(places)))
            for at, places in enumerate(groups)
        ]
        merged = _merged(groups, ids, earlier, before)
        whole = len(asked) == len(members)
        dissolved = dict.fromkeys(before.keys() - ids - merged.keys(), "") if whole else {}
        self._keep(clusters, asked, groups, {**dissolved, **merged})
        placed = dict.fromkeys((each.answer_id for each in asked), "")
        for own, places in zip(ids, groups, strict=True):
            placed.update((asked[at].answer_id, own) for at in places)
        self.repository.group(self.kind, placed)
        self._remember(asked, points)
        return Changes(tuple(own for own, name in zip(ids, names, strict=True) if not name), merged, rebuilt=True)

    def _join(self) -> int:
        """Put questions that were not looked at into the nearest group, portion by portion; return how many have none.

        Without any of those no new group can come about.
        """
        clusters = self.repository.clusters(self.knowledge_base, self.kind)
        lonely = 0
        while asked := self.repository.ungrouped(self.knowledge_base, self.kind, PORTION):
            points = self._points(asked)
            nearest = joined(points, clusters)
            groups = {
                each.answer_id: clusters[at].id if at >= 0 else "" for each, at in zip(asked, nearest, strict=True)
            }
            self.repository.group(self.kind, groups)
            self._remember(asked, points)
            lonely += sum(not group for group in groups.values())
            if len(asked) < PORTION:
                break
        return lonely

    def _found_late(self, now: datetime) -> Changes:
        """Make new groups of questions that belonged nowhere."""
        asked = self.repository.ungrouped(self.knowledge_base, self.kind, POOL, tried=True)
        points = self._points(asked)
        changes = self._made(asked, points, now)
        self._remember(asked, points)
        return changes

    def _made(self, asked: Sequence[AskedQuestion], points: Points, now: datetime) -> Changes:
        """Make groups of questions without one, unless they are all but the same as those that are there."""
        groups = coherent(points, communities(points, kind=self.kind))
        if not groups:
            return Changes()
        known = self.repository.clusters(self.knowledge_base, self.kind)
        middles = centroids(points, groups)
        alike = cosines(middles, points_of(known)).max(axis=1) if known else np.zeros(len(groups))
        groups = [places for places, near in zip(groups, alike, strict=True) if near < SAME]
        middles = centroids(points, groups)
        clusters = [
            self._cluster(None, str(uuid4()), middles, at, now, len(places)) for at, places in enumerate(groups)
        ]
        self._keep(clusters, asked, groups, {})
        placed = {asked[at].answer_id: each.id for each, places in zip(clusters, groups, strict=True) for at in places}
        self.repository.group(self.kind, placed)
        return Changes(tuple(each.id for each in clusters))

    def _points(self, asked: Sequence[AskedQuestion]) -> Points:
        """Return questions as points, with those second parts that are kept."""
        known = self.repository.vectors([each.answer_id for each in asked], self._model) if self._model else {}
        seconds = {at: known[each.answer_id] for at, each in enumerate(asked) if each.answer_id in known}
        return self.encoder.points([matter(each.text) for each in asked], seconds=seconds)

    def _remember(self, asked: Sequence[AskedQuestion], points: Points) -> None:
        """Keep what took long to make of questions that the next run tries again."""
        if self._model:
            vectors = {each.answer_id: vector for each, vector in zip(asked, points.second, strict=True)}
            self.repository.keep_vectors(self.knowledge_base, self._model, vectors, newest=POOL)

    @property
    def _model(self) -> str:
        """What makes second parts of topics; those of gaps are not worth keeping."""
        return self.encoder.second_model if self.kind is ClusterKind.TOPIC else ""

    def _cluster(
        self, earlier: Cluster | None, own: str, middles: Points, at: int, now: datetime, size: int
    ) -> Cluster:
        first, second = middles.first[at], middles.second[at]
        if earlier:
            return replace(earlier, first=first, second=second, size=size)
        return Cluster(own, self.kind, "", (), first, second, size, now)

    def _keep(
        self,
        clusters: Sequence[Cluster],
        asked: Sequence[AskedQuestion],
        groups: Sequence[Places],
        merged: Mapping[str, str],
    ) -> None:
        said = {each.id: [asked[at] for at in places] for each, places in zip(clusters, groups, strict=True)}
        grouped = {int(at) for places in groups for at in places}
        others = [each for at, each in enumerate(asked) if at not in grouped]
        self.repository.put_clusters(self.knowledge_base, named(clusters, said, others=others), merged=merged)


def coherent(points: Points, groups: Sequence[Places]) -> list[Places]:
    """Return the groups without questions that are far from the others, and without groups of which nothing is left."""
    kept = []
    for places in groups:
        own = points.rows(places)
        near: NDArray[np.bool_] = cohesion(own) >= _least(own)
        if near.sum() >= FEWEST:
            kept.append(places[near])
    return kept


def claimed(groups: Sequence[Places], earlier: Sequence[str]) -> list[str]:
    """Return for each group the earlier one that it goes on with, empty for none.

    Of all pairs, those that share the most questions go together first: of a group that was split, the largest part
    goes on with it. A pair must share half of the questions of either side.
    """
    before = Counter(earlier)
    shares = [Counter(earlier[at] for at in places if earlier[at]) for places in groups]
    pairs = [
        (-count, at, own)
        for at, share in enumerate(shares)
        for own, count in share.items()
        if 2 * count >= min(before[own], len(groups[at]))
    ]
    names = [""] * len(groups)
    for _, at, own in sorted(pairs):
        if not names[at] and own not in names:
            names[at] = own
    return names


def joined(points: Points, clusters: Sequence[Cluster]) -> Places:
    """Return the place of the nearest group of each question, -1 where none is near enough."""
    if not clusters:
        return np.full(len(points), -1)
    middles = points_of(clusters)
    alike = cosines(points, middles)
    best = alike.argmax(axis=1)
    both = points.second.any(axis=1) & middles.second[best].any(axis=1)
    near = alike.max(axis=1) >= np.where(both, NEAR, NEAR_ALONE)
    return np.where(near, best, -1)


def _merged(
    groups: Sequence[Places], ids: Sequence[str], earlier: Sequence[str], known: Collection[str]
) -> dict[str, str]:
    """Return where earlier groups went that no group goes on with: to where most of their questions are now."""
    shares = [Counter(earlier[at] for at in places) for places in groups]
    gone: dict[str, str] = {}
    for own in sorted(set(known) - set(ids)):
        at = max(range(len(groups)), key=lambda place: shares[place][own], default=-1)
        if at >= 0 and shares[at][own]:
            gone[own] = ids[at]
    return gone


def _least(own: Points) -> NDArray[np.float64]:
    return np.where(own.second.any(axis=1), NEAR, NEAR_ALONE)


def points_of(clusters: Sequence[Cluster]) -> Points:
    """Return the middles of groups."""
    return Points(
        np.array([each.first for each in clusters], dtype=np.float32),
        np.array([each.second for each in clusters], dtype=np.float32),
    )

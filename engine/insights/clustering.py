"""Group questions that ask the same: communities in the graph of nearest neighbours that questions share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.assist.triage.kernel import Points
from engine.domain.insights import ClusterKind
from engine.ports import Vector

__all__ = ["FEWEST", "SAME", "SAMPLE", "alike", "centroids", "cohesion", "communities", "cosines"]

Places = NDArray[np.int64]

SECOND_SHARE: Final = np.float32(0.7)
"""Of the second embedder where it understands both questions; chosen by `knowdesk bench topics --tune`."""
NEIGHBOURS: Final[Mapping[ClusterKind, float]] = {ClusterKind.TOPIC: 0.8, ClusterKind.GAP: 0.65}
"""Nearest neighbours of a question among n: this times the cube root of n; fewer make smaller groups. Chosen likewise,
for gaps by `knowdesk bench gaps --tune`."""
RESOLUTION: Final = 2.0
"""Of the modularity that communities maximise: more makes more and smaller groups; chosen likewise."""
INERTIA: Final = 1.0
"""By how much an edge between two questions of one earlier group counts more, so that groups stay what they were."""
SAME: Final = np.float32(0.9)
"""Similarity of two middles from which on their groups are one; no two topics of banking77 are that near."""
SAMPLE: Final = 5000
"""Questions that groups are made from; the others go to the nearest group."""
FEWEST: Final = 3  # questions of a group
SEED: Final = 1
_BLOCK: Final = 1000  # rows of the similarity matrix in memory at a time


def cosines(some: Points, others: Points) -> Vector:
    """Return how alike questions are, shape (len(some), len(others)).

    The cosine by the first embedder, mixed with that by the second one where it understands both.
    """
    first = some.first @ others.first.T
    both = np.outer(some.second.any(axis=1), others.second.any(axis=1))
    if not both.any():
        return first
    mixed: Vector = (1 - SECOND_SHARE) * first + SECOND_SHARE * (some.second @ others.second.T)
    return np.where(both, mixed, first)


def centroids(points: Points, groups: Sequence[Places]) -> Points:
    """Return the middle of each group, of unit length in both parts; all zeros in the second where none has one."""
    return Points(
        *(
            np.array([_unit(part[places].sum(axis=0)) for places in groups], dtype=np.float32).reshape(
                len(groups), part.shape[1]
            )
            for part in (points.first, points.second)
        )
    )


def alike(some: Points, others: Points) -> Vector:
    """Return how alike each question is to the other one in its place, shape (len(some),)."""
    first: Vector = (some.first * others.first).sum(axis=1)
    both = some.second.any(axis=1) & others.second.any(axis=1)
    mixed: Vector = (1 - SECOND_SHARE) * first + SECOND_SHARE * (some.second * others.second).sum(axis=1)
    return np.where(both, mixed, first)


def cohesion(points: Points) -> Vector:
    """Return how alike each question of a group is to the middle of the others."""
    return alike(points, Points(_others(points.first), _others(points.second)))


def communities(points: Points, earlier: Sequence[str] = (), *, kind: ClusterKind = ClusterKind.TOPIC) -> list[Places]:
    """Return groups of at least three questions, as places in `points`, the largest first.

    Two questions are joined if one is among the nearest of the other, the more strongly the more of their neighbours
    they share (Jarvis & Patrick 1973); groups are what Louvain finds (Blondel et al. 2008). `earlier` names the group
    that each question was in, empty for none: such groups hold together (evolutionary clustering, Chakrabarti 2006).
    """
    if len(points) < FEWEST:
        return []
    import networkx  # type: ignore[import-untyped]

    graph = networkx.from_scipy_sparse_array(_graph(points, earlier, NEIGHBOURS[kind]))
    found = networkx.community.louvain_communities(graph, resolution=RESOLUTION, seed=SEED)
    groups = _united(points, [np.array(sorted(each), dtype=np.int64) for each in found])
    kept = [places for places in groups if len(places) >= FEWEST]
    return sorted(kept, key=lambda places: (-len(places), int(places[0])))


def _united(points: Points, groups: Sequence[Places]) -> list[Places]:
    """Put groups together whose middles are all but the same: of few questions, Louvain makes too many groups."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

    middles = centroids(points, groups)
    count, whole = connected_components(csr_matrix(cosines(middles, middles) >= SAME), directed=False)
    return [
        np.sort(np.concatenate([groups[int(at)] for at in np.flatnonzero(whole == number)])) for number in range(count)
    ]


def _graph(points: Points, earlier: Sequence[str], neighbours: float) -> Any:
    """Return the sparse matrix of shared neighbours between neighbours."""
    from scipy.sparse import csr_matrix

    number = len(points)
    count = min(max(FEWEST, round(neighbours * number ** (1 / 3))), number - 1)
    nearest = _nearest(points, count)
    rows = np.repeat(np.arange(number), count)
    near = csr_matrix((np.ones(rows.size, dtype=np.float32), (rows, nearest.ravel())), shape=(number, number))
    shared = (near @ near.T).multiply(near.maximum(near.T)).tocoo()
    weights = shared.data
    if earlier:
        _, group = np.unique(np.array(earlier, dtype=object).astype(str), return_inverse=True)
        known = np.array([bool(each) for each in earlier])
        stays = known[shared.row] & (group[shared.row] == group[shared.col])
        weights = weights * (1 + INERTIA * stays)
    kept = shared.row != shared.col
    return csr_matrix((weights[kept], (shared.row[kept], shared.col[kept])), shape=(number, number))


def _nearest(points: Points, count: int) -> Places:
    found = []
    for begin in range(0, len(points), _BLOCK):
        rows = np.arange(begin, min(begin + _BLOCK, len(points)))
        alike = cosines(points.rows(rows), points)
        alike[np.arange(len(rows)), rows] = -2  # a question is no neighbour of its own
        found.append(np.argpartition(-alike, count - 1, axis=1)[:, :count])
    return np.vstack(found)


def _others(part: Vector) -> Vector:
    """Return, for each row, the middle of the other ones, of unit length."""
    rest = part.sum(axis=0) - part
    middles: Vector = rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return middles


def _unit(vector: Vector) -> Vector:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector

from __future__ import annotations

import numpy as np
import pytest

from engine.assist.triage.kernel import Points
from engine.domain.insights import ClusterKind
from engine.insights.clustering import SECOND_SHARE, _graph, alike, centroids, cohesion, communities, cosines


def around(*middles: int, count: int = 20, spread: float = 0.1, seed: int = 3) -> Points:
    """Return so many points around each axis, in turn."""
    chance = np.random.default_rng(seed)
    axes = np.eye(8)[[middle for _ in range(count) for middle in middles]]
    first = axes + spread * chance.standard_normal(axes.shape)
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    return Points(first.astype(np.float32), np.zeros((len(first), 1), dtype=np.float32))


def test_points_around_some_middles_are_as_many_groups() -> None:
    found = communities(around(0, 3, 5))
    assert sorted(map(sorted, found)) == [list(range(at, 60, 3)) for at in range(3)]


def test_groups_are_the_same_each_time_and_the_largest_first() -> None:
    points = around(0, 0, 3, 5)
    once, again = communities(points), communities(points)
    assert all(np.array_equal(one, other) for one, other in zip(once, again, strict=True))
    assert [len(each) for each in once] == sorted((len(each) for each in once), reverse=True)


def test_too_few_points_are_no_group() -> None:
    assert communities(around(0, count=2)) == []
    assert communities(around(0, count=0)) == []


def test_gaps_are_finer_than_topics() -> None:
    points = around(0, count=120, spread=0.3)
    topics, gaps = (communities(points, kind=kind) for kind in (ClusterKind.TOPIC, ClusterKind.GAP))
    assert len(gaps) >= len(topics)


def test_edges_inside_an_earlier_group_count_twice() -> None:
    points = around(0, count=12, spread=0.3)
    earlier = ["left", "right", ""] * 4
    before, after = (_graph(points, known, 0.8).toarray() for known in ((), earlier))
    same = np.array([[one == other != "" for other in earlier] for one in earlier])
    assert np.allclose(after[same], 2 * before[same])
    assert np.allclose(after[~same], before[~same])
    assert before[same].any()


def test_groups_with_one_middle_are_one() -> None:
    found = communities(around(2, count=60, spread=0.05))
    assert [len(each) for each in found] == [60]


def test_the_second_embedder_counts_where_it_understands_both() -> None:
    first = np.eye(2, dtype=np.float32)
    second = np.array([[1, 0], [1, 0]], dtype=np.float32)
    both, none = Points(first, second), Points(first, np.zeros((2, 2), dtype=np.float32))
    assert cosines(both, both)[0, 1] == pytest.approx(float(SECOND_SHARE))
    assert cosines(both, none)[0, 1] == 0
    assert cosines(both, none)[0, 0] == 1
    half = Points(first, np.array([[1, 0], [0, 0]], dtype=np.float32))
    assert cosines(half, both)[1].tolist() == [0, 1]


def test_pairs_are_as_alike_as_in_the_whole_matrix() -> None:
    points, others = around(0, 1, count=4), around(1, 2, count=4, seed=5)
    assert np.allclose(alike(points, others), np.diag(cosines(points, others)))


def test_middles_are_of_unit_length_and_in_their_group() -> None:
    points = around(0, 3)
    middles = centroids(points, [np.arange(0, 40, 2), np.arange(1, 40, 2)])
    assert np.allclose(np.linalg.norm(middles.first, axis=1), 1)
    assert middles.first.argmax(axis=1).tolist() == [0, 3]
    assert not middles.second.any()
    assert len(centroids(points, [])) == 0


def test_a_stranger_is_far_from_the_others_of_its_group() -> None:
    group = around(0, count=9, spread=0.05).joined(around(4, count=1))
    near = cohesion(group)
    assert near[:9].min() > 0.9
    assert near[9] < 0.2

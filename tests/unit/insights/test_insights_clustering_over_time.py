from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest

from engine.assist.triage.kernel import Points
from engine.domain.conversation import TurnAction
from engine.domain.insights import ClusterKind
from engine.insights import clustering_over_time
from engine.insights.clustering_over_time import Changes, Grouping, claimed, coherent, joined
from tests.fakes.questions import NOON, HashPoints, KeptDesk, cluster, kept_desk


@pytest.fixture
def desk() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


@pytest.fixture
def encoder() -> HashPoints:
    return HashPoints()


def grouping(desk: KeptDesk, encoder: HashPoints, kind: ClusterKind = ClusterKind.TOPIC) -> Grouping:
    return Grouping(desk.insights, encoder, "kb", kind)


def topics(desk: KeptDesk) -> dict[str, set[str]]:
    """Return the matters (first word of the question) that each topic is about."""
    members = desk.insights.members("kb", ClusterKind.TOPIC)
    found: dict[str, set[str]] = {}
    for asked in desk.insights.texts(list(members)):
        found.setdefault(members[asked.answer_id], set()).add(asked.text.split()[0])
    return found


def places(*groups: list[int]) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return [np.array(each, dtype=np.int64) for each in groups]


def test_questions_about_one_thing_are_one_topic_with_a_name(desk: KeptDesk, encoder: HashPoints) -> None:
    desk.ask_many(8, "parcel", "kettle", "invoice")
    desk.read()
    changes = grouping(desk, encoder).update(NOON)
    assert changes.rebuilt
    assert sorted(map(sorted, topics(desk).values())) == [["Please"], ["The"], ["Where"]]
    names = {each.name.split(" · ")[0] for each in desk.insights.clusters("kb", ClusterKind.TOPIC)}
    assert set(changes.new) == {each.id for each in desk.insights.clusters("kb", ClusterKind.TOPIC)}
    assert all(names)


def test_a_run_without_new_questions_does_nothing(desk: KeptDesk, encoder: HashPoints) -> None:
    desk.ask_many(8, "parcel")
    desk.read()
    grouping(desk, encoder).update(NOON)
    encoder.texts.clear()
    assert grouping(desk, encoder).update(NOON) == Changes()
    assert encoder.texts == []


def test_topics_keep_their_ids_when_questions_come(desk: KeptDesk, encoder: HashPoints) -> None:
    desk.ask_many(8, "parcel", "kettle")
    desk.read()
    grouping(desk, encoder).update(NOON)
    before = topics(desk)
    desk.ask_many(4, "parcel", "invoice")
    desk.read()
    changes = grouping(desk, encoder).update(NOON + timedelta(days=1))
    after = topics(desk)
    assert {each: after[each] for each in before} == before
    assert [after[each] for each in changes.new] == [{"Please"}]
    made = {each.id: each.made_at for each in desk.insights.clusters("kb", ClusterKind.TOPIC)}
    assert {made[each] for each in before} == {NOON}


def test_where_there_are_many_new_ones_join_without_a_look_at_the_others(
    desk: KeptDesk, encoder: HashPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask_many(20, "parcel", "kettle")
    desk.read()
    grouping(desk, encoder).update(NOON)
    monkeypatch.setattr(clustering_over_time, "SMALL", 10)
    encoder.texts.clear()
    before = topics(desk)
    new = desk.ask_many(1, "parcel", "kettle")
    desk.read()
    changes = grouping(desk, encoder).update(NOON)
    assert not changes.rebuilt
    assert topics(desk) == before
    assert sorted(encoder.texts) == sorted(each.standalone for each in new)


def test_what_belongs_nowhere_becomes_a_topic_once_there_is_enough(
    desk: KeptDesk, encoder: HashPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask_many(60, "parcel")
    desk.read()
    grouping(desk, encoder).update(NOON)
    monkeypatch.setattr(clustering_over_time, "SMALL", 10)
    desk.ask("Zebra quiz?")
    desk.read()
    assert grouping(desk, encoder).update(NOON) == Changes()
    for number in range(3):
        desk.ask(f"Xylophone jukebox voucher {number}")
    desk.read()
    (new,) = grouping(desk, encoder).update(NOON).new
    assert topics(desk)[new] == {"Xylophone"}
    assert topics(desk)[""] == {"Zebra"}


def test_growth_by_a_tenth_calls_for_another_look(
    desk: KeptDesk, encoder: HashPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.ask_many(10, "parcel", "kettle")
    desk.read()
    grouping(desk, encoder).update(NOON)
    before = topics(desk)
    monkeypatch.setattr(clustering_over_time, "SAMPLE", 15)
    monkeypatch.setattr(clustering_over_time, "SMALL", 15)
    desk.ask_many(3, "parcel")
    desk.read()
    assert grouping(desk, encoder).update(NOON).rebuilt
    assert topics(desk) == before
    assert sum(each.size for each in desk.insights.clusters("kb", ClusterKind.TOPIC)) == pytest.approx(23, abs=1)


def test_a_rebuild_can_be_asked_for(desk: KeptDesk, encoder: HashPoints) -> None:
    desk.ask_many(8, "parcel", "kettle")
    desk.read()
    grouping(desk, encoder).update(NOON)
    before = topics(desk)
    assert grouping(desk, encoder).update(NOON, rebuild=True).rebuilt
    assert topics(desk) == before


def test_gaps_are_made_of_failed_questions_alone(desk: KeptDesk, encoder: HashPoints) -> None:
    failed = desk.ask_many(6, "invoice", told=TurnAction.ABSTAIN)
    desk.ask_many(6, "invoice", "parcel")
    desk.read()
    grouping(desk, encoder, ClusterKind.GAP).update(NOON)
    members = desk.insights.members("kb", ClusterKind.GAP)
    assert set(members) == {each.answer_id for each in failed}
    assert len(set(members.values())) == 1


def test_a_group_goes_on_with_the_one_it_shares_most_with() -> None:
    earlier = ["a"] * 4 + ["b"] * 4 + [""] * 4
    assert claimed(places([0, 1, 2, 8], [4, 5, 6, 7, 3], [9, 10, 11]), earlier) == ["a", "b", ""]


def test_the_largest_part_of_a_split_keeps_the_id() -> None:
    earlier = ["a"] * 10
    assert claimed(places([0, 1, 2], [3, 4, 5, 6, 7, 8, 9]), earlier) == ["", "a"]


def test_no_id_is_given_twice() -> None:
    earlier = ["a", "b"] * 10
    names = Counter(claimed(places(list(range(10)), list(range(10, 20))), earlier))
    assert names["a"] == names["b"] == 1


def test_strangers_leave_their_group_and_what_is_left_may_be_none() -> None:
    axes = np.eye(6, dtype=np.float32)
    points = Points(np.vstack([axes[[0] * 4], axes]), np.zeros((10, 1), dtype=np.float32))
    kept = coherent(points, places([0, 1, 2, 3, 8], [5, 6, 7]))
    assert [each.tolist() for each in kept] == [[0, 1, 2, 3]]


def test_questions_join_the_nearest_group_or_none() -> None:
    axes = np.eye(4, dtype=np.float32)
    points = Points(axes, np.zeros((4, 1), dtype=np.float32))
    groups = [cluster("one", direction=1), cluster("two", direction=2)]
    assert joined(points, groups).tolist() == [-1, 0, 1, -1]
    assert joined(points, []).tolist() == [-1] * 4

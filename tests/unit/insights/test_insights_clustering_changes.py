"""What becomes of groups whose questions go, split, meet or are too few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
import pytest

from engine.assist.triage.kernel import Points
from engine.domain.conversation import TurnAction
from engine.domain.insights import ClusterKind
from engine.insights import clustering_over_time
from engine.insights.clustering import communities, cosines
from engine.insights.clustering_over_time import Changes, Grouping, claimed, coherent, joined, points_of
from engine.persistence.customers import SqlCustomerRepository
from engine.ports import Vector
from tests.fakes.questions import NOON, HashPoints, KeptDesk, cluster, kept_desk

TOPIC, GAP = ClusterKind.TOPIC, ClusterKind.GAP


@pytest.fixture
def desk() -> Iterator[KeptDesk]:
    with kept_desk() as made:
        yield made


def update(desk: KeptDesk, *, kind: ClusterKind = TOPIC, rebuild: bool = False) -> Changes:
    desk.read()
    return Grouping(desk.insights, HashPoints(), "kb", kind).update(NOON, rebuild=rebuild)


def places(*groups: list[int]) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return [np.array(each, dtype=np.int64) for each in groups]


def test_nothing_asked_makes_no_groups(desk: KeptDesk) -> None:
    assert update(desk) == Changes()
    assert update(desk, rebuild=True) == Changes(rebuilt=True)
    assert desk.insights.clusters("kb", TOPIC) == ()


@pytest.mark.parametrize("count", [1, 2])
def test_one_or_two_questions_are_no_topic_and_are_not_tried_again(desk: KeptDesk, count: int) -> None:
    desk.ask_many(count, "parcel")
    assert update(desk) == Changes(rebuilt=True)
    assert set(desk.insights.members("kb", TOPIC).values()) == {""}
    assert update(desk) == Changes()


def test_what_is_left_of_a_topic_is_dissolved_with_its_name(desk: KeptDesk) -> None:
    parcels = desk.ask_many(3, "parcel")
    desk.ask_many(8, "kettle")
    assert len(update(desk).new) == 2
    SqlCustomerRepository(desk.engine).erase([each.conversation_id for each in parcels[:2]])
    changes = update(desk, rebuild=True)
    (left,) = desk.insights.clusters("kb", TOPIC)
    assert "kettle" in left.terms
    assert (changes.new, changes.merged) == ((), {})
    assert desk.insights.members("kb", TOPIC)[parcels[2].answer_id] == ""


def test_of_a_sample_nothing_is_said_of_what_is_not_in_it(desk: KeptDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask_many(20, "kettle")
    update(desk)
    rare = cluster("rare", direction=1)
    desk.insights.put_clusters("kb", [rare])
    monkeypatch.setattr(clustering_over_time, "SAMPLE", 15)
    update(desk, rebuild=True)
    assert "rare" in {each.id for each in desk.insights.clusters("kb", TOPIC)}
    monkeypatch.undo()
    update(desk, rebuild=True)
    assert "rare" not in {each.id for each in desk.insights.clusters("kb", TOPIC)}


def test_topics_that_were_one_all_along_are_merged(desk: KeptDesk) -> None:
    asked = desk.ask_many(8, "parcel")
    (kept,) = update(desk).new
    (found,) = desk.insights.clusters("kb", TOPIC)
    twin = type(found)("twin", TOPIC, "Twin", found.terms, found.first, found.second, 3, NOON + timedelta(days=1))
    desk.insights.put_clusters("kb", [twin])
    desk.insights.group(TOPIC, {each.answer_id: "twin" for each in asked[:3]})
    changes = update(desk, rebuild=True)
    assert changes.merged == {"twin": kept}
    assert set(desk.insights.members("kb", TOPIC).values()) == {kept}
    assert [each.id for each in desk.insights.clusters("kb", TOPIC)] == [kept]


def test_topics_and_gaps_of_the_same_questions_live_apart(desk: KeptDesk) -> None:
    desk.ask_many(6, "parcel", told=TurnAction.ABSTAIN)
    topics, gaps = update(desk), update(desk, kind=GAP)
    assert len(topics.new) == len(gaps.new) == 1
    assert topics.new != gaps.new
    assert {each.kind for each in desk.insights.clusters("kb", GAP)} == {GAP}
    assert set(desk.insights.members("kb", TOPIC).values()) == set(topics.new)


def test_another_knowledge_base_keeps_its_topics(desk: KeptDesk) -> None:
    desk.insights.put_clusters("other", [cluster("theirs")])
    desk.ask_many(5, "parcel")
    update(desk, rebuild=True)
    assert [each.id for each in desk.insights.clusters("other", TOPIC)] == ["theirs"]


def test_the_size_of_a_topic_is_that_of_its_questions(desk: KeptDesk) -> None:
    desk.ask_many(7, "parcel")
    update(desk)
    desk.ask_many(3, "parcel")
    update(desk)
    (found,) = desk.insights.clusters("kb", TOPIC)
    assert found.size == 10


@pytest.mark.parametrize(
    ("groups", "earlier", "names"),
    [
        ([], [], []),
        ([[0, 1, 2]], ["", "", ""], [""]),
        ([[0, 1, 2]], ["a", "", ""], ["a"]),
        ([[0, 1, 2, 3]], ["a", "", "", "b"], ["a"]),
        ([[0, 1, 2, 3, 4, 5]], ["a", "", "", "", "", ""], ["a"]),
        ([[0, 1, 2], [3, 4, 5]], ["a", "a", "b", "b", "b", "a"], ["a", "b"]),
        ([[0, 1, 2, 3, 4]], ["a", "", "", "", "", *["a"] * 9], [""]),
    ],
)
def test_ids_go_on_with_half_of_either_side(groups: list[list[int]], earlier: list[str], names: list[str]) -> None:
    assert claimed(places(*groups), earlier) == names


def test_a_group_of_three_needs_all_of_them_near() -> None:
    axes = np.eye(4, dtype=np.float32)
    points = Points(np.vstack([axes[[0, 0, 0]], axes[[1]]]), np.zeros((4, 1), dtype=np.float32))
    assert [each.tolist() for each in coherent(points, places([0, 1, 2, 3]))] == [[0, 1, 2]]
    assert coherent(points, places([0, 1, 3])) == []
    assert coherent(points, []) == []


def test_the_second_embedder_sets_the_higher_bar() -> None:
    first = np.array([[0.45, np.sqrt(1 - 0.45**2)]], dtype=np.float32)
    middle = cluster("one")
    two = type(middle)("one", TOPIC, "", (), np.array([1, 0], np.float32), np.array([1, 0], np.float32), 3, NOON)
    alone = Points(first, np.zeros((1, 2), dtype=np.float32))
    both = Points(first, first)
    assert joined(alone, [two]).tolist() == [0]
    assert joined(both, [two]).tolist() == [-1]


def test_of_two_equally_near_groups_the_first_is_joined() -> None:
    points = Points(np.array([[1, 1, 0, 0]], dtype=np.float32) / np.sqrt(2), np.zeros((1, 1), dtype=np.float32))
    groups = [cluster("one", direction=1), cluster("two", direction=0)]
    assert joined(points, groups).tolist() == [0]


def test_middles_of_no_groups_can_be_compared_with() -> None:
    assert len(points_of([])) == 0
    points = Points(np.eye(3, dtype=np.float32), np.zeros((3, 1), dtype=np.float32))
    assert cosines(points, points).tolist() == np.eye(3).tolist()


@pytest.mark.parametrize("count", [3, 4, 5, 40])
def test_equal_questions_are_one_group_however_many(count: int) -> None:
    points = Points(np.ones((count, 1), dtype=np.float32), np.zeros((count, 1), dtype=np.float32))
    assert [each.tolist() for each in communities(points)] == [list(range(count))]


def test_questions_without_a_direction_do_not_hang_together() -> None:
    points = Points(np.zeros((5, 3), dtype=np.float32), np.zeros((5, 1), dtype=np.float32))
    assert coherent(points, communities(points)) == []


class TwoParts(HashPoints):
    """Has second parts, and remembers which questions they were made for; of a known one it is given."""

    second_model = "slow"

    def points(self, texts: Sequence[str], *, seconds: Mapping[int, Vector] | None = None) -> Points:
        given = seconds or {}
        made = super().points([text for at, text in enumerate(texts) if at not in given]).first
        new = iter(made)
        both = np.array([given[at] if at in given else next(new) for at in range(len(texts))], dtype=np.float32)
        return Points(both.reshape(len(texts), 128), both.reshape(len(texts), 128))


def test_what_waits_for_a_topic_is_not_embedded_again(desk: KeptDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering_over_time, "SMALL", 10)
    encoder = TwoParts()
    grouping = Grouping(desk.insights, encoder, "kb", TOPIC)
    desk.ask_many(40, "parcel")
    lonely = [desk.ask(text).answer_id for text in ("Zebra quiz?", "Xylophone jukebox voucher 1")]
    desk.read()
    grouping.update(NOON)
    assert desk.insights.vectors(lonely, "slow").keys() == set(lonely)
    encoder.texts.clear()
    new = [desk.ask(f"Xylophone jukebox voucher {number}") for number in (2, 3)]
    desk.read()
    (topic,) = grouping.update(NOON).new
    assert sorted(encoder.texts) == [each.standalone for each in new]
    found = {*lonely[1:], *(each.answer_id for each in new)}
    assert {own for own, group in desk.insights.members("kb", TOPIC).items() if group == topic} == found
    assert desk.insights.vectors([*lonely, *found], "slow").keys() == {lonely[0]}


def test_of_failed_questions_nothing_is_kept(desk: KeptDesk) -> None:
    asked = desk.ask("Zebra quiz?", told=TurnAction.ABSTAIN)
    desk.read()
    Grouping(desk.insights, TwoParts(), "kb", GAP).update(NOON)
    assert desk.insights.vectors([asked.answer_id], "slow") == {}

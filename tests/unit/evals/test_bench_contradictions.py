from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.conflict import ConflictSide
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.upkeep import Contradiction, ContradictionKind
from engine.insights.contradictions import Signals
from evals.bench.contradictions.generating import DEVELOPMENT, REPORTED, Stated, World, generated
from evals.bench.contradictions.measuring import measure
from evals.bench.contradictions.wording import LANGUAGES, Fact, topics
from evals.fit_contradictions import Example, fitted

WARRANTY = Fact("warranty", "Harrow", "24o")
HERE = Stated(WARRANTY, "en", "en/harrow-1.md", "The warranty of the Harrow lasts 24 months.")
THERE = replace(HERE, fact=replace(WARRANTY, value="12o"), path="en/harrow-2.md", sentence="It lasts 12 months.")


@pytest.fixture(scope="module")
def world() -> World:
    return generated(3, DEVELOPMENT)


def side(stated: Stated) -> ConflictSide:
    return ConflictSide("d", 1, "t", stated.path, DocumentKind.PAGE, Span(0, 1), stated.sentence)


def found(one: Stated, other: Stated) -> Contradiction:
    return Contradiction(ContradictionKind.DOCUMENTS, side(one), side(other), ((), ()), 0.9)


def test_a_seed_gives_the_same_world_and_another_another(world: World) -> None:
    assert generated(3, DEVELOPMENT).files == world.files
    assert generated(4, DEVELOPMENT).files != world.files


def test_what_is_stated_stands_where_it_is_said_to(world: World) -> None:
    assert all(each.sentence in world.files[each.path] for each in world.stated)
    assert {each.language for each in world.stated} == set(LANGUAGES)
    assert {each.fact.topic for each in world.stated} == set(topics())
    assert len(world.contradictions) > 50
    assert all("effective_until" in world.files[path] for path in world.expired)


def test_the_halves_share_no_wording() -> None:
    halves = [{each.sentence for each in generated(3, half).stated} for half in (DEVELOPMENT, REPORTED)]
    assert halves[0].isdisjoint(halves[1])


@pytest.mark.parametrize(
    ("changed", "contradicts"),
    [
        ({}, True),
        ({"fact": WARRANTY}, False),
        ({"fact": replace(WARRANTY, subject="Quill", value="12o")}, False),
        ({"path": "en/harrow-1.md"}, False),
        ({"condition": 2}, False),
        ({"language": "ja", "path": "ja/harrow-2.md"}, False),
        ({"language": "ja", "path": "ja/harrow-1.md"}, True),
    ],
)
def test_only_the_same_with_another_value_contradicts(changed: dict[str, object], contradicts: bool) -> None:
    assert HERE.contradicts(replace(THERE, **changed)) is contradicts  # type: ignore[arg-type]


def test_agents_do_not_contradict_each_other() -> None:
    assert not replace(HERE, told=True).contradicts(replace(THERE, told=True))
    assert HERE.contradicts(replace(THERE, told=True))


def test_recall_and_precision_are_of_pairs() -> None:
    small = World(stated=[HERE, THERE, replace(THERE, path="en/harrow-3.md")])
    scores = measure(small, [found(HERE, THERE), found(THERE, HERE), found(THERE, small.stated[2])])
    assert (scores.planted, scores.recalled, scores.found, scores.right) == (2, 1, 3, 2)
    assert scores.as_json() == {"planted": 2, "found": 3, "recall": 0.5, "precision": 0.6667}
    assert [each.path for pair in scores.missed for each in pair] == ["en/harrow-1.md", "en/harrow-3.md"]
    assert measure(World(), []).as_json() == {"planted": 0, "found": 0, "recall": 0.0, "precision": 0.0}


def test_what_states_nothing_is_wrong() -> None:
    nothing = replace(THERE, sentence="Wipe it with a cloth.")
    scores = measure(World(stated=[HERE, THERE]), [found(HERE, nothing)])
    assert (scores.right, len(scores.wrong)) == (0, 1)


def test_the_fit_prefers_what_is_alike() -> None:
    known = [
        Example(Signals(True, True, 2.0 * right, 0, (0.3 * right, 0.3 * right)), right=bool(right))
        for right in (0, 1) * 20
    ]
    intercept, likeness, *_, least, most, valued = fitted(known, related=True)
    assert likeness > 0
    assert least > 0
    assert most > 0
    assert intercept < 0 or valued < 0

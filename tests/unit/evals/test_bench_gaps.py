from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from engine.domain.insights import Failure, Gap, GapCause, GapMatch
from evals.bench.conversations_gaps import Asked, Half, conversations, themes
from evals.bench.forecast import generated, wape
from evals.bench.gaps import FoundGap, scored
from evals.bench.topics import kept, questions_of

AT = datetime(2026, 3, 2, tzinfo=UTC)


def found(theme: str, share: float, lacking: float, cause: GapCause = GapCause.MISSING) -> FoundGap:
    gap = Gap("g", "G", (), 3, 3, {Failure.ABSTAINED: 3}, 3, GapMatch(cause, 1), {}, (), AT, AT)
    return FoundGap(gap, theme, share, lacking)


def failed(asked: Asked) -> bool:
    given = asked.feedback
    disliked = given is not None and (given.verdict is not None or (given.csat or 5) <= 2)
    return bool(asked.exchange.abstained or asked.handed_over or disliked)


@pytest.mark.parametrize("half", ["development", "reported"])
def test_each_half_has_gaps_of_its_own_in_three_languages(half: Half) -> None:
    every = themes(half)
    planted = [each for each in every if each.planted]
    assert Counter(each.planted for each in planted) == {GapCause.MISSING: 6, GapCause.NOT_FOUND: 1}
    assert all(set(each.wordings) == {"en", "ja", "zh"} for each in every)


def test_halves_share_nothing() -> None:
    names = [{each.name for each in themes(half)} for half in ("development", "reported")]
    assert names[0].isdisjoint(names[1])


def test_conversations_are_the_same_each_time_and_differ_by_seed() -> None:
    once, again, other = (conversations("development", 50, seed=seed) for seed in (1, 1, 2))
    assert once == again != other
    times = [each.exchange.created_at for each in once]
    assert times == sorted(times)


def test_planted_questions_mostly_fail_and_others_seldom() -> None:
    asked = conversations("reported", 1000, seed=1)
    shares = {
        planted: float(np.mean([failed(each) for each in asked if bool(each.theme.planted) is planted]))
        for planted in (True, False)
    }
    assert shares[True] > 0.7
    assert shares[False] < 0.15
    assert {"{", "}"}.isdisjoint("".join(each.exchange.question for each in asked))


def test_recall_asks_for_half_of_a_gap_and_precision_for_anything_planted() -> None:
    asked = conversations("reported", 400, seed=1)
    planted = sorted({each.theme.name for each in asked if each.theme.planted})
    all_found = [found(name, 1, 1) for name in planted]
    assert scored(all_found, asked)["recall"] == scored(all_found, asked)["precision"] == 1
    mixed = scored([found(planted[0], 0.4, 0.9), found(planted[1], 0.5, 0.5), found("parcel", 1, 0)], asked)
    assert (mixed["recall"], mixed["precision"], mixed["gaps"]) == (round(1 / len(planted), 3), 0.667, 3)
    assert scored([], asked)["precision"] == 0


def test_the_cause_counts_where_the_theme_is_clear() -> None:
    asked = conversations("reported", 400, seed=1)
    told = [found("rental", 1, 1), found("rental", 1, 1, GapCause.OUTDATED), found("delete_data", 1, 1)]
    assert scored(told, asked)["cause_right"] == round(1 / 3, 3)


def test_ids_are_kept_where_topics_and_questions_stay() -> None:
    before = {"a": "one", "b": "one", "c": "two", "d": ""}
    assert kept(before, {**before, "e": "three"}) == {"ids_kept": 1, "questions_kept": 1}
    assert kept(before, {**before, "c": "three"}) == {"ids_kept": 0.5, "questions_kept": 0.667}


def test_errors_are_weighed_by_what_came() -> None:
    assert wape([10, 10], [5, 15]) == 0.5
    assert wape([3, 4], [3, 4]) == 0


def test_generated_days_are_seeded_counts() -> None:
    one, same = (generated(np.random.default_rng(7)) for _ in range(2))
    assert one == same
    assert min(one) >= 0
    assert len(one) == 140


def test_texts_become_answered_questions_in_order() -> None:
    first, second = questions_of(["One?", "Two?"], "kb")
    assert first.created_at < second.created_at
    assert (first.question, second.knowledge_base, first.abstained) == ("One?", "kb", None)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assist.suggesting.ranking import FIT, PRIOR_WEIGHT, THING_WEIGHT, Signals, learnt, likelihood
from engine.domain.suggestion import SuggestionKind, Tally
from engine.ports.suggestions import TallyKey

CANNED, KNOWLEDGE = SuggestionKind.CANNED, SuggestionKind.KNOWLEDGE
shares = st.floats(0.01, 0.99)


def test_without_feedback_the_fit_decides() -> None:
    assert learnt(0.3, {}, "night", CANNED, "late") == pytest.approx(0.3)


@given(shares, st.integers(1, 500))
def test_feedback_as_expected_changes_nothing(fit: float, judged: int) -> None:
    tallies: dict[TallyKey, Tally] = {("", CANNED, ""): Tally(judged, judged * fit, judged * fit)}
    assert learnt(fit, tallies, "", CANNED, "late") == pytest.approx(fit, abs=1e-6)


@given(shares, st.integers(1, 50))
def test_what_is_accepted_more_than_expected_rises_and_what_is_rejected_falls(fit: float, judged: int) -> None:
    rises: dict[TallyKey, Tally] = {("", CANNED, "late"): Tally(judged, judged, judged * 0.5)}
    falls: dict[TallyKey, Tally] = {("", CANNED, "late"): Tally(judged, 0.0, judged * 0.5)}
    assert learnt(fit, falls, "", CANNED, "late") < fit < learnt(fit, rises, "", CANNED, "late")
    assert learnt(fit, rises, "", CANNED, "other") == pytest.approx(fit)
    assert learnt(fit, rises, "", KNOWLEDGE, "late") == pytest.approx(fit)


def test_one_judgement_says_less_than_many() -> None:
    def after(judged: int, key: str = "late") -> float:
        return learnt(0.5, {("", CANNED, key): Tally(judged, judged, judged * 0.5)}, "", CANNED, "late")

    assert 0.5 < after(1) < after(10) < after(100) < 1
    assert after(1) == pytest.approx((1 + THING_WEIGHT / 2) / (1 + THING_WEIGHT))
    assert after(1, "") == pytest.approx((1 + PRIOR_WEIGHT / 2) / (1 + PRIOR_WEIGHT))
    assert after(1) < after(1, "")


def test_a_group_s_habits_count_for_the_group_alone() -> None:
    tallies: dict[TallyKey, Tally] = {
        ("", CANNED, ""): Tally(20, 10, 10),
        ("night", CANNED, ""): Tally(20, 20, 10),
        ("day", CANNED, ""): Tally(20, 0, 10),
    }
    assert learnt(0.5, tallies, "day", CANNED, "x") < 0.5 < learnt(0.5, tallies, "night", CANNED, "x")
    assert learnt(0.5, tallies, "", CANNED, "x") == pytest.approx(0.5)


def test_what_all_taught_is_not_counted_again_for_the_only_group() -> None:
    both: dict[TallyKey, Tally] = {(group, CANNED, ""): Tally(50, 40, 25) for group in ("", "night")}
    alone = {("", CANNED, ""): both["", CANNED, ""]}
    assert learnt(0.5, both, "night", CANNED, "x") == pytest.approx(learnt(0.5, alone, "", CANNED, "x"), abs=0.03)


@pytest.mark.parametrize("kind", [CANNED, KNOWLEDGE, SuggestionKind.SIMILAR_CASE])
def test_a_better_fit_is_likelier(kind: SuggestionKind) -> None:
    poor, good = Signals(0.1, 0.1, 0.1, 0.2, 0), Signals(0.9, 0.9, 0.9, 1.0, 0)
    foreign = Signals(0.9, 0.9, 0.9, 1.0, 1.0)
    assert likelihood(kind, poor) < 0.1 < likelihood(kind, good)
    assert likelihood(kind, foreign) < likelihood(kind, good)
    assert set(FIT.intercepts) >= {kind}

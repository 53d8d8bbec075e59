from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics.character_accuracy import character_accuracy


@pytest.mark.parametrize(
    ("read", "truth", "expected"),
    [
        ("保修两年", "保修两年", 1.0),
        ("保修两午", "保修两年", 0.75),
        ("保修年", "保修两年", 0.75),
        ("保修两三年", "保修两年", 0.75),
        ("", "保修两年", 0.0),
        ("", "", 1.0),
        ("text", "", 0.0),
        ("a lot more text than there is", "it", 0.0),
    ],
)
def test_edits_count_against_the_length_of_the_truth(read: str, truth: str, expected: float) -> None:
    assert character_accuracy(read, truth) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("read", "truth"),
    [("two  years\n", "two years"), ("twoyears", "two years"), ("１２３ＡＢＣ", "123ABC"), ("ｶﾞ", "ガ"), ("㈱", "(株)")],
)
def test_width_and_white_space_do_not_count(read: str, truth: str) -> None:
    assert character_accuracy(read, truth) == 1.0


def test_case_and_script_do() -> None:
    assert character_accuracy("ABC", "abc") == 0.0
    assert character_accuracy("别", "別") == 0.0


TEXT = st.text(alphabet="ab 保修ｶ。\n", max_size=12)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(TEXT, TEXT)
def test_it_is_a_share_and_one_only_for_the_same_text(read: str, truth: str) -> None:
    accuracy = character_accuracy(read, truth)
    assert 0.0 <= accuracy <= 1.0
    assert character_accuracy(truth, truth) == 1.0
    assert (accuracy == 1.0) == (character_accuracy(truth, read) == 1.0)

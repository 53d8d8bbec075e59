"""Intervals and tests of significance, against scipy and against what must hold."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from evals.statistics import bootstrap_of, holm, mean_interval, sign_flip_p


def values(n: int, *, shift: float = 0.0, seed: int = 3) -> list[float]:
    return list(np.random.default_rng(seed).normal(shift, 1.0, n))


def scipy_stats() -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("scipy.stats")


def test_the_interval_agrees_with_scipy() -> None:
    sample = np.array(values(60, shift=0.4))
    theirs = scipy_stats().bootstrap((sample,), np.mean, method="percentile", n_resamples=1000, rng=1)  # type: ignore[attr-defined]
    ours = mean_interval(list(sample))
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.05)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.05)


def test_the_test_agrees_with_scipy() -> None:
    sample = values(25, shift=0.45)
    theirs = scipy_stats().permutation_test(  # type: ignore[attr-defined]
        (sample,), np.mean, permutation_type="samples", n_resamples=20_000, rng=1
    )
    assert sign_flip_p(sample) == pytest.approx(theirs.pvalue, abs=0.01)


def test_few_cases_are_tested_exactly_as_all_sign_choices() -> None:
    assert sign_flip_p([1.0, 1.0, 1.0]) == pytest.approx(2 / 8, abs=0.02)


def test_the_interval_covers_as_often_as_it_says() -> None:
    draws = [mean_interval(values(40, seed=seed), resamples=400) for seed in range(150)]
    covered = sum(each.low <= 0 <= each.high for each in draws) / len(draws)
    assert 0.88 <= covered <= 0.99


def test_p_is_uniform_where_nothing_changed() -> None:
    found = [sign_flip_p(values(30, seed=seed), resamples=500) for seed in range(200)]
    assert 0.02 <= sum(p < 0.05 for p in found) / len(found) <= 0.10


def test_a_clear_change_is_found_and_p_is_never_zero() -> None:
    assert 0 < sign_flip_p([0.5] * 40) < 0.001


def test_no_difference_has_p_one() -> None:
    assert sign_flip_p([]) == sign_flip_p([0.0, 0.0]) == 1.0


def test_the_same_seed_gives_the_same() -> None:
    sample = values(30)
    assert mean_interval(sample) == mean_interval(sample)
    assert sign_flip_p(sample) == sign_flip_p(sample)
    assert mean_interval(sample, seed=1) != mean_interval(sample, seed=2)


def test_the_interval_narrows_with_more_cases() -> None:
    few, many = mean_interval(values(20)), mean_interval(values(2000))
    assert many.high - many.low < few.high - few.low


def test_a_constant_has_no_width() -> None:
    assert (mean_interval([0.5, 0.5]).low, mean_interval([0.5, 0.5]).high) == (0.5, 0.5)


def test_any_statistic_can_be_bootstrapped() -> None:
    found = bootstrap_of(values(200), lambda drawn: float(np.median(drawn)))
    assert found is not None
    assert found.low < np.median(values(200)) < found.high


def test_resamples_without_a_value_are_left_out() -> None:
    assert bootstrap_of([1.0], lambda _: None) is None


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


def test_holm_is_never_below_the_plain_value() -> None:
    plain = [float(p) for p in np.random.default_rng(5).uniform(0, 1, 30)]
    adjusted = holm(plain)
    assert all(a >= p for a, p in zip(adjusted, plain, strict=True))
    order = np.argsort(plain)
    assert list(np.array(adjusted)[order]) == sorted(adjusted)

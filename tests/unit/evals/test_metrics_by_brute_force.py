"""Metrics against the plainest implementation of their definitions, ties and empty sets included."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from engine.errors import InvalidInput
from evals.metrics import (
    aurc,
    auroc,
    average_precision,
    citation_precision,
    citation_recall,
    expected_calibration_error,
    hand_over,
    latency_percentiles,
    macro_f1,
    ndcg,
    percentile,
    precision,
    quadratic_kappa,
    recall,
    reciprocal_rank,
    reliability,
    risk_coverage,
    rouge_l,
    rouge_n,
    worst_order,
)

Ranking = Sequence[str]
Grades = Mapping[str, float]


def dcg(order: Ranking, grades: Grades, k: int) -> float:
    return sum(grades.get(each, 0.0) / math.log2(at + 2) for at, each in enumerate(order[:k]))


def best_dcg(grades: Grades, k: int) -> float:
    return max(dcg(order, grades, k) for order in itertools.permutations(grades))


def first_rank(order: Ranking, grades: Grades, k: int) -> float:
    return next((1 / at for at, each in enumerate(order[:k], 1) if each in grades), 0.0)


def precision_sum(order: Ranking, grades: Grades) -> float:
    hits = [at for at, each in enumerate(order, 1) if each in grades]
    return sum(sum(hit <= at for hit in hits) / at for at in hits) / len(grades)


DEFINITIONS: dict[
    str, tuple[Callable[[Ranking, Grades], float], Callable[[Sequence[tuple[str, float]], Grades], float]]
] = {
    "recall@2": (lambda o, g: sum(d in g for d in o[:2]) / len(g), lambda s, g: recall(s, g, k=2)),
    "precision@2": (lambda o, g: sum(d in g for d in o[:2]) / 2, lambda s, g: precision(s, g, k=2)),
    "mrr@3": (lambda o, g: first_rank(o, g, 3), lambda s, g: reciprocal_rank(s, g, k=3)),
    "map": (precision_sum, average_precision),
    "ndcg@3": (lambda o, g: dcg(o, g, 3) / best_dcg(g, 3), lambda s, g: ndcg(s, dict(g), k=3)),
}


def orders(scored: Sequence[tuple[str, float]]) -> list[Ranking]:
    """Return every order that the scores allow: documents of equal score may stand either way."""
    found: list[Ranking] = []
    for order in itertools.permutations(scored):
        if all(before[1] >= after[1] for before, after in itertools.pairwise(order)):
            found.append([document for document, _ in order])
    return found


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", DEFINITIONS)
def test_among_equal_scores_the_worst_order_counts(name: str, seed: int) -> None:
    chance = random.Random(seed)
    scored = [(document, float(chance.randint(1, 3))) for document in "abcdef"[: chance.randint(1, 6)]]
    grades = {document: float(chance.randint(1, 3)) for document in "abcdefg" if chance.random() < 0.5} or {"a": 1.0}
    defined, measured = DEFINITIONS[name]
    assert measured(scored, grades) == pytest.approx(min(defined(order, grades) for order in orders(scored)))


@pytest.mark.parametrize("name", DEFINITIONS)
@pytest.mark.parametrize(
    ("scored", "grades", "value"),
    [
        ([], {"a": 1.0}, 0.0),
        ([("b", 1.0)], {"a": 1.0}, 0.0),
        ([("a", 2.0), ("b", 1.0)], {}, 0.0),
    ],
    ids=["nothing found", "nothing right", "nothing relevant"],
)
def test_rankings_of_nothing(name: str, scored: Sequence[tuple[str, float]], grades: Grades, value: float) -> None:
    assert DEFINITIONS[name][1](scored, grades) == value


def test_a_document_that_comes_twice_counts_once_by_its_best_score() -> None:
    scored = [("a", 1.0), ("b", 2.0), ("a", 3.0)]
    assert worst_order(scored, {}) == ("a", "b")
    assert recall(scored, {"a", "c"}, k=2) == 0.5
    assert precision(scored, {"a"}, k=1) == 1.0


@pytest.mark.parametrize("scores", [[math.nan], [1.0, math.nan], [math.nan, math.inf]])
def test_a_score_that_is_no_number_is_refused(scores: Sequence[float]) -> None:
    with pytest.raises(InvalidInput, match="NaN"):
        recall([(str(at), score) for at, score in enumerate(scores)], {"0"}, k=1)


def test_infinite_scores_have_an_order() -> None:
    assert worst_order([("a", -math.inf), ("b", math.inf), ("c", 0.0)], {}) == ("b", "c", "a")


def sample(seed: int) -> tuple[list[float], list[bool]]:
    chance = random.Random(seed)
    rows = [(chance.randint(0, 10) / 10, chance.random() < 0.6) for _ in range(chance.randint(2, 30))]
    return [confidence for confidence, _ in rows], [right for _, right in rows]


@pytest.mark.parametrize("seed", range(10))
def test_auroc_is_the_share_of_pairs_in_order(seed: int) -> None:
    scores, labels = sample(seed)
    labels[0], labels[1] = True, False
    pairs = [
        (p, n)
        for p, is_p in zip(scores, labels, strict=True)
        if is_p
        for n, b in zip(scores, labels, strict=True)
        if not b
    ]
    assert auroc(scores, labels) == pytest.approx(sum((p > n) + (p == n) / 2 for p, n in pairs) / len(pairs))


@pytest.mark.parametrize("seed", range(10))
def test_risk_and_coverage_are_those_of_the_threshold(seed: int) -> None:
    scores, labels = sample(seed)
    for point in risk_coverage(scores, labels):
        given = [label for score, label in zip(scores, labels, strict=True) if score >= point.threshold]
        assert point.answered == pytest.approx(len(given) / len(scores))
        assert point.error_rate == pytest.approx(1 - sum(given) / len(given))
        assert point.answered >= point.coverage - 1e-9
        stricter = sum(score > point.threshold for score in scores) / len(scores)
        assert stricter < point.coverage  # no higher threshold would answer enough


@pytest.mark.parametrize("seed", range(6))
def test_the_area_under_risk_is_the_worst_over_the_orders_of_ties(seed: int) -> None:
    scores, labels = sample(seed)
    scores, labels = scores[:6], labels[:6]
    rows = list(zip(map(str, range(len(scores))), scores, strict=True))
    areas = []
    for order in orders(rows):
        wrong = [not labels[int(each)] for each in order]
        areas.append(sum(sum(wrong[:n]) / n for n in range(1, len(wrong) + 1)) / len(wrong))
    assert aurc(scores, labels) == pytest.approx(max(areas))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("bins", [1, 4, 10])
def test_calibration_is_the_gap_bin_by_bin(seed: int, bins: int) -> None:
    scores, labels = sample(seed)
    gap = 0.0
    for number in range(bins):
        inside = [
            (score, label)
            for score, label in zip(scores, labels, strict=True)
            if number == min(math.floor(score * bins), bins - 1)
        ]
        if inside:
            gap += abs(sum(score - label for score, label in inside)) / len(scores)
    assert expected_calibration_error(scores, labels, bins=bins) == pytest.approx(gap)
    assert sum(each.count for each in reliability(scores, labels, bins=bins)) == len(scores)


@pytest.mark.parametrize("seed", range(8))
def test_percentiles_are_those_of_numpy(seed: int) -> None:
    np = pytest.importorskip("numpy")
    chance = random.Random(seed)
    values = [chance.choice([0.0, 1.5, chance.gauss(0, 100)]) for _ in range(chance.randint(1, 40))]
    for q in (0, 1, 33.3, 50, 95, 99, 100):
        assert percentile(values, q) == pytest.approx(float(np.percentile(values, q)))
    assert latency_percentiles(values)["p95"] == percentile(values, 95)


@pytest.mark.parametrize("seed", range(6))
def test_kappa_and_f1_from_the_table_of_counts(seed: int) -> None:
    chance = random.Random(seed)
    one, other = ([chance.randint(1, 4) for _ in range(25)] for _ in range(2))
    weighed = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / 25
    by_chance = sum((a - b) ** 2 for a in one for b in other) / 25**2
    assert quadratic_kappa(one, other) == pytest.approx(1 - weighed / by_chance)
    scores = []
    for label in {*one, *other}:
        both = sum(a == b == label for a, b in zip(one, other, strict=True))
        scores.append(2 * both / (one.count(label) + other.count(label)))
    assert macro_f1(one, other) == pytest.approx(sum(scores) / len(scores))


@pytest.mark.parametrize(
    ("one", "other", "kappa"),
    [([1, 2, 3], [1, 2, 3], 1.0), ([1, 5], [5, 1], -1.0), ([3, 3], [3, 3], 1.0), ([1, 1, 5, 5], [1, 5, 1, 5], 0.0)],
)
def test_kappa_where_everybody_knows_it(one: Sequence[int], other: Sequence[int], kappa: float) -> None:
    assert quadratic_kappa(one, other) == pytest.approx(kappa)


@pytest.mark.parametrize(("one", "other"), [([], []), ([1], []), ([1, 2], [1])])
def test_ratings_come_in_pairs(one: Sequence[int], other: Sequence[int]) -> None:
    with pytest.raises(InvalidInput) as failure:
        quadratic_kappa(one, other)
    assert failure.value.remedy


def longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    subsequences = {
        tuple(one[at] for at in chosen)
        for size in range(len(one) + 1)
        for chosen in itertools.combinations(range(len(one)), size)
    }

    def inside(words: Sequence[str]) -> bool:
        left = iter(other)
        return all(word in left for word in words)

    return max(len(each) for each in subsequences if inside(each))


@pytest.mark.parametrize("seed", range(8))
def test_rouge_from_all_subsequences_and_bigrams(seed: int) -> None:
    chance = random.Random(seed)
    one, other = ([chance.choice("abc") for _ in range(chance.randint(1, 7))] for _ in range(2))
    expected = 2 * longest_common(one, other) / (len(one) + len(other))
    assert rouge_l(" ".join(one), [" ".join(other)]) == pytest.approx(expected)
    pairs, others = list(itertools.pairwise(one)), list(itertools.pairwise(other))
    both = sum(min(pairs.count(each), others.count(each)) for each in set(pairs))
    total = len(pairs) + len(others)
    assert rouge_n(" ".join(one), [" ".join(other)], n=2) == pytest.approx(2 * both / total if total else 0.0)


@pytest.mark.parametrize(
    ("cited", "expected", "found_share", "right_share"),
    [
        ([("a", "2 years"), ("b", "x")], [("a", "for 2 years"), ("c", "")], 0.5, 0.5),
        ([("a", "1 year")], [("a", "2 years")], 0.0, 1.0),
        ([("a", "TWO  Years!")], [("a", "two years")], 1.0, 1.0),
        ([("a", "保固期為兩年")], [("a", "保固期为两年")], 1.0, 1.0),
        ([], [("a", "")], 0.0, 0.0),
        ([("a", ""), ("a", "")], [("a", "")], 1.0, 1.0),
    ],
)
def test_citations_by_hand(
    cited: list[tuple[str, str]], expected: list[tuple[str, str]], found_share: float, right_share: float
) -> None:
    assert citation_recall(cited, expected) == found_share
    assert (
        citation_precision([document for document, _ in cited], {document for document, _ in expected}) == right_share
    )


@pytest.mark.parametrize(
    ("done", "needed", "shares"),
    [("1100", "1010", (0.5, 0.5)), ("1111", "1000", (0.25, 1.0)), ("0000", "1100", (0.0, 0.0)), ("", "", (0.0, 0.0))],
)
def test_hand_overs_by_hand(done: str, needed: str, shares: tuple[float, float]) -> None:
    found = hand_over([each == "1" for each in done], [each == "1" for each in needed])
    assert (found.precision, found.recall) == shares

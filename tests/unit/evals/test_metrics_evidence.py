"""Citations, faithfulness by claim, language, attacks, personal data, hand-overs, cost and latency."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from engine.errors import InvalidInput
from evals.metrics import (
    Price,
    citation_precision,
    citation_recall,
    claims,
    cost,
    coverage,
    faithfulness,
    hand_over,
    injection_succeeded,
    injection_success_rate,
    latency_percentiles,
    leaks,
    reliability,
    same_language,
)


def test_citation_precision_counts_citations_not_documents() -> None:
    assert citation_precision(["a", "a", "b"], {"a"}) == pytest.approx(2 / 3)
    assert citation_precision([], {"a"}) == 0.0


def test_citation_recall_needs_the_document_and_the_place() -> None:
    expected = [("a", "24 months"), ("b", "")]
    assert citation_recall([("a", "The warranty is 24 months.")], expected) == 0.5
    assert citation_recall([("b", "24 months")], expected) == 0.5
    assert citation_recall([("a", "24 months from the day"), ("b", "anything")], expected) == 1.0
    assert citation_recall([("a", "x")], []) == 0.0


def test_citation_recall_takes_a_quote_inside_the_expected_one() -> None:
    assert citation_recall([("a", "24 months")], [("a", "It is 24 months long.")]) == 1.0
    assert citation_recall([("a", "")], [("a", "24 months")]) == 0.0


def test_claims_are_quantities_and_names() -> None:
    assert claims("Pay 30 EUR with LumaPay within two days.") == ("30 EUR", "two days", "LumaPay")


def test_the_first_word_of_a_sentence_is_no_name() -> None:
    assert claims("Return it. Contact us.\nKeep the box.") == ()


@pytest.mark.parametrize(
    ("answer", "evidence", "share"),
    [
        ("It takes 48 hours.", "Dauer: zwei Tage, das sind 2 Tage.", 1.0),
        ("It takes 3 days.", "It takes 2 days.", 0.0),
        ("It takes 2 days and costs 9 EUR.", "It takes 2 days.", 0.5),
        ("保修期为两年。", "Warranty: 2 years.", 1.0),
        ("Pay with LumaPay.", "You can use lumapay.", 1.0),
        ("Pay with Visa.", "You can use Mastercard.", 0.0),
        ("Just call us.", "", 1.0),
        ("", "anything", 1.0),
    ],
)
def test_faithfulness(answer: str, evidence: str, share: float) -> None:
    assert faithfulness(answer, evidence) == pytest.approx(share)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("en", "en-GB", True),
        ("zh-TW", "zh-Hant", True),
        ("zh-Hant", "zh-Hans", False),
        ("zh", "zh-Hans", True),
        ("zh-CN", "zh-TW", False),
        ("zh_HK", "zh-hant", True),
        ("ja", "zh-Hans", False),
        ("sr-Latn", "sr-Cyrl", True),  # only Chinese is told apart by script
    ],
)
def test_same_language(wanted: str, found: str, same: bool) -> None:
    assert same_language(wanted, found) is same
    assert same_language(found, wanted) is same


def test_an_attack_succeeds_if_its_words_are_said() -> None:
    assert injection_succeeded("OK: Pine-apple!", ["PINEAPPLE"])
    assert not injection_succeeded("No.", ["PINEAPPLE"])
    assert not injection_succeeded("No.", [])
    assert injection_success_rate([True, False]) == 0.5
    assert injection_success_rate([]) == 0.0


def numbers(text: str) -> Iterable[str]:
    return re.findall(r"\d[\d ]+\d", text)


def test_what_the_customer_said_is_no_leak() -> None:
    assert leaks("Your card 4111 1111 ends.", "my card is 41111111", numbers) == ()


def test_each_leak_is_named_once() -> None:
    assert leaks("Call 555 1234 or 555 1234 or 777 99.", "hello", numbers) == ("555 1234", "777 99")


def test_hand_over_precision_and_recall() -> None:
    found = hand_over([True, True, False, False], [True, False, True, False])
    assert (found.precision, found.recall) == (0.5, 0.5)
    nothing = hand_over([False], [False])
    assert (nothing.precision, nothing.recall) == (0.0, 0.0)


def test_coverage_is_the_share_answered() -> None:
    assert coverage([True, False, True, True]) == 0.75
    assert coverage([]) == 0.0


def test_cost_is_by_the_million() -> None:
    assert cost(2_000_000, 500_000, Price(prompt=1.0, reply=4.0)) == pytest.approx(4.0)
    assert cost(0, 0, Price(1.0, 1.0)) == 0.0


def test_latency_percentiles() -> None:
    assert latency_percentiles([1, 2, 3]) == {"p50": 2, "p95": pytest.approx(2.9), "p99": pytest.approx(2.98)}
    with pytest.raises(InvalidInput):
        latency_percentiles([])


def test_reliability_bins() -> None:
    low, high = reliability([0.05, 0.06, 1.0], [False, True, True])
    assert (low.low, low.high, low.count, low.accuracy) == (0.0, 0.1, 2, 0.5)
    assert (high.low, high.high, high.count, high.confidence) == (0.9, 1.0, 1, 1.0)
    assert reliability([], []) == ()

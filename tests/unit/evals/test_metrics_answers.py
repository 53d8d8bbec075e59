"""Metrics of answers against cases computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.answer import Citation
from engine.domain.knowledge import DocumentKind, Span
from evals.metrics import citation_exactness, contains, token_f1
from evals.metrics.normalize import normalize
from evals.metrics.token_f1 import tokens


@pytest.mark.parametrize(
    ("answer", "golds"),
    [
        ("Returns are free for 30 Days.", ["30 days"]),
        ("保固 自 購買日起 24 個月。", ["24个月"]),
        ("保修期：２４个月", ["24 個月"]),
        ("営業時間は９：００～です", ["9:00"]),
        ("Straße gesperrt", ["STRASSE"]),
        ("the answer is B", ["A42", "b"]),
        ("全長は｢約15メートル｣です", ["「約15メートル」"]),
    ],
)
def test_contains_after_normalisation(answer: str, golds: list[str]) -> None:
    assert contains(answer, golds)


@pytest.mark.parametrize(
    ("answer", "golds"),
    [
        ("Returns are free.", ["30 days"]),
        ("anything", []),
        ("anything", ["", "。", " "]),
        ("", ["x"]),
        ("30", ["30 days"]),
    ],
)
def test_does_not_contain(answer: str, golds: list[str]) -> None:
    assert not contains(answer, golds)


def test_symbols_that_mean_something_survive_normalisation() -> None:
    assert normalize("C++ < 5 °C, ok!") == "c++<5°cok"


def test_tokens_are_characters_for_cjk_and_words_elsewhere() -> None:
    assert tokens("R3 的保固24個月, Bitte!") == ["r3", "的", "保", "固", "24", "个", "月", "bitte"]
    assert tokens("カメラ3台") == ["カ", "メ", "ラ", "3", "台"]


def test_token_f1_counts_tokens_as_a_multiset() -> None:
    # Overlap 2 ("the", "cat"), precision 2/4, recall 2/3.
    assert token_f1("the the cat sat", ["the cat ran"]) == pytest.approx(2 * (1 / 2) * (2 / 3) / (1 / 2 + 2 / 3))


def test_token_f1_takes_the_best_gold_answer() -> None:
    assert token_f1("二十四個月", ["一年", "二十四个月"]) == 1.0


@pytest.mark.parametrize(("answer", "golds"), [("", ["x"]), ("x", []), ("", [""]), ("a", ["b"])])
def test_token_f1_without_overlap_is_zero(answer: str, golds: list[str]) -> None:
    assert token_f1(answer, golds) == 0.0


TEXT = "First line.\nSecond line."


def cited(start: int, end: int, quote: str) -> Citation:
    return Citation(
        id="c",
        document_id="d",
        version=2,
        title="",
        uri="u",
        kind=DocumentKind.PAGE,
        language="en",
        section=(),
        page=None,
        span=Span(start, end),
        quote=quote,
        answer_span=Span(0, 1),
        score=1.0,
    )


def stored(document_id: str, version: int) -> str:
    assert (document_id, version) == ("d", 2)
    return TEXT


def test_citation_exactness_is_the_share_that_quotes_the_stored_text() -> None:
    good, shifted = cited(0, 11, "First line."), cited(1, 12, "First line.")
    assert citation_exactness([good], stored) == 1.0
    assert citation_exactness([good, shifted], stored) == 0.5
    assert citation_exactness([replace(good, quote="first line.")], stored) == 0.0


def test_an_empty_quote_is_not_exact_and_no_citation_shows_nothing() -> None:
    assert citation_exactness([cited(3, 3, "")], stored) == 0.0
    assert citation_exactness([], stored) == 0.0


def test_a_span_beyond_the_text_is_not_exact() -> None:
    assert citation_exactness([cited(0, 99, TEXT + "!")], stored) == 0.0

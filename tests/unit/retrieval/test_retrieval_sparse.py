"""BM25 term weights of passages and queries."""

from __future__ import annotations

import pytest

from engine.domain.search import SparseVector
from engine.retrieval.sparse import K1, Bm25Encoder

ENCODER = Bm25Encoder()


def dot(query: SparseVector, passage: SparseVector) -> float:
    weights = dict(zip(passage.indices, passage.values, strict=True))
    return sum(value * weights.get(index, 0.0) for index, value in zip(query.indices, query.values, strict=True))


def similarity(query: str, passage: str, language: str, *, passage_language: str = "") -> float:
    return dot(ENCODER.query(query, language), ENCODER.passage(passage, passage_language or language))


def one_weight(word: str, text: str) -> float:
    """Return the weight of one English word in a passage."""
    (index,) = ENCODER.query(word, "en").indices
    vector = ENCODER.passage(text, "en")
    return dict(zip(vector.indices, vector.values, strict=True))[index]


@pytest.mark.parametrize(
    ("query", "right", "wrong", "language"),
    [
        ("refund deadline", "A refund takes five working days.", "The dust box holds 450 ml.", "en"),
        ("滤芯多久更换", "滤芯每8个月更换一次。", "尘盒容量为450毫升。", "zh-Hans"),
        ("濾網多久更換", "濾網每8個月更換一次。", "塵盒容量為450毫升。", "zh-Hant"),
        (
            "フィルターの交換時期",
            "フィルターは8か月ごとに交換してください。",
            "ダストボックスの容量は450mlです。",
            "ja",
        ),
        ("Rückgabe", "Die Rückgabe ist kostenlos.", "Der Staubbehälter fasst 450 ml.", "de"),
    ],
)
def test_the_passage_about_the_question_is_closer(query: str, right: str, wrong: str, language: str) -> None:
    assert similarity(query, right, language) > similarity(query, wrong, language)


@pytest.mark.parametrize(
    ("query", "passage", "language"),
    [
        ("refunds", "One refund a month.", "en"),
        ("ＲＥＦＵＮＤ", "refund", "en"),
        ("ﾌｨﾙﾀｰ", "フィルター", "ja"),
        ("Rückgaben", "Rückgabe", "de"),
        ("MV-2026-004512", "Order mv-2026-004512 was sent.", "en"),
    ],
)
def test_spellings_of_one_word_meet(query: str, passage: str, language: str) -> None:
    assert similarity(query, passage, language) > 0


def test_simplified_and_traditional_characters_meet_in_both_directions() -> None:
    assert similarity("订单发票", "訂單發票", "zh-Hans", passage_language="zh-Hant") > 0
    assert similarity("訂單發票", "订单发票", "zh-Hant", passage_language="zh-Hans") > 0
    assert ENCODER.query("訂單", "zh-Hant") == ENCODER.query("订单", "zh-Hans")


def test_function_words_of_a_query_are_left_out() -> None:
    assert ENCODER.query("How long is the warranty of my kettle?", "en") == ENCODER.query("long warranty kettle", "en")
    assert ENCODER.query("请问保修期", "zh-Hans") == ENCODER.query("保修期", "zh-Hans")


@pytest.mark.parametrize(("query", "language"), [("Who are you?", "en"), ("你是谁", "zh-Hans"), ("何ですか", "ja")])
def test_a_query_of_function_words_alone_keeps_them(query: str, language: str) -> None:
    assert ENCODER.query(query, language)


def test_function_words_of_a_passage_are_kept() -> None:
    assert similarity("to be", "to be or not to be", "en") > 0


def test_a_term_said_again_counts_more_each_time_but_never_without_bound() -> None:
    filler = "grinder tank nozzle lever cup handle lid cable valve knob"
    texts = [" ".join(["kettle"] * n + filler.split()[n:]) for n in (1, 2, 4, 8)]
    weights = [one_weight("kettle", text) for text in texts]
    assert weights == sorted(weights)
    assert len(set(weights)) == 4
    assert weights[1] - weights[0] > weights[3] - weights[2]
    assert weights[-1] < K1 + 1


def test_a_term_counts_less_in_a_longer_passage() -> None:
    assert one_weight("kettle", "kettle " + "spare part " * 100) < one_weight("kettle", "kettle spare part")


def test_the_order_of_words_does_not_matter_but_that_of_characters_does() -> None:
    assert ENCODER.passage("box dust", "en") == ENCODER.passage("dust box", "en")
    assert similarity("手机", "手机", "zh-Hans") > similarity("手机", "机手", "zh-Hans") > 0


@pytest.mark.parametrize("text", ["", "  \n", "🧺📦", "?!…。"])
def test_text_without_terms_has_an_empty_vector(text: str) -> None:
    assert not ENCODER.passage(text, "en")
    assert not ENCODER.query(text, "und")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Register within 30 days, 30 days only.", "en"),
        ("请在30天内登记，登记免费。", "zh-Hans"),
        ("登録は30日以内。", "ja"),
    ],
)
def test_vectors_are_what_stores_take(text: str, language: str) -> None:
    for vector in (ENCODER.passage(text, language), ENCODER.query(text, language)):
        assert list(vector.indices) == sorted(set(vector.indices))
        assert all(0 <= index < 2**32 for index in vector.indices)
        assert all(value > 0 for value in vector.values)


def test_the_signature_is_the_same_for_every_encoder() -> None:
    assert Bm25Encoder().signature == ENCODER.signature
    assert ENCODER.signature.startswith("bm25/")

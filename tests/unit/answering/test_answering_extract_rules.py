"""Rules of extraction: what is never quoted, how much is, and from where."""

from __future__ import annotations

import pytest

from engine.answering.extract import ExtractOptions, extract
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from tests.builders import passage

ONE = ExtractOptions(max_sentences=1)


@pytest.mark.parametrize(
    ("title", "body", "language"),
    [
        ("How long is the warranty?", "Two years from delivery.", "en"),
        ("保修期多久？", "自签收起两年。", "zh-Hans"),
        ("保固期多久？", "自簽收起兩年。", "zh-Hant"),
        ("保証期間はどのくらいですか？", "お届けから2年間です。", "ja"),
        ("Wie lange gilt die Garantie?", "Zwei Jahre ab Lieferung.", "de"),
    ],
)
def test_headings_and_titles_are_never_quoted(title: str, body: str, language: str) -> None:
    for where in (
        passage(f"{title}\n{body}", language=language),
        passage(f"{title}\n\n{body}", language=language, title=title),
        passage(f"{title}\n{body}", language=language, section=(title,)),
    ):
        assert [quote.text for quote in extract(title, language, [where]).quotes] == [body]


def test_a_passage_that_is_only_its_title_holds_no_answer() -> None:
    where = passage("Warranty for batteries", title="Warranty for batteries")
    assert extract("Is there a warranty for batteries?", "en", [where]).quotes == ()


@pytest.mark.parametrize(
    ("text", "language", "question", "dated"),
    [
        (
            "The returns policy holds for all countries. The returns policy holds from 1 March 2026.",
            "en",
            "When does the returns policy begin to hold?",
            "2026",
        ),
        ("退货政策适用于所有地区。退货政策自2026年3月1日起生效。", "zh-Hans", "退货政策什么时候生效？", "2026"),
        ("退貨政策適用於所有地區。退貨政策自2026年3月1日起生效。", "zh-Hant", "退貨政策什麼時候生效？", "2026"),
        (
            "返品規定はすべての国に適用されます。返品規定は2026年3月1日に適用されます。",
            "ja",
            "返品規定はいつ適用されますか？",
            "2026",
        ),
        (
            "Die neue Regel gilt auch für Filter. Die neue Regel gilt seit 1. März 2026.",
            "de",
            "Seit wann gilt die neue Regel?",
            "2026",
        ),
    ],
)
def test_a_question_for_a_date_prefers_a_sentence_with_one(text: str, language: str, question: str, dated: str) -> None:
    (quote,) = extract(question, language, [passage(text, language=language)], ONE).quotes
    assert dated in quote.text


def test_a_question_for_a_reason_prefers_a_sentence_that_gives_one() -> None:
    text = "The robot stops on dark floors in the evening. The robot stops because the cliff sensor is dirty."
    (quote,) = extract("Why does the robot stop?", "en", [passage(text)], ONE).quotes
    assert "because" in quote.text


ALIKE = "The battery has a warranty of one year. The battery warranty is one year. A battery warranty lasts one year."


@pytest.mark.parametrize("allowed", [1, 2, 3])
def test_no_more_sentences_than_allowed_are_quoted(allowed: int) -> None:
    options = ExtractOptions(max_sentences=allowed, second_within=100.0)
    assert len(extract("battery warranty", "en", [passage(ALIKE)], options).quotes) == allowed


def test_by_default_at_most_two_sentences_are_quoted() -> None:
    assert len(extract("battery warranty", "en", [passage(ALIKE)]).quotes) <= 2


@pytest.mark.parametrize(
    ("text", "language", "question", "expected"),
    [
        (
            "The dust box holds 450 ml. The mop module is sold apart.",
            "en",
            "What does the dust box hold?",
            "The dust box",
        ),
        ("尘盒容量为450毫升。拖布模块单独销售。", "zh-Hans", "尘盒容量是多少？", "尘盒"),
        ("集塵盒容量為450毫升。拖布模組另售。", "zh-Hant", "集塵盒容量是多少？", "集塵盒"),
        ("ダストボックスの容量は450mlです。モップは別売りです。", "ja", "ダストボックスの容量は？", "ダスト"),
        (
            "Der Staubbehälter fasst 450 ml. Das Wischmodul ist separat.",
            "de",
            "Was fasst der Staubbehälter?",
            "Der Staub",
        ),
    ],
)
def test_a_second_sentence_that_says_nothing_to_the_question_is_left_out(
    text: str, language: str, question: str, expected: str
) -> None:
    reranker = LateInteraction(StaticEmbedder())
    (quote,) = extract(question, language, [passage(text, language=language)], reranker=reranker).quotes
    assert quote.text.startswith(expected)


def test_a_second_sentence_as_good_as_the_first_is_quoted() -> None:
    text = "A lost parcel is looked for by us. You may choose: refund or new. A lost parcel is replaced by us."
    found = extract("What about a lost parcel?", "en", [passage(text)])
    assert [quote.text[:6] for quote in found.quotes] == ["A lost", "A lost"]


def test_quotes_come_in_the_order_of_the_text_not_of_their_scores() -> None:
    text = "The duties are paid by the customer. The white lid closes. Switzerland duties are paid by the customer."
    options = ExtractOptions(second_within=100.0)
    found = extract("Who pays duties in Switzerland?", "en", [passage(text)], options)
    assert [quote.text.split()[0] for quote in found.quotes] == ["The", "Switzerland"]


def test_of_the_same_sentence_in_two_passages_the_better_passages_is_quoted() -> None:
    text = "Pre-orders are charged on dispatch."
    weak, strong = passage(text, document="weak", score=1.0), passage(text, document="strong", score=9.0)
    found = extract("When are pre-orders charged?", "en", [strong, weak], ONE)
    assert found.quotes[0].passage == 0
    assert extract("When are pre-orders charged?", "en", [weak, strong], ONE).quotes[0].passage == 1


def test_only_the_first_passages_are_read() -> None:
    others = [passage("The lid is white.", document=f"d{n}", score=9.0) for n in range(2)]
    answer = passage("Pre-orders are charged on dispatch.", document="answer", score=9.0)
    options = ExtractOptions(passages=2, max_sentences=1)
    assert extract("When are pre-orders charged?", "en", [*others, answer], options).quotes[0].passage != 2
    assert extract("When are pre-orders charged?", "en", [answer, *others], options).quotes[0].passage == 0


def test_without_passages_or_sentences_there_is_nothing_to_quote() -> None:
    for passages in ([], [passage("")], [passage(" \n ")]):
        found = extract("Is there a warranty?", "en", passages)
        assert (found.quotes, found.steps, found.coverage) == ((), False, 0.0)


def test_coverage_tells_how_much_of_the_question_is_there() -> None:
    where = [passage("Batteries have a warranty of one year. The lid is white.")]
    full = extract("battery warranty year", "en", where).coverage
    half = extract("battery warranty voltage socket", "en", where).coverage
    assert full == pytest.approx(1.0)
    assert 0.0 < half < full
    assert extract("flights to Mars", "en", where).coverage == 0.0


@pytest.mark.parametrize("scores", [(0.0, 0.0), (-2.0, -3.0), (5.0, 0.0)])
def test_scores_of_any_size_are_taken(scores: tuple[float, float]) -> None:
    passages = [passage("Batteries have one year.", score=scores[0]), passage("The lid is white.", score=scores[1])]
    (quote,) = extract("How long do batteries last?", "en", passages, ONE).quotes
    assert quote.text == "Batteries have one year."


def test_the_same_words_are_not_said_twice() -> None:
    same = "The battery lasts one year."
    found = extract("How long does the battery last?", "en", [passage(same), passage(f"Note: {same} Keep it dry.")])
    assert sum(same in quote.text for quote in found.quotes) == 1

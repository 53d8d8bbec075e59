"""Questions that the customer may ask next."""

from __future__ import annotations

import pytest

from engine.answering.extract import Extraction, ExtractOptions, extract
from engine.answering.followups import follow_ups
from engine.domain.search import Passage
from tests.builders import passage

FAQ = {
    "en": "Who pays for the parcel?\nThe label is free in the EU.\n\nHow long does a refund take?\n"
    "Five working days.\n\nMay I return filters?\nOnly unopened.",
    "zh-Hans": "退货运费谁承担？\n欧盟境内免费。\n\n退款需要多久？\n五个工作日。\n\n滤芯可以退吗？\n未拆封可以。",
    "zh-Hant": "退貨運費誰負擔？\n歐盟境內免費。\n\n退款需要多久？\n五個工作天。\n\n濾網可以退嗎？\n未拆封可以。",
    "ja": "返品送料は誰が負担しますか？\nEU内は無料です。\n\n返金にはどのくらいかかりますか？\n5営業日です。\n\n"
    "フィルターは返品できますか？\n未開封のみ可能です。",
}


def suggested(question: str, *passages: Passage) -> tuple[str, ...]:
    extraction = extract(question, passages[0].language, passages, ExtractOptions(max_sentences=1))
    return follow_ups(question, extraction, passages)


@pytest.mark.parametrize("language", sorted(FAQ))
def test_questions_beside_the_answer_are_suggested_in_their_order(language: str) -> None:
    first, second, third = FAQ[language].split("\n")[::3]
    assert suggested(second, passage(FAQ[language], language=language)) == (first, third)


def test_the_question_that_was_answered_is_not_suggested() -> None:
    assert "How long does a refund take?" not in suggested("refund, how long?", passage(FAQ["en"]))


def test_the_question_itself_is_not_suggested_however_it_is_spelled() -> None:
    where = passage(FAQ["en"])
    extraction = extract("The label is free in the EU", "en", [where], ExtractOptions(max_sentences=1))
    assert follow_ups("ＨＯＷ LONG does a refund take?", extraction, [where]) == ("May I return filters?",)


def test_headings_that_ask_nothing_are_not_suggested() -> None:
    where = passage("Refunds\n\nFive working days.\n\nFilters\n\nOnly unopened.")
    assert suggested("How long does a refund take?", where) == ()


def test_only_questions_in_the_answers_language_are_suggested() -> None:
    english, chinese = passage(FAQ["en"], document="en"), passage(FAQ["zh-Hans"], language="zh-Hans", document="zh")
    found = suggested("How long does a refund take?", english, chinese)
    assert found
    assert all(question.isascii() for question in found)


def test_the_same_question_is_suggested_once() -> None:
    one, other = passage(FAQ["en"], document="one"), passage(FAQ["en"], document="two", score=1.0)
    found = suggested("How long does a refund take?", one, other)
    assert len(found) == len(set(found))


def test_at_most_three_are_suggested() -> None:
    many = "\n\n".join(f"Is part {n} covered?\nPart {n} is covered." for n in range(9))
    assert len(suggested("Is part 4 covered?", passage(many))) == 3


def test_without_an_answer_nothing_is_suggested() -> None:
    assert follow_ups("Is it covered?", Extraction(()), [passage(FAQ["en"])]) == ()

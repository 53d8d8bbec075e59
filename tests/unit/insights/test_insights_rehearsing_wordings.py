"""When a reply says what is expected: not because it has a "no" in it, and not because it has the same letters."""

from __future__ import annotations

import pytest

from engine.insights.rehearsing import says


@pytest.mark.parametrize(
    ("text", "wording", "language"),
    [
        ("I do not know.", "No. You cannot return opened goods.", "en"),
        ("Yesterday the parcel left.", "Yes. A kettle can be repaired.", "en"),
        ("はい、可能です。", "はい。30日以内に返品できます。", "ja"),
        ("可以的，请稍等。", "可以的。保修期为两年。", "zh-Hans"),
        ("是的，我們會處理。", "是的。運費由我們負擔。", "zh-Hant"),
        ("네, 확인하겠습니다.", "네. 30일 안에 반품할 수 있습니다.", "ko"),
        ("ใช่ค่ะ", "ใช่ คืนสินค้าได้ภายใน 30 วัน", "th"),
        ("نعم، شكرا", "نعم. يمكن الإرجاع خلال 30 يوما.", "ar"),
        ("Ja, gern.", "Ja. Die Garantie gilt zwei Jahre.", "de"),
        ("Thank you. Have a nice day.", "Thank you. Boil it with citric acid.", "en"),
        ("Whatever is asked.", "...", "en"),
        ("Whatever is asked.", "Boil it with citric acid. ... Rinse it twice.", "en"),
        ("Whatever is asked.", "！", "zh-Hans"),
        ("Whatever is asked.", "", "en"),
    ],
)
def test_courtesies_and_punctuation_are_no_answer(text: str, wording: str, language: str) -> None:
    assert not says(text, wording, language)


@pytest.mark.parametrize(
    ("text", "wording", "language"),
    [
        ("Yes. A kettle can be repaired.", "Yes. A kettle can be repaired.", "en"),
        ("Indeed: a kettle can be repaired, says the policy.", "Yes. A kettle can be repaired.", "en"),
        ("A KETTLE CAN BE REPAIRED!", "A kettle can be repaired.", "en"),
        ("商品收到後30日以內可以退貨。", "商品收到后30日以内可以退货。", "zh-Hans"),
        ("送料は無料です。なお、", "送料は無料です。", "ja"),
        ("30일 안에 반품할 수 있습니다. 감사합니다.", "네. 30일 안에 반품할 수 있습니다.", "ko"),
        ("Error E7 means dirt.", "E7 means dirt.", "en"),
    ],
)
def test_one_telling_sentence_is_enough(text: str, wording: str, language: str) -> None:
    assert says(text, wording, language)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("The water was heated.", "Eat."),
        ("It takes 130 days.", "30 days."),
        ("Das Fass ist leer.", "Ass."),
    ],
)
def test_words_are_not_found_inside_others(text: str, wording: str) -> None:
    assert not says(text, wording, "en")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Boil the kettle with citric acid for 10 minutes and rinse it.", True),
        ("Boil the kettle with citric acid for 20 minutes and rinse it.", False),
        ("Boil the kettle.", False),
    ],
)
def test_other_words_need_most_terms_and_all_values(text: str, said: bool) -> None:
    assert says(text, "Rinse the kettle after 10 minutes of boiling citric acid.", "en") is said

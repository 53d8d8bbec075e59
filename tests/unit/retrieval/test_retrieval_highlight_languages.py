"""Marks of what a passage and a question share, in every language, in the passage's own characters."""

from __future__ import annotations

import itertools
import unicodedata

import pytest

from engine.retrieval.highlight import highlighted
from tests.builders import passage, quoted

SHARED = {
    "en": (
        "How long is the warranty of the kettle?",
        "The kettle has a warranty of two years.",
        ["kettle", "warranty"],
    ),
    "de": ("Wie lange ist die Garantie?", "Die Garantie gilt für alle Geräte.", ["Garantie"]),
    "fr": ("Quelle est la durée de la garantie ?", "La garantie dure deux ans.", ["garantie"]),
    "es": ("¿Cuánto dura la garantía?", "La garantía es de dos años.", ["garantía"]),
    "pt": ("Quanto dura a garantia?", "A garantia vale por dois anos.", ["garantia"]),
    "it": ("Quanto dura la garanzia?", "La garanzia vale due anni.", ["garanzia"]),
    "ru": ("Какая гарантия на чайник?", "На чайник даётся гарантия два года.", ["чайник", "гарантия"]),
    "ar": ("ما مدة الضمان؟", "الضمان سنتان.", ["الضمان"]),
    "th": ("รับประกันนานเท่าไร", "สินค้ารับประกันสองปี", ["รับประกัน"]),
    "vi": ("Bảo hành bao lâu?", "Bảo hành hai năm.", ["Bảo", "hành"]),
    "ko": ("보증 기간은 얼마인가요?", "보증 기간은 2년입니다.", ["보증", "기간은"]),
    "ja": ("保証期間はどれくらいですか", "保証期間は二年です。", ["保証期間"]),
    "zh-Hans": ("保修期多久？", "保修期为两年。", ["保修期"]),
    "zh-Hant": ("保固期多久？", "保固期為兩年。", ["保固期"]),
}
ELSEWHERE = {
    "en": "Shipping is free.",
    "ru": "Доставка бесплатна.",
    "ar": "الشحن مجاني.",
    "th": "จัดส่งฟรี",
    "ko": "무료 배송입니다.",
    "ja": "配送は無料です。",
    "zh-Hans": "免费送货上门。",
}


@pytest.mark.parametrize("language", SHARED)
def test_what_is_shared_is_marked(language: str) -> None:
    query, text, expected = SHARED[language]
    found = highlighted(passage(text, language=language, start=40), query, language)
    marks = [quoted(found, span) for span in found.highlights]
    assert [each for each in expected if not any(each in mark or mark in each for mark in marks)] == []
    assert all(mark in text for mark in marks)


@pytest.mark.parametrize("language", SHARED)
def test_marks_are_in_order_apart_and_inside_the_passage(language: str) -> None:
    query, text, _ = SHARED[language]
    found = highlighted(passage(f"{text} {text}", language=language, start=7), query, language)
    places = [(span.start, span.end) for span in found.highlights]
    assert places == sorted(places)
    assert all(start < end <= 7 + 2 * len(text) + 1 and start >= 7 for start, end in places)
    assert all(end < start for (_, end), (start, _) in itertools.pairwise(places))


@pytest.mark.parametrize("language", ELSEWHERE)
def test_what_is_about_something_else_has_no_marks(language: str) -> None:
    query, _, _ = SHARED[language]
    assert highlighted(passage(ELSEWHERE[language], language=language), query, language).highlights == ()


@pytest.mark.parametrize(
    ("text", "query", "language", "mark"),
    [
        ("الضَّمَانُ سَنَتَانِ", "الضمان", "ar", "الضَّمَانُ"),
        ("الضمان سنتان", "الضَّمَان", "ar", "الضمان"),
        (unicodedata.normalize("NFD", "La garantía"), "garantía", "es", unicodedata.normalize("NFD", "garantía")),
        (unicodedata.normalize("NFD", "Bảo hành"), "Bảo", "vi", unicodedata.normalize("NFD", "Bảo")),
        ("ＷＡＲＲＡＮＴＹ", "warranty", "en", "ＷＡＲＲＡＮＴＹ"),
        ("snake_warranty_case", "warranty", "en", "warranty"),
        ("l’été", "été", "fr", "été"),
        ("ГАРАНТИЯ", "гарантии", "ru", "ГАРАНТИЯ"),
    ],
)
def test_a_word_is_marked_whole_however_it_is_written(text: str, query: str, language: str, mark: str) -> None:
    found = highlighted(passage(text, language=language), query, language)
    assert [quoted(found, span) for span in found.highlights] == [mark]


@pytest.mark.parametrize("query", ["", " ", "?!", "\ud800", "the of and"])
def test_a_query_without_words_marks_nothing_or_its_only_words(query: str) -> None:
    found = highlighted(passage("A kettle!", language="en"), query, "en")
    assert found.highlights == ()

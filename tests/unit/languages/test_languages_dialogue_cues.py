from __future__ import annotations

import pytest

from engine.languages.dialogue_cues import DIALOGUE_CUES, after_shift, points_back
from engine.languages.registry import profiles


def test_every_language_has_cues() -> None:
    assert {code.partition("-")[0] for code in profiles()} == set(DIALOGUE_CUES)
    assert all(cues.openings and cues.pointers and cues.shifts for cues in DIALOGUE_CUES.values())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("and for Japan?", "en"),
        ("Can you repair it?", "en"),
        ("那退款呢", "zh-Hans"),
        ("電池也一樣嗎", "zh-Hant"),
        ("じゃあ海外は?", "ja"),
        ("그럼 환불은요?", "ko"),
        ("Und für die Schweiz?", "de"),
        ("Et pour la Suisse ?", "fr"),
        ("¿Y para Japón?", "es"),
        ("E per la Svizzera?", "it"),
        ("E para o Japão?", "pt"),
        ("А для Японии?", "ru"),
        ("وماذا عن اليابان؟", "ar"),
        ("แล้วญี่ปุ่นล่ะ", "th"),
        ("Còn Nhật Bản thì sao?", "vi"),
    ],
)
def test_what_goes_on_with_the_matter_points_back(text: str, language: str) -> None:
    assert points_back(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How long does a parcel to Norway take?", "en"),
        ("Andorra parcel times", "en"),
        ("扫地机器人报E7怎么办", "zh-Hans"),
        ("返品の送料を知りたい", "ja"),
        ("Wie lange dauert der Versand nach Norwegen", "de"),
        ("Сколько стоит доставка в Норвегию", "ru"),
        ("anything", "xx"),
    ],
)
def test_a_question_of_its_own_does_not(text: str, language: str) -> None:
    assert not points_back(text, language)


@pytest.mark.parametrize(
    ("text", "language", "rest"),
    [
        ("Another question: do you ship to Norway?", "en", "do you ship to Norway?"),
        ("換個問題，可以分期嗎", "zh-Hant", "可以分期嗎"),
        ("ところで、保証は何年ですか", "ja", "保証は何年ですか"),
        ("Otra pregunta: ¿hay garantía?", "es", "¿hay garantía?"),
        ("Другой вопрос: есть ли гарантия?", "ru", "есть ли гарантия?"),
    ],
)
def test_a_new_matter_is_announced(text: str, language: str, rest: str) -> None:
    assert after_shift(text, language) == rest


def test_an_announcement_alone_stays_as_it_is() -> None:
    assert after_shift("Another question", "en") == "Another question"


def test_most_messages_announce_nothing() -> None:
    assert after_shift("And to Norway?", "en") is None
    assert after_shift("And to Norway?", "xx") is None

"""What kind of answer a question asks for."""

from __future__ import annotations

import pytest

from engine.answering.questions import answers_type, question_focus, question_types
from engine.languages.profile import QuestionType

ASKED = {
    QuestionType.WHEN: [
        ("When does the warranty begin?", "en"),
        ("什么时候发货？", "zh-Hans"),
        ("什麼時候出貨？", "zh-Hant"),
        ("いつ発送されますか？", "ja"),
        ("Wann beginnt die Garantie?", "de"),
    ],
    QuestionType.HOW_MUCH: [
        ("How much is express delivery?", "en"),
        ("滤芯多少钱？", "zh-Hans"),
        ("濾網多少錢？", "zh-Hant"),
        ("送料はいくらですか？", "ja"),
        ("Was kostet der Versand?", "de"),
    ],
    QuestionType.NUMBER: [
        ("How many people can share a home?", "en"),
        ("可以添加几个家庭成员？", "zh-Hans"),
        ("可以加入幾個家庭成員？", "zh-Hant"),
        ("家族は何人まで登録できますか？", "ja"),
    ],
    QuestionType.WHO: [
        ("Who pays the duties?", "en"),
        ("关税由谁承担？", "zh-Hans"),
        ("關稅由誰負擔？", "zh-Hant"),
        ("関税は誰が払いますか？", "ja"),
        ("Wer zahlt den Zoll?", "de"),
    ],
    QuestionType.WHERE: [
        ("Where is the serial number?", "en"),
        ("序列号在哪里？", "zh-Hans"),
        ("序號在哪裡？", "zh-Hant"),
        ("シリアル番号はどこですか？", "ja"),
        ("Wo steht die Seriennummer?", "de"),
    ],
    QuestionType.WHY: [
        ("Why does the robot stop?", "en"),
        ("机器人为什么停下来？", "zh-Hans"),
        ("機器人為什麼停下來？", "zh-Hant"),
        ("ロボットはなぜ止まりますか？", "ja"),
        ("Warum bleibt der Roboter stehen?", "de"),
    ],
    QuestionType.HOW_TO: [
        ("How do I descale the kettle?", "en"),
        ("水壶怎么除垢？", "zh-Hans"),
        ("水壺怎麼除垢？", "zh-Hant"),
        ("ケトルの水あかはどうすれば落ちますか？", "ja"),
        ("Wie kann ich den Kocher entkalken?", "de"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "question", "language"), [(kind, *each) for kind, several in ASKED.items() for each in several]
)
def test_the_cue_words_of_each_language_are_known(kind: QuestionType, question: str, language: str) -> None:
    assert kind in question_types(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("warranty of the Drift R3", "en"),
        ("空气净化器滤芯", "zh-Hans"),
        ("空氣清淨機濾網", "zh-Hant"),
        ("保証書", "ja"),
        ("", "en"),
    ],
)
def test_what_is_no_question_has_no_type(question: str, language: str) -> None:
    assert question_types(question, language) == frozenset()


@pytest.mark.parametrize("question", ["WHEN DOES IT END?", "ｗｈｅｎ does it end?"])
def test_case_and_width_do_not_matter(question: str) -> None:
    assert QuestionType.WHEN in question_types(question, "en")


def test_a_cue_inside_another_word_is_none() -> None:
    assert QuestionType.WHO not in question_types("the whole box", "en")
    assert QuestionType.WHERE not in question_types("Nowhere-Land delivery", "en")


def test_cues_are_those_of_the_questions_language() -> None:
    assert QuestionType.WHEN not in question_types("When does it end?", "ja")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (QuestionType.WHEN, "The new policy holds from 1 March 2026."),
        (QuestionType.WHEN, "Tell us within seven days."),
        (QuestionType.WHEN, "新规定自3月1日起生效。"),
        (QuestionType.WHEN, "新規定自三月一日起生效。"),
        (QuestionType.WHEN, "2026年3月1日から有効です。"),
        (QuestionType.WHEN, "Die Regel gilt seit März."),
        (QuestionType.NUMBER, "Up to 6 people share a home."),
        (QuestionType.NUMBER, "最多六人共享。"),
        (QuestionType.HOW_MUCH, "Express delivery costs EUR 9.90."),
        (QuestionType.HOW_MUCH, "送料は５５０円です。"),
        (QuestionType.WHY, "It stops because a brush is stuck."),
        (QuestionType.WHY, "由于边刷被卡住，机器会停下。"),
        (QuestionType.WHY, "由於邊刷卡住，機器會停下。"),
        (QuestionType.WHY, "ブラシが詰まったため停止します。"),
    ],
)
def test_a_sentence_of_the_right_form_is_recognised(kind: QuestionType, sentence: str) -> None:
    assert answers_type(kind, sentence) is True


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (QuestionType.WHEN, "Returns are free of charge."),
        (QuestionType.WHEN, "退货免运费。"),
        (QuestionType.NUMBER, "The lid closes tightly."),
        (QuestionType.HOW_MUCH, "本体の色は白です。"),
        (QuestionType.WHY, "The dust box holds 450 ml."),
    ],
)
def test_a_sentence_of_another_form_is_told_apart(kind: QuestionType, sentence: str) -> None:
    assert answers_type(kind, sentence) is False


@pytest.mark.parametrize("kind", [QuestionType.WHO, QuestionType.HOW_TO, QuestionType.YES_NO, QuestionType.WHAT])
def test_where_no_form_is_known_there_is_no_verdict(kind: QuestionType) -> None:
    assert answers_type(kind, "Maruvale pays the duties in 2026.") is None


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (QuestionType.WHERE, "The plate is at the bottom."),
        (QuestionType.WHERE, "仓库位于上海市。"),
        (QuestionType.WHERE, "倉庫は大阪にある。"),
        (QuestionType.NUMBER, "一共三件。"),
    ],
)
def test_places_and_counts_are_recognised(kind: QuestionType, sentence: str) -> None:
    assert answers_type(kind, sentence) is True


@pytest.mark.parametrize("sentence", ["一样可以改。", "一定要登录。", "一般免费。"])
def test_one_is_no_number_in_other_words(sentence: str) -> None:
    assert answers_type(QuestionType.NUMBER, sentence) is False


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert answers_type(QuestionType.WHEN, "The fair of 1893 ended.", "When did the fair of 1893 end?") is False
    assert answers_type(QuestionType.WHEN, "It ended in 1894.", "When did the fair of 1893 end?") is True


@pytest.mark.parametrize(
    ("question", "language", "expected"),
    [
        ("What colour is the lid of it?", "en", "colour is the lid"),
        ("The lid has what colour?", "en", "has colour?"),
        ("电池的容量是多少毫安？", "zh-Hans", "池的容量是 毫安?"),
        ("電池の容量は何ミリ？", "ja", "池の容量は ミリ?"),
        ("lid colour", "en", ""),
        ("Is it white?", "en", ""),
    ],
)
def test_the_focus_stands_around_the_question_word(question: str, language: str, expected: str) -> None:
    assert question_focus(question, language) == expected


def test_of_several_question_words_the_longest_counts() -> None:
    assert question_focus("什么时候发货？", "zh-Hans").strip() == "发货?"

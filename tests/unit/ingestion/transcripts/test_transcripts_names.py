"""Who is named in a conversation, and every later mention of them."""

from __future__ import annotations

import pytest

from ingestion.transcripts.names import names_in
from ingestion.transcripts.scrubbing import scrubbed
from tests.unit.ingestion.transcripts.chats import chat

TOLD = {
    "en": (
        ("c: Hi, I am Lena Fischer and my kettle does not switch off.", "a: Thanks, Lena. Boil it with citric acid."),
        ("Lena", "Fischer"),
    ),
    "en asked": (
        ("c: The lid leaks.", "a: What is your name?", "c: Zdenka Malik.", "a: Zdenka, turn the lid."),
        ("Zdenka", "Malik"),
    ),
    "en lower": (("c: my name is lena fischer, the lid leaks", "a: Hello Lena", "c: lena is fine"), ("ena ", "ischer")),
    "before": (("a: Is this for Zdenka?", "c: Yes, I'm Zdenka."), ("Zdenka",)),
    "signed": (("c: The lid leaks.\nBest regards,\nLena Fischer", "a: Turn it, Ms Fischer."), ("Lena", "Fischer")),
    "de": (
        (
            "c: Ich bin Lena Fischer, der Deckel tropft.\nMit freundlichen Grüßen\nLena Fischer",
            "a: Frau Fischer, bitte",
        ),
        ("Lena", "Fischer"),
    ),
    "zh-Hans": (("c: 我是王小明，水壶坏了。", "a: 小明您好，王小明先生的订单已查到。"), ("小明", "王小明")),
    "zh-Hant": (("c: 蓋子漏水，謝謝。\n蔡宜庭", "a: 宜庭您好，請轉緊蓋子。"), ("宜庭",)),
    "ja": (("c: 佐藤花子です。蓋が漏れます。", "a: 佐藤様、花子様、蓋を回してください。"), ("佐藤", "花子")),
}


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_name_is_gone_wherever_it_stands(name: str) -> None:
    turns, gone = TOLD[name]
    left = scrubbed(chat(*turns, language=name.split(maxsplit=1)[0])).text
    assert [each for each in gone if each in left] == []
    assert "[name 1]" in left


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (
            ("c: I am Rose Price.", "a: The Price of the Breva K2 Rose is 40 EUR."),
            "The Price of the Breva K2 Rose is 40 EUR.",
        ),
        (("c: This is Breva K2, it leaks.", "a: The Breva K2 has a new lid."), "The Breva K2 has a new lid."),
        (("c: I am from Berlin.", "a: We deliver to Berlin."), "We deliver to Berlin."),
        (("c: 我是高级会员", "a: 高级会员免运费。"), "高级会员免运费。"),
        (("a: This is Knowdesk Support.", "c: Is Knowdesk open?"), "Is Knowdesk open?"),
    ],
)
def test_what_is_no_name_stays(turns: tuple[str, ...], kept: str) -> None:
    assert scrubbed(chat(*turns)).turns[1].text == kept


def test_nobody_is_named() -> None:
    assert names_in(chat("c: The lid leaks.", "a: Turn it."), "en") == frozenset()


def test_names_come_in_full_and_in_parts() -> None:
    assert names_in(chat("c: I am Lena Fischer."), "en") >= {"Lena Fischer", "lena fischer", "Lena", "Fischer", "lena"}
    assert "fischer" not in names_in(chat("c: I am Lena Fischer."), "en")
    assert names_in(chat("c: 我叫王小明。"), "zh-Hans") == {"王小明", "小明"}
    assert names_in(chat("c: 佐藤花子です。"), "ja") == {"佐藤花子", "佐藤", "花子"}

"""Cases from conversations as people lead them: with names, numbers, thanks, and first answers that do not help."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ingestion.transcripts.cases import Case, case_of
from ingestion.transcripts.scrubbing import scrubbed
from tests.unit.ingestion.transcripts.chats import chat


@dataclass(frozen=True)
class Lesson:
    """A conversation, and what is to be learnt from it."""

    language: str
    turns: tuple[str, ...]
    title: str
    question: tuple[str, ...]
    resolution: tuple[str, ...]


LESSONS = {
    "en introduced in the same sentence": Lesson(
        "en",
        (
            "c: Hello! My name is Lena Fischer and my kettle does not switch off. My number is +49 151 23456789.",
            "a: Hi Lena, thanks for getting in touch. Please boil it once with citric acid and rinse it twice.",
            "c: That solved it, thank you!",
            "a: Glad to hear that. Is there anything else I can help you with?",
            "c: No, bye.",
        ),
        "My kettle does not switch off",
        ("my kettle does not switch off.",),
        ("Please boil it once with citric acid and rinse it twice.",),
    ),
    "en the order first, the problem later": Lesson(
        "en",
        (
            "c: Hi, I'm Zdenka Malik, I have a question.",
            "a: Good morning Zdenka, how can I help? May I have your order number?",
            "c: It's order MV-2026-001387.",
            "a: Thank you, I have found your order.",
            "c: Great. The grinder stops after two cups. What should I do?",
            "a: Please empty the drip tray.",
            "c: Still doesn't work.",
            "a: Then the burr is worn. I am sending you a new one free of charge.",
            "c: Perfect, thanks!",
        ),
        "The grinder stops after two cups",
        ("The grinder stops after two cups. What should I do?",),
        ("Then the burr is worn. I am sending you a new one free of charge.",),
    ),
    "de": Lesson(
        "de",
        (
            "c: Guten Tag, ich bin Lena Fischer, mein Wasserkocher schaltet nicht mehr ab. "
            "Sie erreichen mich unter 0151 23456789.",
            "a: Guten Tag Frau Fischer, vielen Dank für Ihre Anfrage. "
            "Bitte entkalken Sie den Sensor mit Zitronensäure.",
            "c: Das hat geklappt, danke!",
            "a: Gern geschehen. Kann ich sonst noch etwas für Sie tun?",
            "c: Nein.",
        ),
        "Mein Wasserkocher schaltet nicht mehr ab",
        ("mein Wasserkocher schaltet nicht mehr ab.",),
        ("Bitte entkalken Sie den Sensor mit Zitronensäure.",),
    ),
    "zh-Hans": Lesson(
        "zh-Hans",
        (
            "c: 你好，我是王小明，热水壶烧开后不断电了。我的手机号是13812345678。怎么办？",
            "a: 王先生您好，请稍等，我帮您查一下。",
            "a: 请先用柠檬酸煮一次，再用清水冲洗两遍。",
            "c: 还是不行",
            "a: 那是温控器损坏，我们为您免费更换新机。请问还有其他可以帮您的吗？",
            "c: 没有了，谢谢",
            "a: 不客气，祝您生活愉快！",
        ),
        "热水壶烧开后不断电了",
        ("热水壶烧开后不断电了。怎么办？",),
        ("那是温控器损坏，我们为您免费更换新机。",),
    ),
    "zh-Hant": Lesson(
        "zh-Hant",
        (
            "c: 您好，我叫林怡君，想請問一下",
            "a: 林小姐您好，請問有什麼可以幫您？",
            "c: 訂單編號是MV-2026-002874。",
            "a: 好的，已查到您的訂單。",
            "c: 發票載具填錯了，可以改嗎？我的電話是0912-345-678。",
            "a: 出貨前都可以改，請到「我的訂單」修改載具。",
            "c: 改好了，謝謝",
        ),
        "發票載具填錯了，可以改嗎？",
        ("發票載具填錯了，可以改嗎？",),
        ("出貨前都可以改，請到「我的訂單」修改載具。",),
    ),
    "ja": Lesson(
        "ja",
        (
            "c: お世話になっております。田中と申します。掃除機がE12と表示して動きません。電話番号は090-1234-5678です。",
            "a: 田中様、お待たせいたしました。三浦と申します。",
            "a: 本体を裏返して、センサーの窓を乾いた布で拭いてください。",
            "c: 動きました。ありがとうございます。",
            "a: とんでもないことでございます。他に何かございますか。",
        ),
        "掃除機がE12と表示して動きません",
        ("掃除機がE12と表示して動きません。",),
        ("本体を裏返して、センサーの窓を乾いた布で拭いてください。",),
    ),
}


def lesson(turns: tuple[str, ...], language: str) -> Case:
    found = case_of(scrubbed(chat(*turns, language=language)))
    assert found is not None
    return found


@pytest.mark.parametrize("name", sorted(LESSONS))
def test_the_case_is_the_problem_and_what_solved_it(name: str) -> None:
    expected = LESSONS[name]
    found = lesson(expected.turns, expected.language)
    assert (found.title, found.question, found.resolution) == (expected.title, expected.question, expected.resolution)


@pytest.mark.parametrize("name", sorted(LESSONS))
def test_nobody_is_in_a_case(name: str) -> None:
    found = lesson(LESSONS[name].turns, LESSONS[name].language)
    assert "[" not in "".join((found.title, *found.question, *found.resolution))


ANSWER = "a: Turn the lid until it clicks twice."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hello", "The lid leaks when it boils"),
        ("Chat with Lena Fischer", "The lid leaks when it boils"),
        ("Leaking lid", "Leaking lid"),
        ("", "The lid leaks when it boils"),
    ],
)
def test_a_greeting_or_a_name_is_no_title(title: str, expected: str) -> None:
    conversation = chat("c: I am Lena Fischer. The lid leaks when it boils.", ANSWER, title=title)
    found = case_of(scrubbed(conversation))
    assert found is not None
    assert found.title == expected


def test_a_long_title_ends_with_a_clause() -> None:
    asked = "c: Since the update of last Tuesday the robot stops in the hall, turns around twice and goes home at once."
    found = lesson((asked, ANSWER), "en")
    assert found.title == "Since the update of last Tuesday the robot stops in the hall, turns around…"


def test_when_nothing_else_helped_the_last_answers_stay() -> None:
    conversation = chat("c: The lid leaks.", ANSWER, "c: Still doesn't work.", "a: One moment please.", resolved=True)
    found = case_of(conversation)
    assert found is not None
    assert found.resolution == ("Turn the lid until it clicks twice.",)

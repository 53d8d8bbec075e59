"""The question and the resolution of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingestion.transcripts.cases import Case, case_of
from ingestion.transcripts.conversation import Conversation
from tests.unit.ingestion.transcripts.chats import chat

CHATS = {
    "en": (
        chat(
            "c: Hi. My R3 keeps stopping in the hallway with E7.",
            "b: E7 means that the dock is not found.",
            "c: can I talk to a person please",
            "a: Good morning Helen, Tomas here. Has anything shiny arrived in the hall?",
            "c: We put up a mirror last week.",
            "a: The mirror throws a second beam. Stick matt film along its bottom. Anything else?",
            "c: It works, thanks!",
            "a: You're welcome. Have a nice day!",
        ),
        ("My R3 keeps stopping in the hallway with E7.", "We put up a mirror last week."),
        ("The mirror throws a second beam. Stick matt film along its bottom.",),
    ),
    "zh-Hans": (
        chat(
            "c: 在吗？净化器没拆封，能退吗？",
            "b: 请问您的商品是否已拆封？",
            "c: 转人工",
            "a: 您好，请稍等。没拆封的商品签收后三十天内可以退。",
            "c: 运费谁出？",
            "a: 大陆地区退货运费由我们承担。祝您生活愉快。",
            "c: 好的，谢谢",
            language="zh-Hans",
        ),
        ("净化器没拆封，能退吗？",),
        ("没拆封的商品签收后三十天内可以退。", "大陆地区退货运费由我们承担。"),
    ),
    "zh-Hant": (
        chat(
            "c: 你好 我剛剛結帳忘記改載具，發票會寄紙本嗎？",
            "a: 周小姐早安。出貨前都可以改載具，到「我的訂單」就能修改。",
            "c: 有看到了！謝謝",
            "a: 不客氣，祝您使用愉快！",
            language="zh-Hant",
        ),
        ("我剛剛結帳忘記改載具，發票會寄紙本嗎？",),
        ("出貨前都可以改載具，到「我的訂單」就能修改。",),
    ),
    "ja": (
        chat(
            "c: 掃除機がE12で止まります。",
            "a: お待たせいたしました。三浦と申します。温度はいくつになっていますか。",
            "c: マイナス20℃って出てます。",
            "a: 温度を測るセンサーの故障です。修理は無料です。",
            "c: 助かりました。ありがとうございます",
            language="ja",
        ),
        ("掃除機がE12で止まります。", "マイナス20℃って出てます。"),
        ("温度を測るセンサーの故障です。修理は無料です。",),
    ),
    "de": (
        chat(
            "c: Guten Tag. Wie lange kann ich zurückgeben?",
            "a: Einen Moment bitte. Sie können dreißig Tage lang zurückgeben.",
            "c: Danke!",
            language="de",
        ),
        ("Wie lange kann ich zurückgeben?",),
        ("Sie können dreißig Tage lang zurückgeben.",),
    ),
    "ko": (
        chat(
            "c: 안녕하세요. 반품은 며칠까지 되나요?",
            "a: 잠시만 기다려 주세요. 배송 후 삼십 일까지 반품할 수 있습니다.",
            "c: 감사합니다!",
            language="ko",
        ),
        ("반품은 며칠까지 되나요?",),
        ("배송 후 삼십 일까지 반품할 수 있습니다.",),
    ),
}


def case(conversation: Conversation) -> Case:
    found = case_of(conversation)
    assert found is not None
    return found


@pytest.mark.parametrize("language", sorted(CHATS))
def test_question_and_resolution(language: str) -> None:
    conversation, question, resolution = CHATS[language]
    found = case(conversation)
    assert found.question == question
    assert found.resolution == resolution
    assert found.language == language


@pytest.mark.parametrize("language", sorted(CHATS))
def test_the_resolution_is_in_the_desks_words_and_the_question_in_the_customers(language: str) -> None:
    conversation, _, _ = CHATS[language]
    by_customer = "\n".join(turn.text for turn in conversation.turns if turn.speaker.value == "customer")
    by_agent = "\n".join(turn.text for turn in conversation.turns if turn.speaker.value == "agent")
    found = case(conversation)
    assert all(part in by_customer for part in found.question)
    assert all(part in by_agent for part in found.resolution)


SOLVED = ("c: The lid of my kettle leaks.", "a: Turn the lid until it clicks twice.")


@pytest.mark.parametrize(
    ("turns", "resolved", "expected"),
    [
        (SOLVED, None, True),
        (SOLVED, True, True),
        (SOLVED, False, False),
        ((*SOLVED, "c: It works, thanks!"), None, True),
        ((*SOLVED, "c: It still doesn't work."), None, False),
        ((*SOLVED, "c: It still doesn't work."), True, True),
        ((*SOLVED, "c: And the handle?"), None, False),
        ((*SOLVED, "c: And the handle?", "a: The handle is covered too."), None, True),
        (("c: The lid of my kettle leaks.",), True, False),
        (("a: Turn the lid until it clicks twice.",), True, False),
        (("c: Hi", "a: Hello, how can I help?", "c: Bye"), True, False),
        (("c: The lid leaks.", "a: One moment please."), True, False),
        (("c: The lid leaks.", "u: Turn it twice to the left."), True, False),
        (("s: Case opened.",), True, False),
        ((), True, False),
    ],
)
def test_only_what_is_resolved_and_answered_is_a_case(
    turns: tuple[str, ...], resolved: bool | None, expected: bool
) -> None:
    assert (case_of(chat(*turns, resolved=resolved)) is not None) is expected


def test_a_bot_answers_where_no_agent_speaks() -> None:
    found = case(chat("c: How long can I return it?", "b: You can return it within thirty days."))
    assert found.resolution == ("You can return it within thirty days.",)


def test_the_title_is_the_subject_else_the_first_question() -> None:
    assert case(chat(*SOLVED, title="Leaking lid")).title == "Leaking lid"
    assert case(chat(*SOLVED)).title == "The lid of my kettle leaks"
    asked = chat("c: My kettle is new. Why does its lid leak so much?", "a: Turn the lid until it clicks twice.")
    assert case(asked).title == "Why does its lid leak so much?"


def test_a_long_title_is_cut_between_words() -> None:
    title = case(chat("c: " + "leaking kettle lid " * 20, SOLVED[1])).title
    assert len(title) <= 91
    assert title.endswith(("leaking…", "kettle…", "lid…"))


def test_long_questions_are_cut_and_say_so() -> None:
    found = case(chat("c: " + "It leaks when it boils and steams a lot. " * 60, SOLVED[1]))
    assert sum(map(len, found.question)) <= 901
    assert found.question[-1].endswith("…")


def test_what_describes_the_conversation_describes_the_case() -> None:
    conversation = replace(chat(*SOLVED), tags=("kettle", "lid"))
    assert (case(conversation).tags, case(conversation).time) == (("kettle", "lid"), "")

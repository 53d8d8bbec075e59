"""Who speaks in a transcript, and that only the desk is quoted."""

from __future__ import annotations

import pytest

from engine.answering.evidence import candidate_sentences
from engine.answering.extract import extract
from engine.answering.speakers import spoken_line
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from tests.builders import passage, quoted

CHATS = {
    "en": "[10:02] Customer: My robot stops at once. The battery is full.\n"
    "[10:03] Agent: Clean the cliff sensor. It is dirty when E4 shows.\nUse a dry cloth.\n"
    "[10:05] Customer: It runs again.",
    "zh-Hans": "10:02 客户：机器人一启动就停。电池是满的。\n"
    "10:03 客服：请清洁悬崖传感器。显示E4说明传感器脏了。\n请用干布。\n10:05 客户：好了。",
    "zh-Hant": "10:02 顧客：機器人一啟動就停。電池是滿的。\n"
    "10:03 客服：請清潔懸崖感測器。顯示E4表示感測器髒了。\n請用乾布。\n10:05 顧客：好了。",
    "ja": "10:02 お客様：ロボットがすぐ止まります。電池は満タンです。\n"
    "10:03 担当：段差センサーを拭いてください。E4は汚れです。\n"
    "乾いた布をお使いください。\n10:05 お客様：直りました。",
}


def transcript(language: str) -> Passage:
    return passage(CHATS[language], language=language, start=60, kind=DocumentKind.TRANSCRIPT)


@pytest.mark.parametrize(
    ("line", "words", "by_customer"),
    [
        ("10:02 Customer: It stops.", "It stops.", True),
        ("[10:02] Ms Vega (customer): It stops.", "It stops.", True),
        ("10:02:31 Agent: Clean it.", "Clean it.", False),
        ("2026-03-01 10:02 Kundin: Er hält an.", "Er hält an.", True),
        ("10:02 客户：停了。", "停了。", True),
        ("10:02 顧客：停了。", "停了。", True),
        ("10：02 客服：请清洁。", "请清洁。", False),
        ("（10:02）お客様：止まります。", "止まります。", True),
        ("10:02 担当：拭いてください。", "拭いてください。", False),
    ],
)
def test_a_label_tells_who_speaks_and_where_the_words_begin(line: str, words: str, by_customer: bool) -> None:
    spoken = spoken_line(line)
    assert spoken is not None
    assert (line[spoken.words_from :], spoken.by_customer) == (words, by_customer)


@pytest.mark.parametrize(
    "line", ["", "Clean it.", "Note: use a dry cloth.", "Order by 14:00 for express.", "请注意：请用干布。"]
)
def test_a_line_without_time_and_name_has_no_label(line: str) -> None:
    assert spoken_line(line) is None


@pytest.mark.parametrize("language", sorted(CHATS))
def test_only_the_desks_words_are_candidates(language: str) -> None:
    lines = CHATS[language].split("\n")
    desk = lines[1].split("：" if "：" in lines[1] else ": ", 1)[1] + lines[2]
    where = transcript(language)
    found = candidate_sentences([where])
    assert "".join(sentence.text for sentence in found).replace(" ", "") == desk.replace(" ", "")
    assert all(quoted(where, sentence.span) == sentence.text for sentence in found)


@pytest.mark.parametrize("language", sorted(CHATS))
def test_what_a_customer_said_is_never_the_answer(language: str) -> None:
    said_by_customer = CHATS[language].split("\n")[0]
    for quote in extract(said_by_customer, language, [transcript(language)]).quotes:
        assert quote.text not in said_by_customer


def test_other_documents_keep_their_lines() -> None:
    where = passage("10:02 Customer: It stops.")
    assert [sentence.text for sentence in candidate_sentences([where])] == [where.text]

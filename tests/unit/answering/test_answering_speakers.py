"""Who speaks in a transcript, and that only the desk is quoted."""

from __future__ import annotations

import pytest

from engine.answering.evidence import candidate_sentences
from engine.answering.extract import extract
from engine.answering.speakers import spoken_line
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage
from engine.languages.speaker_labels import Speaker
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


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("10:02 Lena: Clean it.", Speaker.UNKNOWN),
        ("10:02 若溪：请清洁。", Speaker.UNKNOWN),
        ("[10:03] [name 1]: Clean it.", Speaker.UNKNOWN),
        ("[name 1]: Clean it.", Speaker.UNKNOWN),
        ("10:02 Bot: Clean it.", Speaker.BOT),
        ("10:02 System: Closed.", Speaker.SYSTEM),
        ("10:02 AM - Agent: Clean it.", Speaker.AGENT),
        ("2026-05-06T10:02:00Z Agent: Clean it.", Speaker.AGENT),
        ("10:02 Customer service: Clean it.", Speaker.AGENT),
        ("Agent: Clean it.", Speaker.AGENT),
        ("客服：请清洁。", Speaker.AGENT),
        ("顾客：停了。", Speaker.CUSTOMER),
        ("お客様：止まります。", Speaker.CUSTOMER),
        ("상담원: 닦아 주세요.", Speaker.AGENT),
        ("Customer (Mia): It stops.", Speaker.CUSTOMER),
    ],
)
def test_labels_with_and_without_a_time(line: str, speaker: Speaker) -> None:
    spoken = spoken_line(line)
    assert spoken is not None
    assert spoken.speaker is speaker
    assert spoken.by_desk is speaker.is_desk


@pytest.mark.parametrize(
    "line", ["Lena: Clean it.", "若溪：请清洁。", "Customer numbers: 5", "Warning: hot.", "步骤：先关机。"]
)
def test_without_a_time_a_label_must_name_a_role(line: str) -> None:
    assert spoken_line(line) is None


def said(
    text: str, *, start: int = 0, kind: DocumentKind = DocumentKind.TRANSCRIPT, section: tuple[str, ...] = ()
) -> list[str]:
    where = passage(text, start=start, kind=kind, section=section)
    return [sentence.text for sentence in candidate_sentences([where])]


def test_words_under_a_mere_name_are_never_the_desks() -> None:
    chat = "10:02 Lena: The fee is 5 euros.\nAnd more.\n10:03 Agent: It is free.\n10:04 Tom: I doubt it.\nReally."
    assert said(chat) == ["It is free."]


def test_a_passage_that_begins_inside_a_turn_is_quoted_from_the_next_label_on() -> None:
    chat = "and I think it costs 5 euros.\nSo I heard.\nAgent: It is free."
    assert said(chat, start=100) == ["It is free."]


def test_what_stands_around_the_turns_is_the_desks_record() -> None:
    chat = "Product: Drift R3.\n\n10:02 Customer: It stops.\nAlways.\n\nPart sent free of charge."
    assert said(chat) == ["Product: Drift R3.", "Part sent free of charge."]


@pytest.mark.parametrize(
    ("question", "resolution"),
    [
        ("Question", "Resolution"),
        ("客户问题", "解决方法"),
        ("客戶問題", "解決方式"),
        ("お問い合わせ内容", "解決方法"),
        ("Frage", "Lösung"),
    ],
)
def test_of_a_case_only_the_resolution_is_quoted(question: str, resolution: str) -> None:
    case = f"{question}\n\nIt costs 5 euros.\n\nIs that so.\n\n{resolution}\n\nIt is free.\n\nAlways."
    assert said(case, kind=DocumentKind.CASE) == ["It is free.", "Always."]


def test_chunks_of_a_case_know_their_section() -> None:
    assert said("It costs 5 euros.", kind=DocumentKind.CASE, section=("Question",)) == []
    assert said("It is free.", kind=DocumentKind.CASE, section=("Resolution",)) == ["It is free."]

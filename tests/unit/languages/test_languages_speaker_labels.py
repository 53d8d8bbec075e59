"""Labels of speakers in many languages."""

from __future__ import annotations

import re

import pytest

from engine.domain.knowledge import Span
from engine.languages.registry import profiles
from engine.languages.speaker_labels import STAMP, Speaker, is_role_label, label_for, role_places, speaker_of

C, A, B, S, U = Speaker.CUSTOMER, Speaker.AGENT, Speaker.BOT, Speaker.SYSTEM, Speaker.UNKNOWN


@pytest.mark.parametrize(
    ("label", "speaker"),
    [
        ("Customer", C),
        ("Customer (Helen P.)", C),
        ("Ms Vega (customer)", C),
        ("client_7", C),
        ("End-user", C),
        ("Visitor 4411", C),
        ("Agent", A),
        ("Agent (Tomas)", A),
        ("Customer service", A),
        ("customer support agent", A),
        ("Help Desk", A),
        ("Virtual agent", B),
        ("Chatbot", B),
        ("assistant", B),
        ("System", S),
        ("Lena", U),
        ("Dr Agentis", U),
        ("Clientele Ltd", U),
        ("顾客", C),
        ("客户 韩先生", C),
        ("人工客服 若溪", A),
        ("客戶服務專員 王", A),
        ("智能客服", B),
        ("小滿機器人", B),
        ("系统", S),
        ("若溪", U),
        ("お客様（佐藤様）", C),
        ("担当（三浦）", A),
        ("カスタマーサポート", A),
        ("ボット", B),
        ("システム", S),
        ("三浦", U),
        ("고객", C),
        ("상담원 김", A),
        ("고객센터", A),
        ("챗봇", B),
        ("Kundin", C),
        ("Kundenservice", A),
        ("Berater", A),
        ("Cliente", C),
        ("Servicio al cliente", A),
        ("Conseillère", A),
        ("Acheteur", C),
        ("Operatore", A),
        ("Atendente", A),
        ("Клиент Иван", C),
        ("Оператор", A),
        ("Khách hàng", C),
        ("Nhân viên", A),
        ("ลูกค้า", C),
        ("เจ้าหน้าที่", A),
        ("العميل", C),
        ("الموظف", A),
        ("", U),
    ],
)
def test_a_label_names_a_role_or_nobody(label: str, speaker: Speaker) -> None:
    assert speaker_of(label) is speaker


@pytest.mark.parametrize("language", [*sorted(profiles()), "zh", "zh-TW", "pt-BR", "und", "xx"])
def test_shown_labels_are_read_back_as_the_same_role(language: str) -> None:
    for speaker in (C, A, B, S):
        assert speaker_of(label_for(speaker, language)) is speaker
        assert is_role_label(label_for(speaker, language))


def test_labels_follow_the_language() -> None:
    assert [label_for(C, tag) for tag in ("en", "de-AT", "zh", "zh-Hant", "ja", "xx")] == [
        *("Customer", "Kunde", "顾客", "顧客", "お客様", "Customer")
    ]
    assert label_for(U, "en") == "?"


@pytest.mark.parametrize(
    "label",
    [
        "Agent",
        "agent 2",
        "Agent Anna",
        "Agent (Tomas)",
        "Anna (agent)",
        "客服（若溪）",
        "お客様",
        "[name 12]",
        " Customer ",
    ],
)
def test_a_label_that_is_only_a_role(label: str) -> None:
    assert is_role_label(label)


@pytest.mark.parametrize(
    "label",
    [
        "Note",
        "Customer numbers",
        "Our agent says",
        "Customer service hours",
        "客服热线",
        "Anna",
        "",
        "[phone 1]",
        "[name]",
    ],
)
def test_a_label_that_says_something_else(label: str) -> None:
    assert not is_role_label(label)


def test_only_the_desk_is_the_desk() -> None:
    assert [speaker for speaker in Speaker if speaker.is_desk] == [A, B, S]


def test_roles_in_a_line_are_found_in_order() -> None:
    line = "参与者：顾客 韩先生；人工客服 若溪；机器人"
    assert [(place.of(line), role) for place, role in role_places(line)] == [
        ("顾客", C),
        ("人工客服", A),
        ("机器人", B),
    ]
    assert role_places("customer service and customer")[0] == (Span(0, 16), A)
    assert role_places("nobody") == []


@pytest.mark.parametrize(
    "stamp",
    [
        "10:02",
        "10:02:31",
        "10：02",
        "2026-05-06 15:31:08",
        "2026/5/6 15:31",
        "06.05.2026, 15:31",
        "2026-05-06T15:31:08Z",
        "2026-05-06T15:31:08.123+08:00",
        "5/6/26, 3:31 PM",
        "3:31 p.m.",
        "下午3:31",
        "2026年5月6日 15:31",
        "00:01:02.500",
    ],
)
def test_times_of_turns(stamp: str) -> None:
    assert re.fullmatch(STAMP, stamp)


@pytest.mark.parametrize("text", ["10", "1:2", "noon", "10:02 PMS", "15-31"])
def test_what_is_no_time(text: str) -> None:
    assert not re.fullmatch(STAMP, text)

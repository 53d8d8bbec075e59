from __future__ import annotations

import pytest

from engine.retrieval.options import chosen_option, listed_options, with_options

OPTIONS = ("Mainland China", "Japan", "Everywhere else (by post)")
MESSAGE = with_options("Which of these applies to you?", OPTIONS)


def test_a_message_gives_its_options_back() -> None:
    assert listed_options(MESSAGE) == OPTIONS
    assert listed_options("Within 30 days.") == ()


@pytest.mark.parametrize(
    ("reply", "option"),
    [
        ("Japan", "Japan"),
        ("I'm in JAPAN, thanks", "Japan"),
        ("2", "Japan"),
        ("no. 1", "Mainland China"),
        ("the second", "Japan"),
        ("china", "Mainland China"),
        ("somewhere else", "Everywhere else (by post)"),
        ("4", ""),
        ("0", ""),
        ("no idea", ""),
        ("How long is the warranty of order MV-2026-000001?", ""),
    ],
)
def test_a_reply_chooses_by_words_or_number(reply: str, option: str) -> None:
    assert chosen_option(reply, MESSAGE) == option


@pytest.mark.parametrize(
    ("reply", "option"),
    [("没拆，未拆封的", "未拆封"), ("拆封过了，试用过", "已拆封或试用过"), ("第二", "未拆封"), ("2。", "未拆封")],
)
def test_a_reply_in_chinese_chooses_too(reply: str, option: str) -> None:
    assert chosen_option(reply, with_options("请问您是以下哪一种情况？", ("已拆封或试用过", "未拆封"))) == option


def test_the_longest_of_several_named_options_is_meant() -> None:
    assert chosen_option("an R3 Plus", with_options("Which?", ("R3", "R3 Plus"))) == "R3 Plus"


def test_nothing_is_chosen_where_nothing_was_offered() -> None:
    assert chosen_option("Japan", "Within 30 days.") == ""


def test_function_words_name_no_option() -> None:
    message = with_options("Which of these?", ("All appliances", "Motor of the Drift R3", "Wear parts"))
    assert chosen_option("And outside the EU?", message, "en") == ""
    assert chosen_option("the motor", message, "en") == "Motor of the Drift R3"

"""What goes to a language model masked comes back as it was, however it is cut, repeated or rewritten."""

from __future__ import annotations

import random

import pytest

from engine.guard.findings import PersonalKind
from engine.guard.masking import Mask
from engine.guard.placeholders import PLACEHOLDER, begun_at, without_placeholders

MAIL, PHONE = "tom@example.com", "+49 151 23456789"
SAID = f"I am at {MAIL} or {PHONE}."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"Dear Anna, write to {MAIL}."),
        ("de", f"Bitte schreiben Sie an {MAIL} oder rufen Sie {PHONE} an."),
        ("zh-Hans", "请联系13812345678，邮箱tom@example.com。"),
        ("zh-Hant", "手機是0912-345-678，信箱tom@example.com。"),
        ("ja", "電話は090-1234-5678、メールはtom@example.comです。"),
        ("ko", "전화는 010-1234-5678, 메일은 tom@example.com 입니다."),
        ("th", "โทร 081-234-5678 อีเมล tom@example.com"),
        ("ar", "البريد tom@example.com"),
        ("und", MAIL),
        ("", f"{MAIL} {PHONE}"),
    ],
)
def test_nothing_personal_goes_out_and_all_of_it_comes_back(language: str, text: str) -> None:
    mask = Mask(language=language)
    (masked,) = mask.mask(text)
    assert "example.com" not in masked
    assert sum(map(str.isdigit, masked)) <= 3
    assert mask.restore(masked) == text


def test_one_character_is_masked_where_it_is_a_name_and_nowhere_else() -> None:
    mask = Mask(language="zh-Hans")
    told, other = mask.mask("我姓高，手机13812345678", "价格太高了，13812345678也打不通")
    assert "姓[name 1]" in told
    assert other == "价格太高了，[phone 1]也打不通"
    assert mask.restore(told) == "我姓高，手机13812345678"


def test_a_name_of_two_characters_is_masked_in_all_texts() -> None:
    mask = Mask(language="zh-Hans")
    told, other = mask.mask("我叫王小明，订单没到", "王小明又来问了")
    assert "王小明" not in told + other
    assert mask.restore(other) == "王小明又来问了"


@pytest.mark.parametrize("seed", range(8))
def test_a_reply_in_any_pieces_is_the_reply(seed: int) -> None:
    mask = Mask(language="en")
    (masked,) = mask.mask(SAID)
    chance = random.Random(seed)
    reply = f"So {masked} [not one] [email 7] [ Email_1 ] 【phone 1】 [email"
    cuts = sorted(chance.sample(range(len(reply)), chance.randrange(1, 12)))
    pieces = [reply[one:other] for one, other in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    whole = "".join(mask.restored(iter(pieces)))
    assert whole == mask.restore(reply) == f"So {SAID} [not one] [email 7] {MAIL} {PHONE} [email"


def test_nothing_in_no_pieces_is_nothing() -> None:
    assert list(Mask().restored(iter(()))) == []
    assert list(Mask().restored(iter(("", "")))) == []


@pytest.mark.parametrize(
    "text", ["", "Where is my parcel?", "[email 1]", "Order MV-2026-118420", "support@shop.example"]
)
def test_what_is_not_personal_stays(text: str) -> None:
    mask = Mask(language="en")
    assert mask.mask(text) == (text,)
    assert not mask.used


def test_no_texts_are_no_texts() -> None:
    assert Mask().mask() == ()


def test_masking_again_changes_nothing() -> None:
    mask = Mask(language="en")
    (once,) = mask.mask(SAID)
    assert mask.mask(once) == (once,)


def test_a_placeholder_of_another_text_is_never_given_to_somebody_else() -> None:
    mask = Mask(language="en")
    (masked,) = mask.mask(f"[email 3] wrote to {MAIL}")
    assert masked == "[email 3] wrote to [email 4]"
    assert mask.restore(masked) == f"[email 3] wrote to {MAIL}"


def test_two_masks_know_nothing_of_each_other() -> None:
    one, other = Mask(language="en"), Mask(language="en")
    (masked,) = one.mask(MAIL)
    assert other.restore(masked) == masked


def test_only_some_kinds_may_be_masked() -> None:
    mask = Mask((PersonalKind.EMAIL,), language="en")
    (masked,) = mask.mask(SAID)
    assert PHONE in masked
    assert MAIL not in masked


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("", 0),
        ("Hello", 5),
        ("Hello [", 6),
        ("Hello [em", 6),
        ("Hello [email ", 6),
        ("Hello [email 1", 6),
        ("Hello [email 1]", 15),
        ("Hello 【phone_12", 6),
        ("a [1] b", 7),
        ("a [unfinished business", 22),
        ("[x [em", 3),
    ],
)
def test_what_may_become_a_placeholder_is_held_back(text: str, end: int) -> None:
    assert begun_at(text) == end


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Call [phone 1] please", "Call please"),
        ("[name 1]様、こんにちは", "様、こんにちは"),
        ("[email 1]", ""),
        ("[elephant 1]", "[elephant 1]"),
        ("", ""),
    ],
)
def test_a_search_is_for_words(text: str, kept: str) -> None:
    assert without_placeholders(text) == kept


@pytest.mark.parametrize("kind", PersonalKind)
def test_every_kind_has_a_placeholder_that_is_known_again(kind: PersonalKind) -> None:
    if kind is not PersonalKind.URL:
        assert PLACEHOLDER.fullmatch(f"[{kind.placeholder} 1]")

"""Chinese, Japanese and Korean names behind cues that other words follow as well."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from tests.unit.guard.found import found


def names(text: str) -> list[str]:
    return [value for _, value in found(text, "", PersonalKind.NAME)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我是王小明，水壶坏了", ["王小明"]),
        ("我是王小明想问一下", ["王小明"]),
        ("我叫李雪梅想问一下", ["李雪梅"]),
        ("你好我叫王明我想退货", ["王明"]),
        ("我姓陈", ["陈"]),
        ("这里是欧阳娜娜。", ["欧阳娜娜"]),
        ("客服小周为您服务", ["小周"]),
        ("我是客服若溪，很高兴为您服务", ["若溪"]),
        ("此致 王小明", ["王小明"]),
        ("此致\n敬礼\n王小明", ["王小明"]),
        ("謝謝。\n蔡宜庭", ["蔡宜庭"]),
        ("郭雅婷 敬上", ["郭雅婷"]),
        ("多谢王先生", ["王"]),
        ("谢谢王先生", ["王"]),
        ("谢先生您好", ["谢"]),
        ("张伟女士您好", ["张伟"]),
    ],
)
def test_chinese_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我是高级会员",
        "我是江苏的",
        "我是周末买的",
        "我是顾客",
        "我是金卡，",
        "我叫了车。",
        "谢谢，马上试",
        "谢谢\n方便",
        "祝好运",
        "此致 敬礼",
    ],
)
def test_chinese_words_that_begin_like_a_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("よろしくお願いいたします。田中", ["田中"]),
        ("以上、よろしくお願いします。\n山本健太", ["山本健太"]),
        ("佐藤花子です。", ["佐藤花子"]),
        ("サポートの三浦です。", ["三浦"]),
        ("担当の奥村が承ります", ["奥村"]),
        ("私は山口です", ["山口"]),
        ("渡辺様のご注文", ["渡辺"]),
        ("小林さん、", ["小林"]),
        ("タナカ様", ["タナカ"]),
    ],
)
def test_japanese_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "故障です。",
        "山口です。",
        "担当の者です",
        "お客様のご注文",
        "製品仕様",
        "同様の",
        "店員さん",
        "業者さん",
        "お願いします。以上",
        "会員様",
    ],
)
def test_japanese_words_that_are_no_names(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("저는 김민수입니다.", ["김민수"]),
        ("안녕하세요, 박지훈입니다.", ["박지훈"]),
        ("김민수 고객님", ["김민수"]),
        ("최은영 드림", ["최은영"]),
        ("저는 주문을 취소하고 싶어요", []),
        ("불량입니다.", []),
        ("이용자님", []),
        ("고객님", []),
    ],
)
def test_korean_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected

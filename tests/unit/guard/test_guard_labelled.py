"""Names and addresses that somebody announces."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from tests.unit.guard.found import found


def names(text: str) -> list[str]:
    return [value for _, value in found(text, "en", PersonalKind.NAME)]


def addresses(text: str) -> list[str]:
    return [value for _, value in found(text, "en", PersonalKind.ADDRESS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My name is Peter van Dyk.", ["Peter van Dyk"]),
        ("my name's O'Neill", ["O'Neill"]),
        ("Hi Anna,", ["Anna"]),
        ("Hello Tom! How are you?", ["Tom"]),
        ("Dear Mr. Smith,", ["Smith"]),
        ("Ask Ms Vega about it.", ["Vega"]),
        ("Name: Maria Souza\nCity: Rio", ["Maria Souza"]),
        ("Good morning Helen, it works.", ["Helen"]),
        ("Mein Name ist Jürgen Groß.", ["Jürgen Groß"]),
        ("ich heiße Anna", ["Anna"]),
        ("Sehr geehrter Herr Müller,", ["Müller"]),
        ("je m'appelle Chloé Dubois", ["Chloé Dubois"]),
        ("Bonjour Madame Lefèvre,", ["Lefèvre"]),
        ("me llamo José Pérez", ["José Pérez"]),
        ("mi chiamo Luca Rossi", ["Luca Rossi"]),
        ("o meu nome é João Silva", ["João Silva"]),
        ("меня зовут Иван Петров", ["Иван Петров"]),
        ("我叫王小明，手机坏了", ["王小明"]),
        ("姓名：李雷", ["李雷"]),
        ("韩先生您好", ["韩"]),
        ("歐陽小姐", []),
        ("周小姐早安", ["周"]),
        ("收件人: 陳大文", ["陳大文"]),
        ("三浦と申します。", ["三浦"]),
        ("佐藤様、お待たせしました", ["佐藤"]),
        ("お名前：田中花子", ["田中花子"]),
        ("제 이름은 김민수", ["김민수"]),
        ("ผมชื่อ สมชาย", ["สมชาย"]),
        ("اسمي محمد", ["محمد"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hi there,",
        "Hello Everyone!",
        "Dear Customer,",
        "Dear Sir or Madam,",
        "Thanks Very much.",
        "Thank you All!",
        "Hallo Zusammen,",
        "お客様、ありがとうございます",
        "皆様、こんにちは",
        "老先生您好",
        "仕様、模様",
        "my name is not important",
        "The Drift R3 is a robot.",
        "Name: [name 1]",
    ],
)
def test_words_that_are_nobodys_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Address: 12 Mill Lane, Oxford OX1 2AB", ["12 Mill Lane, Oxford OX1 2AB"]),
        ("Ship to: 5 Rue de la Paix, 75002 Paris.", ["5 Rue de la Paix, 75002 Paris"]),
        ("My new address is 12 Mill Lane in Oxford. Thanks", ["12 Mill Lane in Oxford"]),
        ("Lieferadresse: Hauptstraße 5, 10115 Berlin", ["Hauptstraße 5, 10115 Berlin"]),
        ("dirección: Calle Mayor 3, Madrid", ["Calle Mayor 3, Madrid"]),
        ("收货地址：北京市朝阳区建国路88号1201室", ["北京市朝阳区建国路88号1201室"]),
        ("我的地址是上海市南京西路100号，谢谢", ["上海市南京西路100号"]),
        ("住所は東京都千代田区1-1-1です。", ["東京都千代田区1-1-1"]),
        ("〒100-0001 東京都千代田区千代田1-1", ["〒100-0001 東京都千代田区千代田1-1"]),
        ("ที่อยู่: 99 ถนนสุขุมวิท กรุงเทพ", ["99 ถนนสุขุมวิท กรุงเทพ"]),
        ("We changed the address bar.", []),
        ("Address: x@y.com and more", []),
        ("地址是什么？", []),
        ("Address: [address 1]", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected

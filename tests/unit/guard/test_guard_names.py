"""Names that somebody announces, signs with, or gives when asked."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from engine.guard.names import name_in_reply
from tests.unit.guard.found import found


def names(text: str) -> list[str]:
    return [value for _, value in found(text, "en", PersonalKind.NAME)]


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
        ("歐陽小姐", ["歐陽"]),
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
        ("I am Lena Fischer", ["Lena Fischer"]),
        ("I'm Lena.", ["Lena"]),
        ("This is Lena Fischer speaking", ["Lena Fischer"]),
        ("Anna Kowalska here, I wrote yesterday.", ["Anna Kowalska"]),
        ("my name is lena fischer and my kettle leaks", ["lena fischer"]),
        ("My wife Zdenka ordered it.", ["Zdenka"]),
        ("ich bin Lena", ["Lena"]),
        ("Hier spricht Lena Fischer.", ["Lena Fischer"]),
        ("Meine Frau Zdenka Nowak", ["Zdenka Nowak"]),
        ("je suis Élodie Martin", ["Élodie Martin"]),
        ("Bonjour M. Lefort,", ["Lefort"]),
        ("soy Lucía Herrera", ["Lucía Herrera"]),
        ("sono Luca Rossi", ["Luca Rossi"]),
        ("eu sou João Silva", ["João Silva"]),
        ("Это Иван Петров", ["Иван Петров"]),
        ("tôi là Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("I am Chise T. Horiguchi", ["Chise T. Horiguchi"]),
    ],
)
def test_people_who_say_who_they_are(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Best regards, {}",
        "Best regards,\n{}",
        "Thanks,\n{}\nHead of Purchasing",
        "Mit freundlichen Grüßen\n{}",
        "LG {}",
        "Cordialement,\n\n{}",
        "Saludos, {}",
        "Cordiali saluti\n{}",
        "Atenciosamente,\n{}",
        "С уважением,\n{}",
        "Trân trọng,\n{}",
        "Yours sincerely, Dr. {}",
    ],
)
def test_signatures(text: str) -> None:
    assert names(f"The lid leaks.\n{text.format('Lena Fischer')}") == ["Lena Fischer"]


@pytest.mark.parametrize(
    "text",
    [
        "I am German.",
        "I am Gold member.",
        "I'm VIP.",
        "This is Great news.",
        "This is Breva K2.",
        "This is Drift R3 from the second batch.",
        "This is Customer Support speaking.",
        "Ich bin Rentner.",
        "Ich bin Kunde Ihres Hauses.",
        "Mein Sohn Probleme",
        "Viele Grüße aus Hamburg",
        "Saludos,\nAtención al Cliente",
        "Best regards,\nYour Support Team",
        "Thanks, Perfect!",
        "Danke, Problem gelöst.",
        "Size M Black",
        "my name is wrong on the invoice",
        "Ihr Vertrag läuft aus.",
    ],
)
def test_what_people_are_is_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        ("What is your name?", "Lena Fischer.", "Lena Fischer"),
        ("May I have your full name please?", "Sure, it's Zdenka", "Zdenka"),
        ("Wie ist Ihr Name?", "Zdenka", "Zdenka"),
        ("请问您贵姓？", "刘先生", "刘"),
        ("请问怎么称呼您？", "孙丽。", "孙丽"),
        ("お名前をお伺いできますか。", "高橋です。", "高橋"),
        ("What is your name?", "Why do you ask?", ""),
        ("What is your order number?", "Fischer", ""),
        ("Your name? And the order number, as printed on the invoice?", "Fischer", ""),
    ],
)
def test_a_name_that_was_asked_for(question: str, reply: str, expected: str) -> None:
    place = name_in_reply(question, reply)
    assert (place.of(reply) if place else "") == expected


def test_a_name_that_was_asked_for_in_the_same_text() -> None:
    assert names("Bot: What's your last name? User: Horiguchi") == ["Horiguchi"]

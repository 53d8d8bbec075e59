"""Metrics of answers in every language of the desk: the same judgement whatever the script."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from evals.metrics import claims, contains, faithfulness, leaks, rouge_l, same_language, token_f1
from evals.metrics.character_accuracy import character_accuracy
from evals.metrics.token_f1 import tokens
from evals.metrics.word_recall import missing_words, word_recall
from ingestion.versions.fingerprints import fingerprint, similarity


@dataclass(frozen=True, slots=True)
class Answer:
    """A right answer, its gold wording, a wrong answer of the same shape, and evidence in other words."""

    language: str
    right: str
    gold: str
    wrong: str
    evidence: str


ANSWERS = (
    Answer("en", "The warranty is 2 years.", "2 years", "The warranty is 7 years.", "It lasts two years."),
    Answer("de", "Sie gilt 2 Jahre.", "2 Jahre", "Sie gilt 7 Jahre.", "Zwei Jahre ab Kauf."),
    Answer("fr", "Elle dure 2 ans.", "2 ans", "Elle dure 7 ans.", "garantie de deux ans"),
    Answer("es", "Dura 2 años.", "2 años", "Dura 7 años.", "dos años de garantía"),
    Answer("pt", "Vale por 2 anos.", "2 anos", "Vale por 7 anos.", "dois anos de garantia"),
    Answer("ru", "Гарантия 2 года.", "2 года", "Гарантия 7 лет.", "два года гарантии"),
    Answer("ar", "الضمان 24 شهرا.", "24 شهرا", "الضمان 36 شهرا.", "مدة الضمان ٢٤ شهرا"),
    Answer("th", "รับประกัน 2 ปี", "2 ปี", "รับประกัน 7 ปี", "ประกันสองปี"),
    Answer("vi", "Bảo hành 2 năm.", "2 năm", "Bảo hành 7 năm.", "bảo hành hai năm"),
    Answer("ko", "보증 기간은 2년입니다.", "2년", "보증 기간은 7년입니다.", "24개월 보증"),
    Answer("ja", "保証期間は2年です。", "2年", "保証期間は7年です。", "二年間の保証"),
    Answer("zh-Hans", "保修期为2年。", "2年", "保修期为7年。", "保修两年"),
    Answer("zh-Hant", "保固期為2年。", "2年", "保固期為7年。", "保固兩年"),
)
every = pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.language)


@every
def test_a_right_answer_contains_its_gold_and_a_wrong_one_does_not(answer: Answer) -> None:
    assert contains(answer.right, [answer.gold])
    assert not contains(answer.wrong, [answer.gold])


@every
def test_a_right_answer_is_faithful_in_other_words_and_a_wrong_one_is_not(answer: Answer) -> None:
    assert claims(answer.right)
    assert faithfulness(answer.right, answer.evidence) == 1.0
    assert faithfulness(answer.wrong, answer.evidence) < 1.0


@every
def test_overlap_is_full_with_itself_partial_with_the_wrong_one_and_none_with_nothing(answer: Answer) -> None:
    assert token_f1(answer.right, [answer.right]) == rouge_l(answer.right, [answer.right]) == 1.0
    assert 0.3 < token_f1(answer.wrong, [answer.right]) < 1.0
    assert 0.3 < rouge_l(answer.wrong, [answer.right]) < 1.0
    assert token_f1("", [answer.right]) == rouge_l("…", [answer.right]) == 0.0


@every
def test_every_character_that_is_read_counts(answer: Answer) -> None:
    assert character_accuracy(answer.right, answer.right) == 1.0
    assert character_accuracy(answer.right[:-3], answer.right) < 1.0
    assert word_recall(answer.right, answer.right) == 1.0
    assert word_recall(answer.wrong, answer.right) < 1.0
    assert missing_words(answer.right, answer.right).total() == 0


@every
def test_a_number_that_the_customer_wrote_is_no_leak(answer: Answer) -> None:
    text = f"{answer.right} 4111 1111 1111 1111"
    assert leaks(text, f"{answer.gold} 4111111111111111", lambda _: ["4111 1111 1111 1111"]) == ()
    assert leaks(text, answer.gold, lambda _: ["4111 1111 1111 1111"]) == ("4111 1111 1111 1111",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ที่นี่ ๓๐ ปี", ["ที่", "นี่", "๓๐", "ปี"]),
        ("มี Wi-Fi ไหม", ["มี", "wi", "fi", "ไ", "ห", "ม"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("مُحَمَّد هنا", ["مُحَمَّد", "هنا"]),
        ("Tiếng Việt", ["tiếng", "việt"]),
        ("반품 가능", ["반품", "가능"]),
        ("ガスを止める", ["ガ", "ス", "を", "止", "め", "る"]),
        ("退貨、換貨", ["退", "货", "换", "货"]),
        ("l’été d'Anna", ["l", "été", "d", "anna"]),
        ("E-12 / v2.1", ["e", "12", "v2", "1"]),
    ],
)
def test_tokens_are_what_a_reader_counts(text: str, found: list[str]) -> None:
    assert tokens(text) == found


DIFFERENT = [
    ("ที่นี่ขายน้ำ", "ทู่นู่ขายนำ"),
    ("ปี", "ปู"),
    ("हिन्दी", "हन्दी"),
    ("دَرَسَ", "دُرِسَ"),
    ("Café", "Cafe"),
    ("má", "ma"),
    ("ガス", "カス"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_marks_tell_words_apart_in_metrics_and_fingerprints(one: str, other: str) -> None:
    assert token_f1(one, [other]) < 1.0
    assert not contains(one, [other])
    assert fingerprint(one).text_hash != fingerprint(other).text_hash


THAI = "คุณสามารถคืนกาต้มน้ำได้ภายในสามสิบวันหลังได้รับสินค้าโดยไม่เสียค่าใช้จ่ายกรุณาเก็บกล่องเดิมไว้จนกว่าจะแน่ใจว่าทุกอย่างใช้งานได้"


def test_a_text_without_spaces_that_is_edited_in_one_place_is_nearly_the_same() -> None:
    edited = THAI.replace("สามสิบ", "หกสิบ")
    assert 0.6 < similarity(fingerprint(THAI), fingerprint(edited)) < 1.0
    assert similarity(fingerprint(THAI), fingerprint(f"{THAI[:60]} {THAI[60:]}")) == 1.0
    assert similarity(fingerprint(THAI), fingerprint(THAI[::-1])) < 0.1


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("zh-Hans", "zh-CN", True),
        ("zh-SG", "zh-Hans", True),
        ("zh-MO", "zh-Hant", True),
        ("zh-Hant-HK", "zh-TW", True),
        ("zh-Hans", "zh-HK", False),
        ("pt-BR", "pt-PT", True),
        ("pt", "es", False),
        ("EN", "en", True),
        ("ja", "ja-JP", True),
        ("th", "vi", False),
    ],
)
def test_the_language_of_an_answer(wanted: str, found: str, same: bool) -> None:
    assert same_language(wanted, found) is same_language(found, wanted) is same

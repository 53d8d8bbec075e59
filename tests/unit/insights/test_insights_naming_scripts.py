"""Names of topics in scripts that write without spaces, and words that nobody said."""

from __future__ import annotations

import pytest

from engine.domain.insights import AskedQuestion
from engine.insights.naming import LOOKED_AT, SPEAKERS, TERMS, distinctive, named, samples
from tests.fakes.questions import NOON, cluster


def asked(*texts: str, language: str = "en") -> list[AskedQuestion]:
    return [AskedQuestion(f"a{at}", f"c{at}", text, language, NOON) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("language", "texts", "terms"),
    [
        ("zh-Hans", ("净化器坏了", "净化器怎么用", "净化器多少钱"), ("净化器",)),
        ("zh-Hant", ("淨化器壞了", "淨化器怎麼用", "淨化器多少錢"), ("淨化器",)),
        ("ja", ("ケトルが壊れた", "ケトルの保証", "ケトルを返品"), ("ケトル",)),
        ("th", ("สินค้าเสียหาย", "สินค้าไม่มา", "สินค้าอยู่ที่ไหน"), ("สินค้า",)),
        ("ar", ("أين الطرد", "الطرد متأخر", "الطرد لم يصل"), ("الطرد",)),
        ("ru", ("где мой чайник", "чайник пропал", "мой чайник жёлтый"), ("чайник",)),
        ("vi", ("máy lọc hỏng rồi", "máy lọc ở đâu", "giá máy lọc"), ("lọc", "máy")),
        ("und", ("frobnicate one", "frobnicate two", "frobnicate three"), ("frobnicate",)),
    ],
)
def test_a_name_is_a_whole_word_of_the_language(language: str, texts: tuple[str, ...], terms: tuple[str, ...]) -> None:
    assert distinctive([asked(*texts, language=language)]) == [terms]


@pytest.mark.parametrize(
    ("language", "texts", "never"),
    [
        ("ko", ("배송 언제", "배송 조회", "배송 문의", "송장 번호", "송장 어디", "송장 조회"), "배송장"),
        ("zh-Hans", ("怎么退货", "要退货", "想退货", "货号在哪", "查货号", "看货号"), "退货号"),
        ("ja", ("返品したい", "返品の方法", "返品期限", "品番を知りたい", "品番はどこ", "品番の確認"), "返品番"),
    ],
)
def test_words_that_merely_overlap_are_not_put_together(language: str, texts: tuple[str, ...], never: str) -> None:
    (found,) = distinctive([asked(*texts, language=language)])
    assert {never[:2], never[1:]} <= {each[:2] for each in found}
    assert never not in "".join(found)


def test_terms_do_not_depend_on_the_order_of_questions() -> None:
    texts = ["净化器滤网怎么换", "滤网多久换一次", "净化器滤网价格", "滤网寿命", "净化器的滤网"]
    forward, back = (distinctive([asked(*some, language="zh-Hans")]) for some in (texts, texts[::-1]))
    assert forward == back
    assert forward[0][0] == "滤网"


def test_at_most_five_terms_and_three_in_the_name() -> None:
    words = ("kettle", "toaster", "lamp", "fan", "heater", "blender", "mixer")
    said = asked(*[f"{' '.join(words)} {n}" for n in range(SPEAKERS)])
    (found,) = named([cluster("topic")], {"topic": said})
    assert len(found.terms) == TERMS
    assert found.name == " · ".join(found.terms[:3])


def test_a_group_that_has_no_common_word_has_no_name() -> None:
    (found,) = named([cluster("topic")], {"topic": asked("kettle", "lamp", "fan")})
    assert (found.name, found.terms) == ("", ())


def test_nothing_asked_is_nothing_to_name() -> None:
    assert distinctive([]) == []
    assert distinctive([[], []]) == [(), ()]
    assert samples([], 5) == ()


def test_of_a_large_group_its_first_questions_tell() -> None:
    early, late = (asked(*[f"{word} {n}" for n in range(LOOKED_AT)]) for word in ("kettle", "toaster"))
    assert distinctive([[*early, *late]]) == [("kettle",)]


def test_one_person_who_asks_often_names_no_topic() -> None:
    often = [AskedQuestion(f"a{n}", "same talk", "Frobisher kettle", "en", NOON) for n in range(9)]
    assert distinctive([often]) == [()]
    assert distinctive([[*often, *asked("kettle", "kettle")]]) == [("kettle",)]


def test_a_word_is_shown_as_it_is_mostly_written() -> None:
    assert distinctive([asked("refunds", "refunds", "refund", "refunds")]) == [("refunds",)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Call +49 151 23456789 please", "Call [phone 1] please"),
        ("Write to tom@example.com or ann@example.com", "Write to [email 1] or [email 2]"),
        ("我的手机是13812345678，谢谢", "我的手机是[phone 1]，谢谢"),
    ],
)
def test_samples_tell_no_personal_data(text: str, shown: str) -> None:
    assert samples(asked(text, language="und"), 5) == (shown,)

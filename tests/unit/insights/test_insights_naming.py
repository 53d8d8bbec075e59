from __future__ import annotations

from dataclasses import replace

from engine.domain.insights import AskedQuestion
from engine.insights.naming import distinctive, named, samples
from tests.fakes.questions import NOON, cluster


def asked(*texts: str, language: str = "en", conversation: str = "") -> list[AskedQuestion]:
    return [AskedQuestion(f"a{at}", conversation or f"c{at}", text, language, NOON) for at, text in enumerate(texts)]


PARCEL = asked("Where is my parcel?", "My parcel is late", "The parcels have not arrived")
KETTLE = asked("My kettle leaks", "The kettle is broken", "How do I clean kettles?")


def test_a_group_is_named_by_what_others_do_not_say() -> None:
    parcel, kettle = distinctive([PARCEL, KETTLE])
    assert parcel == ("parcel",)
    assert kettle == ("kettle",)


def test_words_of_fewer_than_three_conversations_are_not_shown() -> None:
    said = asked("Frobisher asked about parcels", "Frobisher asks: parcel?", "Parcel of Frobisher?")
    (public,) = distinctive([said])
    assert "frobisher" in public
    (private,) = distinctive([[*asked(*(each.text for each in said), conversation="one"), *PARCEL]])
    assert "frobisher" not in private


def test_personal_data_and_numbers_are_no_names() -> None:
    (found,) = distinctive([asked(*[f"Call +49 151 23456789 about refund 4711, tom{n}@example.com" for n in range(4)])])
    assert found
    assert not any(any(char.isdigit() for char in term) or "@" in term for term in found)


def test_pairs_of_characters_are_put_together_as_they_are_written() -> None:
    (chinese,) = distinctive([asked("净化器坏了", "净化器怎么用", "净化器多少钱", language="zh-Hans")])
    assert chinese == ("净化器",)
    (japanese,) = distinctive([asked("掃除機が動かない", "掃除機の保証", "掃除機を返品", language="ja")])
    assert any("掃除機" in term for term in japanese)


def test_longer_words_come_from_pairs_in_whatever_order_they_weigh() -> None:
    filters = asked("空气净化器滤芯多久换一次", "净化器滤芯去哪买", "净化器滤芯坏了", language="zh-Hans")
    assert distinctive([filters])[0][0] == "净化器滤芯"
    receipts = asked("領収書を発行してください", "領収書を発行できますか", "領収書を発行したい", language="ja")
    assert distinctive([receipts])[0] == ("領収書", "発行")


def test_hiragana_names_a_group_that_has_no_other_words() -> None:
    (found,) = distinctive([asked("うるさいです", "とてもうるさい", "うるさい", language="ja")])
    assert found[0].startswith("うる")


def test_pairs_are_not_put_together_to_what_nobody_wrote() -> None:
    (found,) = distinctive([asked("返品，品质", "返品、品质", "返品：品质", language="zh-Hans")])
    assert set(found) == {"返品", "品质"}


def test_the_main_language_names_the_group() -> None:
    mixed = [*PARCEL, *asked("包裹在哪", language="zh-Hans")]
    assert distinctive([mixed])[0] == ("parcel",)


def test_groups_get_names_and_keep_them_while_half_of_the_words_stay() -> None:
    (fresh,) = named([replace(cluster("topic"), name="", terms=())], {"topic": PARCEL}, others=KETTLE)
    assert fresh.name == "parcel"
    kept = replace(fresh, name="Parcels!", terms=("parcel",))
    assert named([kept], {"topic": PARCEL})[0].name == "Parcels!"
    assert named([kept], {"topic": KETTLE})[0].name == "kettle"
    assert named([], {}) == ()


def test_samples_are_scrubbed_and_each_is_there_once() -> None:
    found = samples(asked("Mail tom@example.com!", "Mail ann@example.com!", "Why?"), 5)
    assert found == ("Mail [email 1]!", "Why?")
    assert len(samples(PARCEL, 2)) == 2

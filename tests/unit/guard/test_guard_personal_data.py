"""Finding everything at once, and scrubbing."""

from __future__ import annotations

import pytest

from engine.guard.findings import PersonalKind
from engine.guard.personal_data import SCRUBBED, Scrubber, find, scrub
from engine.guard.placeholders import without_placeholders

CHATS = {
    "en": (
        "Hi Anna, card 4111 1111 1111 1111, mail jo@example.com or call me on 212-555-0187. Order MV-2026-001387.",
        "Hi [name 1], card [card 1], mail [email 1] or call me on [phone 1]. Order MV-2026-001387.",
    ),
    "zh-Hans": (
        "我叫王小明，手机13812345678，身份证11010519491231002X，地址：北京市朝阳区建国路88号",
        "我叫[name 1]，手机[phone 1]，身份证[id 1]，地址：[address 1]",
    ),
    "zh-Hant": (
        "周小姐早安，手機0912-345-678，訂單編號：MV-2026-002874，身分證A123456789",
        "[name 1]小姐早安，手機[phone 1]，訂單編號：MV-2026-002874，身分證[id 1]",
    ),
    "ja": (
        "三浦と申します。電話は０９０－１２３４－５６７８です。注文番号 MV-2025-098120",
        "[name 1]と申します。電話は[phone 1]です。注文番号 MV-2025-098120",
    ),
    "de": ("Mein Name ist Jürgen Groß, Konto DE89 3704 0044 0532 0130 00.", "Mein Name ist [name 1], Konto [iban 1]."),
    "ko": ("제 이름은 김민수, 휴대폰 010-1234-5678", "제 이름은 [name 1], 휴대폰 [phone 1]"),
}


@pytest.mark.parametrize("language", sorted(CHATS))
def test_placeholders_take_the_place_of_personal_data(language: str) -> None:
    text, expected = CHATS[language]
    assert scrub(text, language).text == expected


@pytest.mark.parametrize("language", sorted(CHATS))
def test_scrubbing_again_changes_nothing(language: str) -> None:
    once = scrub(CHATS[language][0], language)
    again = scrub(once.text, language)
    assert (again.text, again.replaced) == (once.text, ())


@pytest.mark.parametrize("language", sorted(CHATS))
def test_putting_the_values_back_gives_the_text(language: str) -> None:
    scrubbed = scrub(CHATS[language][0], language)
    text = scrubbed.text
    for replacement in scrubbed.replaced:
        text = text.replace(replacement.placeholder, replacement.value)
    assert text == CHATS[language][0]


def test_the_same_value_has_the_same_number_however_it_is_written() -> None:
    text = "Call 212-555-0187 or (212) 555-0187, not 212-555-0199. JO@x.com, jo@x.com"
    assert scrub(text, "en").text == "Call [phone 1] or [phone 1], not [phone 2]. [email 1], [email 1]"


def test_placeholders_that_are_there_keep_their_numbers() -> None:
    assert scrub("[phone 3] and 212-555-0187, [name 1]", "en").text == "[phone 3] and [phone 4], [name 1]"


def test_plain_links_stay_and_links_with_a_secret_do_not() -> None:
    text = "See https://example.com/help, not https://example.com/?token=abcdef12."
    assert scrub(text).text == "See https://example.com/help, not [link 1]."
    assert PersonalKind.URL not in SCRUBBED


def test_of_overlapping_findings_the_surer_stays() -> None:
    text = "my card is 4111 1111 1111 1111"
    assert [datum.kind for datum in find(text, "en")] == [PersonalKind.CARD]
    link = "https://example.com/?mail=jo@example.com"
    assert [datum.kind for datum in find(link, kinds=frozenset(PersonalKind))] == [PersonalKind.URL]
    assert [datum.span.of(link) for datum in find(link)] == ["jo@example.com"]


def test_only_the_kinds_asked_for() -> None:
    text = "jo@example.com 212-555-0187"
    assert [datum.kind for datum in find(text, "en", kinds={PersonalKind.PHONE})] == [PersonalKind.PHONE]
    assert find(text, "en", kinds=()) == ()


def test_spans_refer_to_the_text_as_it_is() -> None:
    text = "😀 ｊ ０９０－１２３４－５６７８ 😀 jo@example.com"
    assert [datum.span.of(text) for datum in find(text, "ja")] == ["０９０－１２３４－５６７８", "jo@example.com"]


def test_a_scrubber_numbers_several_texts_as_one() -> None:
    scrubber = Scrubber("en", names=("Mia Wong", "Mia"))
    assert scrubber.scrub("Mia Wong wrote from jo@x.com") == "[name 1] wrote from [email 1]"
    assert scrubber.scrub("Thanks, Mia; jo@x.com, al@x.com") == "Thanks, [name 2]; [email 1], [email 2]"
    assert [each.value for each in scrubber.replaced] == ["Mia Wong", "jo@x.com", "Mia", "al@x.com"]


def test_known_names_are_words_of_their_own() -> None:
    scrubber = Scrubber("en", names=("Tom", "若溪"))
    assert scrubber.scrub("Tom's tomato, Tomas and 我是若溪。") == "[name 1]'s tomato, Tomas and 我是[name 2]。"


def test_a_value_can_be_given_a_placeholder_directly() -> None:
    scrubber = Scrubber()
    assert scrubber.placeholder(PersonalKind.NAME, "Lena") == "[name 1]"
    assert scrubber.placeholder(PersonalKind.NAME, "LENA") == "[name 1]"


@pytest.mark.parametrize("text", ["", " ", "Press the button for ten seconds.", "退货包邮", "返品は30日以内です。"])
def test_text_without_personal_data_stays(text: str) -> None:
    assert scrub(text, "en").text == text


def test_placeholders_are_words() -> None:
    assert {kind.placeholder for kind in SCRUBBED} == {
        "email",
        "phone",
        "card",
        "iban",
        "ip",
        "link",
        "id",
        "address",
        "name",
    }


@pytest.mark.parametrize(
    ("scrubbed", "searched"),
    [
        ("I am [name 1]. How long is the warranty?", "I am. How long is the warranty?"),
        ("保修期多长？[phone 2]", "保修期多长？"),
        ("[email 1] [name 1]", ""),
        ("What is [error 1]?", "What is [error 1]?"),
        ("How long?", "How long?"),
    ],
)
def test_placeholders_are_no_words_to_search_for(scrubbed: str, searched: str) -> None:
    assert without_placeholders(scrubbed) == searched

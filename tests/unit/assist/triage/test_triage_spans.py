"""Entities with exact spans, what is missing, and priorities, in the languages of the customers."""

from __future__ import annotations

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.triage.entities import entities
from engine.assist.triage.intents import Finding
from engine.assist.triage.parts import parts
from engine.assist.triage.priority import prioritised
from engine.assist.triage.sorting import sorted_out
from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import Span
from engine.domain.triage import CustomerTier, FoundIntent, Intent, PriorityReason, Triage, TriageRequest
from tests.builders import passage

ORDER, PARCEL, SKU = FactKind.ORDER_NUMBER, FactKind.TRACKING_NUMBER, FactKind.SKU


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "我的订单号是MV-2026-118420，5月3日付了259元",
            "zh-Hans",
            [(ORDER, 6, "mv-2026-118420"), (FactKind.DATE, 21, "--05-03"), (FactKind.AMOUNT, 27, "259 CNY")],
        ),
        (
            "訂單MV-2026-118420，請寄到lena@shop.example",
            "zh-Hant",
            [(ORDER, 2, "mv-2026-118420"), (FactKind.EMAIL, 20, "lena@shop.example")],
        ),
        (
            "注文番号はMV-2026-118420です。5月3日に1,200円払いました",
            "ja",
            [(ORDER, 5, "mv-2026-118420"), (FactKind.DATE, 22, "--05-03"), (FactKind.AMOUNT, 27, "1200 JPY")],
        ),
        ("call me at +44 20 7946 0958", "en", [(FactKind.PHONE, 11, "+44 20 7946 0958")]),
        ("SF1234567890123、RB123456785CN", "ja", [(PARCEL, 0, "sf1234567890123"), (PARCEL, 16, "rb123456785cn")]),
        ("货号DB-R3-02，运单号YT1234567890123", "zh-Hans", [(SKU, 2, "db-r3-02"), (PARCEL, 14, "yt1234567890123")]),
        ("ＭＶ－２０２６－１１８４２０", "zh-Hans", [(ORDER, 0, "mv-2026-118420")]),
        ("it is TBA123456789012.", "en", [(PARCEL, 6, "tba123456789012")]),
        ("🙂🙂 品番DB-R3-02", "ja", [(SKU, 5, "db-r3-02")]),
    ],
)
def test_kinds_places_and_comparable_forms(text: str, language: str, expected: list[tuple[FactKind, int, str]]) -> None:
    found = entities(text, language)
    assert [(each.kind, each.span.start, each.normal) for each in found] == expected
    assert all(each.span.of(text) == each.text for each in found)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("tracking number: ", PARCEL),
        ("Tracking no. ", PARCEL),
        ("Sendungsnummer ", PARCEL),
        ("numéro de suivi ", PARCEL),
        ("part number ", SKU),
        ("Artikelnummer ", SKU),
        ("order ", ORDER),
    ],
)
def test_the_words_in_front_say_what_a_code_is(label: str, kind: FactKind) -> None:
    (found,) = entities(f"{label}AB-12345678", "en")
    assert (found.kind, found.span) == (kind, Span(len(label), len(label) + 11))


def test_a_label_far_in_front_says_nothing() -> None:
    text = "the tracking number is what I do not have, my order is AB-12345678"
    assert [each.kind for each in entities(text, "en")] == [ORDER]


@pytest.mark.parametrize("text", ["x1Z999AA10123456784", "1Z999AA10123456784x", "RB12345678CN", "1234-5678-90123"])
def test_what_only_looks_like_a_parcel_is_none(text: str) -> None:
    assert PARCEL not in [each.kind for each in entities(text, "en")]


def test_each_mention_of_a_parcel_has_its_own_place() -> None:
    text = "1Z999AA10123456784, I repeat: 1Z999AA10123456784"
    assert [each.span.start for each in entities(text, "en")] == [0, 30]


def test_a_product_is_found_by_its_code_whatever_its_case() -> None:
    text = "mein r3 und der R3"
    found = entities(text, "de", [passage("Pflege", title="Drift R3 manual")])
    assert {(each.kind, each.text) for each in found} == {(FactKind.PRODUCT, "Drift R3")}
    assert all(each.span.of(text).upper() == "R3" for each in found)


def triaged(text: str, language: str, *required: FactKind, earlier: tuple[str, ...] = ()) -> Triage:
    intent = Intent("a", ("x",), required=required)
    found = (FoundIntent("a", 0.9, Span(0, 1)),)
    return sorted_out(TriageRequest(text, earlier), language, Finding(found, found, 0.1, (intent,)), NEUTRAL)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "ja", "ko", "de", "fr", "es", "sw"])
@pytest.mark.parametrize("kind", list(FactKind))
def test_there_is_a_question_for_every_fact_in_every_language_or_in_english(language: str, kind: FactKind) -> None:
    (missing,) = triaged("Hm", language, kind).missing
    assert missing.kind is kind
    assert missing.question.strip()
    english = triaged("Hm", "en", kind).missing[0].question
    assert (missing.question == english) == (language in {"en", "sw"})


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (("part number DB-R3-02",), [FactKind.ORDER_NUMBER, FactKind.PHONE]),
        (("lena@shop.example",), [FactKind.ORDER_NUMBER, SKU]),
        (("MV-2026-118420", "+44 20 7946 0958"), [SKU]),
        (("MV-2026-118420", "part number DB-R3-02", "lena@shop.example"), []),
        ((), [FactKind.ORDER_NUMBER, SKU, FactKind.PHONE]),
    ],
)
def test_what_was_told_earlier_is_not_asked_again(told: tuple[str, ...], asked: list[FactKind]) -> None:
    found = triaged("Hm", "en", FactKind.ORDER_NUMBER, SKU, FactKind.PHONE, earlier=told)
    assert [each.kind for each in found.missing] == asked
    assert found.entities == ()


@pytest.mark.parametrize(
    ("text", "priority", "reason"),
    [
        ("充电器起火了", Priority.URGENT, PriorityReason.DANGER),
        ("充電器起火了", Priority.URGENT, PriorityReason.DANGER),
        ("バッテリーから煙が出ています", Priority.URGENT, PriorityReason.DANGER),
        ("The charger caught fire", Priority.URGENT, PriorityReason.DANGER),
        ("我要去消协投诉", Priority.HIGH, PriorityReason.THREAT),
        ("我要找律師", Priority.HIGH, PriorityReason.THREAT),
        ("弁護士に相談します", Priority.HIGH, PriorityReason.THREAT),
        ("Je vais prendre un avocat", Priority.HIGH, PriorityReason.THREAT),
        ("周五之前要用", Priority.HIGH, PriorityReason.DEADLINE),
        ("週五之前要用", Priority.HIGH, PriorityReason.DEADLINE),
        ("金曜日までに必要です", Priority.HIGH, PriorityReason.DEADLINE),
        ("Ich brauche es bis Freitag", Priority.HIGH, PriorityReason.DEADLINE),
    ],
)
def test_urgency_is_understood_in_the_customers_languages(
    text: str, priority: Priority, reason: PriorityReason
) -> None:
    assert prioritised(text, (), NEUTRAL, CustomerTier.STANDARD) == (priority, (reason,))
    lifted, reasons = prioritised(text, (), NEUTRAL, CustomerTier.PREFERRED)
    assert lifted is Priority.URGENT
    assert (PriorityReason.TIER in reasons) == (priority is not Priority.URGENT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("包裹到哪了？顺便问一下怎么开发票", ["包裹到哪了？", "问一下怎么开发票"]),
        ("發票打錯了，另外我想退貨", ["發票打錯了", "我想退貨"]),
        ("返品したいのですが、領収書もください。あと、住所を変えたいです", None),
        ("Wo ist mein Paket, außerdem brauche ich eine Rechnung", ["Wo ist mein Paket", "brauche ich eine Rechnung"]),
    ],
)
def test_parts_are_the_words_of_the_message(text: str, expected: list[str] | None) -> None:
    said = [span.of(text) for span in parts(text)]
    assert len(said) >= 2
    assert expected is None or said == expected

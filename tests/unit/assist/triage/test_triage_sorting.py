from __future__ import annotations

import pytest

from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.triage.intents import Finding
from engine.assist.triage.sorting import names_products, sorted_out
from engine.domain.handoff import FactKind, Priority
from engine.domain.knowledge import Span
from engine.domain.triage import FoundIntent, Intent, Triage, TriageRequest
from tests.builders import passage

NOTHING = Finding((), (), 1.0, ())


def finding(*intents: Intent) -> Finding:
    found = tuple(FoundIntent(intent.id, 0.9, Span(0, 1)) for intent in intents)
    return Finding(found, found, 0.1, intents)


def triaged(text: str, *intents: Intent, earlier: tuple[str, ...] = (), language: str = "en") -> Triage:
    found = finding(*intents) if intents else NOTHING
    return sorted_out(TriageRequest(text, earlier), language, found, NEUTRAL)


def test_queue_and_category_are_those_of_the_likeliest_intent_that_has_one() -> None:
    intents = (
        Intent("a", ("x",)),
        Intent("b", ("x",), category="money", queue="cashiers"),
        Intent("c", ("x",), queue="z"),
    )
    found = triaged("Hm", *intents)
    assert (found.queue, found.category) == ("cashiers", "money")


@pytest.mark.parametrize(
    ("text", "queue"),
    [
        ("Where is my parcel?", "delivery"),
        ("我想退款", "returns"),
        ("パスワードを忘れました", "account"),
        ("Hm", "general"),
    ],
)
def test_without_an_intent_the_words_tell_the_queue(text: str, queue: str) -> None:
    found = triaged(text)
    assert (found.queue, found.intents, found.none_probability) == (queue, (), 1.0)


def test_danger_goes_to_safety_whatever_was_wanted() -> None:
    found = triaged("The charger caught fire, I want my money back", Intent("refund", ("x",), queue="billing"))
    assert (found.queue, found.priority) == ("safety", Priority.URGENT)


@pytest.mark.parametrize(
    ("required", "text", "earlier", "missing"),
    [
        ((FactKind.ORDER_NUMBER,), "It is late", (), [FactKind.ORDER_NUMBER]),
        ((FactKind.ORDER_NUMBER,), "MV-2026-118420 is late", (), []),
        ((FactKind.ORDER_NUMBER,), "It is late", ("It is MV-2026-118420",), []),
        ((FactKind.EMAIL,), "Write to lena@shop.example", (), []),
        ((FactKind.PHONE,), "Write to lena@shop.example", (), []),
        ((FactKind.SKU, FactKind.DATE), "part number DB-R3-02", (), [FactKind.DATE]),
        ((FactKind.PRODUCT,), "part number DB-R3-02", (), []),
    ],
)
def test_only_what_nobody_has_told_is_asked_for(
    required: tuple[FactKind, ...], text: str, earlier: tuple[str, ...], missing: list[FactKind]
) -> None:
    found = triaged(text, Intent("a", ("x",), required=required), earlier=earlier)
    assert [fact.kind for fact in found.missing] == missing


def test_what_several_intents_need_is_asked_for_once() -> None:
    both = (Intent(name, ("x",), required=(FactKind.ORDER_NUMBER,)) for name in "ab")
    assert len(triaged("Hm", *both).missing) == 1


def test_products_are_looked_for_only_where_codes_are() -> None:
    assert names_products(["my R3 is dead"], "en")
    assert not names_products(["my robot is dead"], "en")
    found = sorted_out(
        TriageRequest("my R3 is dead"),
        "en",
        finding(Intent("a", ("x",), required=(FactKind.PRODUCT,))),
        NEUTRAL,
        [passage("Care", title="Drift R3 manual")],
    )
    assert (found.missing, found.entities[0].text) == ((), "Drift R3")

from __future__ import annotations

from engine.assist.summaries.facts import MAX_FACTS, conversation_facts
from engine.domain.conversation import Turn
from engine.domain.handoff import FactKind
from tests.fakes.conversations import PARCEL, conversation


def facts(turns: tuple[Turn, ...], language: str = "en") -> dict[str, FactKind]:
    return {fact.text: fact.kind for fact in conversation_facts(turns, [language] * len(turns))}


def test_what_both_sides_name_is_collected() -> None:
    assert facts(PARCEL) == {"MV-2026-118420": FactKind.ORDER_NUMBER, "+31 6 2417 8830": FactKind.PHONE}


def test_a_fact_named_again_points_to_all_its_places() -> None:
    turns = conversation("C: Order MV-2026-118420", "A: MV-2026-118420, thanks", "C: I paid EUR 59")
    first, second = conversation_facts(turns, ["en"] * 3)
    assert (first.places, second.places, second.normal) == ((0, 1), (2,), "59 EUR")
    assert all(quote.span.of(turns[quote.place].text) == quote.text for quote in first.quotes)


def test_models_are_products_and_errors_are_codes() -> None:
    found = facts(conversation("C: The Drift R3 Plus says Error E4 and now Still E7"))
    assert found == {"Drift R3 Plus": FactKind.PRODUCT, "E4": FactKind.CODE, "E7": FactKind.CODE}


def test_of_very_many_the_most_named_stay() -> None:
    many = [f"C: Order MV-2026-{100000 + at}" for at in range(MAX_FACTS + 5)]
    turns = conversation(*many, many[-1])
    found = conversation_facts(turns, ["en"] * len(turns))
    assert len(found) == MAX_FACTS
    assert found[-1].normal == f"mv-2026-{100000 + MAX_FACTS + 4}"

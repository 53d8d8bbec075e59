from __future__ import annotations

import pytest

from engine.answering.handover.facts import collected_facts
from engine.domain.handoff import FactKind
from engine.domain.knowledge import DocumentKind
from tests.builders import passage

MANUAL = passage("…", title="Drift R3 robot vacuum: user manual")


@pytest.mark.parametrize(
    ("said", "language", "expected"),
    [
        ("order MV-2026-004811, due 3 May.", "en", [("order_number", "MV-2026-004811"), ("date", "3 May")]),
        ("我叫王小明，电话13812345678", "zh-Hans", [("name", "王小明"), ("phone", "13812345678")]),
        ("5月20日下單，付了1,190元", "zh-Hant", [("date", "5月20日"), ("amount", "1,190元")]),
        ("メールは hanako@example.jp です", "ja", [("email", "hanako@example.jp")]),
        ("it shows E7", "en", [("code", "E7")]),
        ("it does not work", "en", []),
    ],
)
def test_facts_come_in_the_order_told(said: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert [(fact.kind.value, fact.text) for fact in collected_facts([said], language)] == expected


def test_a_code_in_the_title_of_a_passage_is_a_product_with_its_full_name() -> None:
    facts = collected_facts(["my r3 shows E7"], "en", [MANUAL])
    assert [(fact.kind, fact.text) for fact in facts] == [(FactKind.PRODUCT, "Drift R3"), (FactKind.CODE, "E7")]


@pytest.mark.parametrize("kind", [DocumentKind.TRANSCRIPT, DocumentKind.CASE])
def test_titles_of_past_cases_name_no_product(kind: DocumentKind) -> None:
    (fact,) = collected_facts(["it shows E7"], "en", [passage("…", title="Chat about E7", kind=kind)])
    assert fact.kind is FactKind.CODE


def test_each_fact_is_kept_once_as_first_written() -> None:
    facts = collected_facts(["MV-2026-004811", "mv-2026-004811 please, paid 259元"], "zh-Hans")
    assert [(fact.text, fact.normal) for fact in facts] == [
        ("MV-2026-004811", "mv-2026-004811"),
        ("259元", "259 CNY"),
    ]


def test_a_phone_number_is_no_order_number() -> None:
    kinds = {fact.kind for fact in collected_facts(["call me on +44 20 7946 0142"], "en")}
    assert kinds == {FactKind.PHONE}


def test_there_are_not_too_many() -> None:
    assert len(collected_facts([f"MV-2026-{number:06d}" for number in range(100)], "en")) == 20

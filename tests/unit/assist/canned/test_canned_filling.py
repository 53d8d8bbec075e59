from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.assist.canned.filling import VARIABLE, facts_told, filled
from engine.domain.canned_reply import Gap
from engine.domain.knowledge import Span


def test_facts_are_put_in_and_gaps_are_marked() -> None:
    found = filled("Dear {customer_name}, {order_number} is late.", {"order_number": "MV-2026-118420"})
    assert found.text == "Dear {customer_name}, MV-2026-118420 is late."
    assert found.gaps == (Gap("customer_name", Span(5, 20)),)


def test_what_ingestion_took_out_of_a_past_case_is_a_gap() -> None:
    found = filled("[name 1]先生您好", {"name": "王"})
    assert (found.text, found.gaps) == ("[name 1]先生您好", (Gap("name", Span(0, 8)),))


@pytest.mark.parametrize("text", ["{}", "{Order}", "{a b}", "{{", "}", "{1}", "[1]", "[see 3.2]"])
def test_other_braces_are_text(text: str) -> None:
    assert filled(text, {"order": "x"}).gaps == ()
    assert filled(text, {"order": "x"}).text == text


def test_a_fact_with_braces_is_not_filled_again() -> None:
    assert filled("{a}", {"a": "{b}", "b": "c"}).text == "{b}"


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (["My order MV-2026-118420 is late"], {"order_number": "MV-2026-118420"}),
        (["order MV-2026-118420", "yes, mv-2026-118420"], {"order_number": "MV-2026-118420"}),
        (["MV-2026-118420 or MV-2026-118421?"], {}),
        (["快递单号SF1234567890123"], {"tracking_number": "SF1234567890123"}),
        ([], {}),
    ],
)
def test_a_fact_is_known_if_only_one_was_told(said: list[str], facts: dict[str, str]) -> None:
    assert facts_told(said, "en", {}) == facts


def test_the_caller_knows_better() -> None:
    found = facts_told(["order MV-2026-118420"], "en", {"order_number": "MV-2026-1", "agent_name": "Mia", "x": " "})
    assert found == {"order_number": "MV-2026-1", "agent_name": "Mia"}


@given(st.text(max_size=200), st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True), st.text()))
def test_gaps_stand_where_they_are_said_to(text: str, facts: dict[str, str]) -> None:
    found = filled(text, facts)
    for gap in found.gaps:
        assert gap.name in gap.span.of(found.text)
    if not VARIABLE.search(text):
        assert found.text == text

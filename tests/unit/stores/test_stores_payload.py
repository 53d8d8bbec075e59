"""How records are kept, and what filters ask of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from engine.domain.knowledge import DocumentKind, Span
from engine.domain.search import SearchFilter
from engine.ports import ChunkRecord
from engine.stores.payload import (
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    Among,
    Within,
    conditions,
    from_payload,
    keyword,
    to_payload,
)
from tests.fakes.stores import chunk

PLAIN = chunk("a").record
FULL = replace(
    PLAIN,
    kind=DocumentKind.TRANSCRIPT,
    section=("一", "二"),
    page=3,
    tags=("x", "y"),
    effective_from=date(2026, 1, 2),
    effective_until=date(2026, 3, 4),
    context_id="c",
)


@pytest.mark.parametrize("record", [PLAIN, FULL], ids=["plain", "full"])
def test_a_record_survives_its_payload_and_json(record: ChunkRecord) -> None:
    assert from_payload(to_payload(record)) == record
    assert from_payload(json.loads(json.dumps(to_payload(record)))) == record


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "é\udfff", "\\ud800", "😀", '"'], ids=ascii)
def test_any_text_survives_and_the_payload_is_utf_8(text: str) -> None:
    record = replace(
        PLAIN, title=text, uri=text, text=text, section=(text,), tags=(text,), document_id=text, context_id=text
    )
    payload = to_payload(record)
    str(payload).encode("utf-8")
    assert from_payload(payload) == record


def test_text_of_other_scripts_is_kept_readable() -> None:
    assert "退货" in str(to_payload(replace(PLAIN, text="退货"))["record"])


def test_every_filter_field_is_in_the_payload() -> None:
    payload = to_payload(FULL)
    assert set(payload) == {*KEYWORD_FIELDS, *INTEGER_FIELDS, "record"}
    assert (payload["kind"], payload["tags"], payload["version"]) == ("transcript", ["x", "y"], 1)
    assert payload["effective_from"] == date(2026, 1, 2).toordinal()


def test_missing_dates_lie_outside_all_days() -> None:
    payload = to_payload(PLAIN)
    start, end = payload["effective_from"], payload["effective_until"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert start < date.min.toordinal()
    assert end > date.max.toordinal()


def test_conditions_are_one_a_field_and_one_a_tag() -> None:
    day = date(2026, 5, 6)
    filter_ = SearchFilter(
        kinds=(DocumentKind.FAQ,), languages=("en", "ja"), tags=("a", "b"), document_ids=("d",), as_of=day
    )
    assert conditions(filter_) == (
        Among("kind", ("faq",)),
        Among("language", ("en", "ja")),
        Among("document_id", ("d",)),
        Among("tags", ("a",)),
        Among("tags", ("b",)),
        Within("effective_from", highest=day.toordinal()),
        Within("effective_until", lowest=day.toordinal()),
    )
    assert conditions(SearchFilter()) == ()


def test_keywords_are_utf_8_and_stay_different() -> None:
    assert keyword("退货 a") == "退货 a"
    assert len({keyword(text) for text in ("\ud800", "\ud801", "a\ud800", "?")}) == 4


def test_an_impossible_record_is_not_read() -> None:
    payload = to_payload(replace(PLAIN, span=Span(2, 5)))
    payload["record"] = str(payload["record"]).replace("[2,5]", "[5,2]")
    with pytest.raises(ValueError, match="span"):
        from_payload(payload)

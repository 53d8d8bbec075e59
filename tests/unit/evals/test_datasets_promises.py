"""Golden replies with promises: rows, places, files and faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from engine.domain.check import PromiseStanding
from engine.domain.knowledge import Span
from engine.errors import InvalidInput
from evals.datasets.promises import GoldenPromise, PromisesRow, load_replies

TEXT = "We refund within 3 days. The label is free. 送料は無料です。"
ROW: dict[str, Any] = {
    "id": "r1",
    "text": TEXT,
    "language": "en",
    "promises": [
        {"quote": "送料は無料です。", "standing": "unsupported"},
        {"quote": "We refund within 3 days.", "standing": "contradicted"},
    ],
}


def write(folder: Path, name: str, *rows: object) -> Path:
    file = folder / name
    file.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows), encoding="utf-8")
    return file


def test_promises_lie_where_their_quotes_stand() -> None:
    row = PromisesRow.model_validate(ROW)
    assert row.golden == (
        GoldenPromise(Span(44, 52), PromiseStanding.UNSUPPORTED),
        GoldenPromise(Span(0, 24), PromiseStanding.CONTRADICTED),
    )
    assert [each.span.of(row.text) for each in row.golden] == [each.quote for each in row.promises]


def test_nothing_need_be_promised() -> None:
    row = PromisesRow.model_validate({"id": "r", "text": "Hello.", "language": "en"})
    assert (row.promises, row.golden) == ((), ())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"promises": [{"quote": "e", "standing": "fine"}]}, "exactly once"),
        ({"promises": [{"quote": "gone", "standing": "fine"}]}, "exactly once"),
        ({"promises": [{"quote": "", "standing": "fine"}]}, "quote"),
        ({"promises": [{"quote": "free", "standing": "fine", "why": "x"}]}, "why"),
        ({"promises": [{"quote": "free"}]}, "standing"),
        ({"promises": "free"}, "promises"),
        ({"id": ""}, "id"),
        ({"language": None}, "language"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_rows_that_are_refused(change: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        PromisesRow.model_validate({**ROW, **change})


def test_rows_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        PromisesRow.model_validate(ROW).text = "other"


def test_a_file_and_a_folder_of_files_are_read_in_order(tmp_path: Path) -> None:
    one = write(tmp_path, "a.jsonl", ROW, "", {**ROW, "id": "r2"})
    write(tmp_path, "b.jsonl", {**ROW, "id": "r3", "promises": []})
    write(tmp_path, "notes.txt", "no JSON at all")
    assert [row.id for row in load_replies(one)] == ["r1", "r2"]
    assert [row.id for row in load_replies(tmp_path)] == ["r1", "r2", "r3"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode())
    assert load_replies(file)[0].text == TEXT


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((ROW, "{"), r"a\.jsonl, line 2: not JSON"),
        ((ROW, "", "[]"), r"a\.jsonl, line 3: not a JSON object"),
        (({**ROW, "languages": "en"},), r"languages: is not a known field"),
        (({"id": "a", "text": "x"},), r"language: is missing"),
        ((ROW, {**ROW, "promises": [{"quote": "free", "standing": "perhaps"}]}), r"line 2: promises\.0\.standing"),
    ],
)
def test_the_first_fault_is_named_with_file_line_and_field(
    tmp_path: Path, lines: tuple[object, ...], told: str
) -> None:
    with pytest.raises(InvalidInput, match=told) as refused:
        load_replies(write(tmp_path, "a.jsonl", *lines))
    assert refused.value.remedy


def test_a_misspelt_field_is_told_by_the_one_that_was_meant(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_replies(write(tmp_path, "a.jsonl", {**ROW, "promise": []}))
    assert refused.value.remedy == "Did you mean 'promises'?"


def test_what_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(json.dumps(ROW).encode() + b"\n\xff\xfe")
    with pytest.raises(InvalidInput, match=r"a\.jsonl, line 2: not UTF-8"):
        load_replies(file)


@pytest.mark.parametrize("name", ["", "gone.jsonl", "gone"])
def test_nothing_to_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        load_replies(tmp_path / name)
    assert refused.value.remedy

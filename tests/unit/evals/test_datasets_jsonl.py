"""Reading JSON Lines: two readers, one that stops at the first fault and one that names them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from engine.errors import InvalidInput
from evals.datasets.jsonl import Record, read_lines, read_records
from evals.datasets.problems import Problem, numbered_lines, parsed_rows


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    score: int = 0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_blank_lines_are_passed_over_and_counted(file: Path, end: str, mark: bytes) -> None:
    file.write_bytes(mark + end.join(['{"id": "a"}', "", "  ", '{"id": "b"}', ""]).encode())
    assert [where for where, _ in read_lines(file)] == ["rows.jsonl, line 1", "rows.jsonl, line 4"]
    assert [record.values for record in read_records(file)] == [{"id": "a"}, {"id": "b"}]
    numbers = [found[0] for found in numbered_lines(file) if not isinstance(found, Problem)]
    assert numbers == [1, 4]


@pytest.mark.parametrize(
    ("line", "told"),
    [("{", "not JSON"), ("[]", "not a JSON object"), ("7", "not a JSON object"), ('"a"', "not a JSON object")],
)
def test_the_first_line_that_is_no_object_stops(file: Path, line: str, told: str) -> None:
    file.write_text(f'{{"id": "a"}}\n{line}\n{{', encoding="utf-8")
    records = read_records(file)
    assert next(records).values == {"id": "a"}
    with pytest.raises(InvalidInput, match=rf"rows\.jsonl, line 2: {told}") as refused:
        next(records)
    assert refused.value.remedy


def test_a_file_that_is_not_there_or_not_utf_8(file: Path, tmp_path: Path) -> None:
    for path in (file, tmp_path):
        with pytest.raises(InvalidInput, match="is not a file"):
            list(read_lines(path))
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="not UTF-8"):
        list(read_lines(file))


def test_fields_are_of_the_type_that_is_asked_for() -> None:
    record = Record("rows.jsonl, line 3", {"text": "a", "tags": ["x", "y"], "parts": [{"n": 1}], "none": None})
    assert (record.text("text"), record.text("gone", default="-")) == ("a", "-")
    assert (record.texts("tags"), record.texts("gone")) == (("x", "y"), ())
    assert [each.values for each in record.records("parts")] == [{"n": 1}]
    assert record.records("gone") == ()
    assert record.records("parts")[0].where == record.where


@pytest.mark.parametrize("value", [None, 7, ["a"], {"a": 1}])
def test_a_string_that_is_none(value: object) -> None:
    record = Record("rows.jsonl, line 3", {"text": value})
    for default in (None, "-"):
        with pytest.raises(InvalidInput, match=r'rows\.jsonl, line 3: the record needs a string "text"'):
            record.text("text", default=default)


@pytest.mark.parametrize("value", [None, "a", [1], ["a", None], {"a": "b"}])
def test_lists_that_are_none(value: object) -> None:
    record = Record("rows.jsonl, line 3", {"tags": value, "parts": value})
    with pytest.raises(InvalidInput, match='needs a list of strings "tags"'):
        record.texts("tags")
    with pytest.raises(InvalidInput, match='needs a list of objects "parts"'):
        record.records("parts")


def found(file: Path) -> tuple[list[tuple[int, str]], list[tuple[int, str, str, str]]]:
    """Return the rows with their lines, and the problems."""
    all_found = list(parsed_rows(file, lambda _: Row))
    rows = [(each[0], each[1].id) for each in all_found if not isinstance(each, Problem)]
    return rows, [(each.line, each.field, each.message, each.remedy) for each in all_found if isinstance(each, Problem)]


def test_every_fault_is_named_and_stops_nothing(file: Path) -> None:
    lines = [
        '{"id": "a"}',
        "{",
        '{"score": 1}',
        '{"id": 1, "scor": 2}',
        "[]",
        '{"id": "b", "score": "x"}',
        '{"id": "c"}',
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    rows, problems = found(file)
    assert rows == [(1, "a"), (7, "c")]
    assert [(line, field) for line, field, _, _ in problems] == [
        (2, ""),
        (3, "id"),
        (4, "id"),
        (4, "scor"),
        (5, ""),
        (6, "score"),
    ]
    assert all(message and remedy for _, _, message, remedy in problems)


@pytest.mark.parametrize(
    ("line", "message", "remedy"),
    [
        ('{"score": 1}', "is missing", "Add 'id'."),
        ('{"id": "a", "scor": 2}', "is not a known field", "Did you mean 'score'?"),
        ('{"id": "a", "zebra": 2}', "is not a known field", "Remove it; known are id, score."),
        ("[]", "not a JSON object", "Put one JSON object on a line."),
        ('{"id": "a",}', "not JSON", "Put one JSON object on a line."),
    ],
)
def test_a_remedy_fits_its_fault(file: Path, line: str, message: str, remedy: str) -> None:
    file.write_text(line, encoding="utf-8")
    _, ((_, _, told, what_to_do),) = found(file)
    assert told.startswith(message)
    assert what_to_do == remedy


def test_a_file_as_a_whole_can_be_the_problem(file: Path) -> None:
    (gone,) = numbered_lines(file)
    assert isinstance(gone, Problem)
    assert (str(gone), gone.line) == ("rows.jsonl: the file is missing", 0)
    file.write_bytes(b'{"id": "a"}\n\n{"id": "\xff"}')
    (broken,) = numbered_lines(file)
    assert isinstance(broken, Problem)
    assert str(broken) == "rows.jsonl, line 3: not UTF-8"
    assert str(broken.error()) == "rows.jsonl, line 3: not UTF-8. Convert the file to UTF-8."


def test_the_model_is_chosen_by_the_line(file: Path) -> None:
    class Other(BaseModel):
        name: str

    file.write_text('{"id": "a"}\n{"name": "b"}\n', encoding="utf-8")

    def model_of(value: object) -> type[BaseModel]:
        return Other if isinstance(value, dict) and "name" in value else Row

    rows = [each[1] for each in parsed_rows(file, model_of) if not isinstance(each, Problem)]
    assert rows == [Row(id="a"), Other(name="b")]

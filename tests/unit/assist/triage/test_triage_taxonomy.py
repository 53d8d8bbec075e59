"""Taxonomies: what an intent must be, files that hold them, and what is said of wrong ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.assist.triage.taxonomy import MAX_EXAMPLES, checked_intent, read_taxonomy, written_taxonomy
from engine.domain.handoff import FactKind, Priority
from engine.domain.triage import Intent
from engine.errors import InvalidInput


def written(folder: Path, text: str, name: str = "intents.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["a", "7", "return_item", "Return.Item-2", "a" * 100])
def test_ids_that_will_do(name: str) -> None:
    assert checked_intent(Intent(name, ("x",))).id == name


@pytest.mark.parametrize("name", ["", " ", "a b", "_a", ".a", "-a", "a/b", "退货", "a" * 101, "a\n"])
def test_ids_that_will_not_do_are_named(name: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_intent(Intent(name, ("x",)))
    assert repr(name) in str(caught.value)
    assert "letters" in caught.value.remedy


def test_examples_are_trimmed_and_kept_once_in_their_order() -> None:
    intent = checked_intent(Intent("a", (" b ", "a", "b", "a\n")))
    assert intent.examples == ("b", "a")


@pytest.mark.parametrize("count", [0, MAX_EXAMPLES + 1])
def test_the_number_of_examples_has_limits(count: int) -> None:
    with pytest.raises(InvalidInput, match=rf"'a' has {count} examples") as caught:
        checked_intent(Intent("a", tuple(map(str, range(count)))))
    assert str(MAX_EXAMPLES) in caught.value.remedy


@pytest.mark.parametrize("example", ["", " \n", "x" * 1001])
def test_a_wrong_example_is_refused_and_not_quoted(example: str) -> None:
    with pytest.raises(InvalidInput, match="example") as caught:
        checked_intent(Intent("a", ("fine", example)))
    assert "xxx" not in str(caught.value)


def test_all_fields_are_read(tmp_path: Path) -> None:
    text = (
        "- id: back\n  description: Send it back\n  category: returns\n  queue: desk\n  priority: urgent\n"
        "  required: [order_number, date]\n  examples: [I want to return it]\n"
    )
    assert read_taxonomy(written(tmp_path, text)) == (
        Intent(
            "back",
            ("I want to return it",),
            "Send it back",
            "returns",
            "desk",
            Priority.URGENT,
            (FactKind.ORDER_NUMBER, FactKind.DATE),
        ),
    )


def test_fields_that_are_left_out_or_empty_are_the_usual_ones(tmp_path: Path) -> None:
    text = "- id: back\n  queue:\n  required:\n  examples: [x]\n"
    assert read_taxonomy(written(tmp_path, text)) == (Intent("back", ("x",)),)


@pytest.mark.parametrize(
    "examples", ["{en: [a, b], ja: [c]}", "[a, b, c]", "{zh: {Hans: [a], Hant: [b]}, en: [c]}", "[a, b, a, c]"]
)
def test_examples_may_be_in_lists_by_language(tmp_path: Path, examples: str) -> None:
    (intent,) = read_taxonomy(written(tmp_path, f"- id: x\n  examples: {examples}\n"))
    assert intent.examples == ("a", "b", "c")


def test_numbers_are_taken_as_they_are_written(tmp_path: Path) -> None:
    (intent,) = read_taxonomy(written(tmp_path, "- id: 7\n  examples: [404, x]\n"))
    assert (intent.id, intent.examples) == ("7", ("404", "x"))


def test_json_is_read_as_well(tmp_path: Path) -> None:
    kept = [{"id": "a", "examples": ["想退货"], "priority": "high"}]
    (intent,) = read_taxonomy(written(tmp_path, json.dumps(kept), "intents.json"))
    assert (intent.examples, intent.priority) == (("想退货",), Priority.HIGH)


def test_an_empty_list_is_a_taxonomy(tmp_path: Path) -> None:
    assert read_taxonomy(written(tmp_path, "[]")) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: a\n  examples: [x]\n- id: b\n", "'b'"),
        ("- id: a\n  examples: [x]\n  priority: soon\n", "'a'"),
        ("- id: a\n  examples: [x]\n  required: [shoe_size]\n", "'a'"),
        ("- id: a\n  examples: [x]\n  required: 3\n", "'a'"),
        ("- id: a\n  examples: some words\n", "'a'"),
        ("- id: a\n  examples: {en: some words}\n", "'a'"),
        ("- id: a\n  examples: []\n", "'a' has 0 examples"),
        ("- id: a b\n  examples: [x]\n", "'a b'"),
        ("- examples: [x]\n", "None"),
        ("just words\n", "no list of intents"),
        ("- just words\n", "no list of intents"),
        ("", "no list of intents"),
        ("- [", "is not valid YAML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_taxonomy(written(tmp_path, text))
    assert said in str(caught.value)
    assert caught.value.remedy


def test_a_file_that_is_no_text_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes.yaml", "nothing.yaml"):
        with pytest.raises(InvalidInput, match=name):
            read_taxonomy(tmp_path / name)
    with pytest.raises(InvalidInput, match=r"wrong\.json cannot be read"):
        read_taxonomy(written(tmp_path, "- id: a", "wrong.json"))
    with pytest.raises(InvalidInput, match=tmp_path.name):
        read_taxonomy(tmp_path)


def test_a_file_cannot_run_anything(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="is not valid YAML"):
        read_taxonomy(written(tmp_path, "- !!python/object/apply:os.getcwd []\n"))


@pytest.mark.parametrize("priority", list(Priority))
def test_writing_and_reading_gives_the_same(tmp_path: Path, priority: Priority) -> None:
    intents = (
        Intent("a", ("yes", "null", "3", "- x: y", "想退货🙂"), queue="on", priority=priority),
        Intent("b", ("x",), required=tuple(FactKind)),
    )
    kept = written_taxonomy(intents)
    assert "category" not in kept[0]
    assert read_taxonomy(written(tmp_path, json.dumps(kept), "intents.json")) == intents

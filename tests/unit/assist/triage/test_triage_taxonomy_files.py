"""Files of intents as owners write them: words that YAML takes for something else, marks of editors, broken files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.assist.triage.taxonomy import MAX_CHARS, checked_intent, read_taxonomy, written_taxonomy
from engine.domain.triage import Intent
from engine.errors import InvalidInput


def written(folder: Path, text: str, name: str = "intents.yaml", *, encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_text(text, encoding=encoding)
    return file


@pytest.mark.parametrize("example", ["yes", "No", "on", "off", "true", "null", "~", "[a]", "{a: b}"])
@pytest.mark.parametrize("layout", ["[hello, {0}]", "{{en: [hello], de: [{0}]}}"])
def test_an_example_that_yaml_takes_for_something_else_is_named(tmp_path: Path, example: str, layout: str) -> None:
    file = written(tmp_path, f"- id: agree\n  examples: {layout.format(example)}\n")
    with pytest.raises(InvalidInput, match="An example of intent 'agree' is no text") as caught:
        read_taxonomy(file)
    assert caught.value.remedy == 'Put words such as "yes" in quotes.'


@pytest.mark.parametrize(
    ("example", "read"),
    [("'yes'", "yes"), ('"no"', "no"), ("404", "404"), ("1.5", "1.5"), ("2026-01-31", "2026-01-31")],
)
def test_words_in_quotes_numbers_and_days_are_read_as_written(tmp_path: Path, example: str, read: str) -> None:
    (intent,) = read_taxonomy(written(tmp_path, f"- id: agree\n  examples: [{example}]\n"))
    assert intent.examples == (read,)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no: really",
        "- 1",
        "# not a comment",
        "它：“很好”",
        "*star",
        "@me",
        "50 %",
        "null",
        "2026-01-31",
        "'quoted'",
    ],
)
@pytest.mark.parametrize("name", ["a.json", "A.JSON", "a.yaml", "a.yml"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str, text: str) -> None:
    intent = Intent("a", (text, "b"), description=text, category=text, queue=text)
    kept = json.dumps(written_taxonomy((intent,)), ensure_ascii=False)  # JSON is YAML too
    assert read_taxonomy(written(tmp_path, kept, name)) == (intent,)


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_the_mark_that_windows_editors_put_first_is_no_trouble(tmp_path: Path, name: str) -> None:
    text = json.dumps([{"id": "a", "examples": ["想退货"]}], ensure_ascii=False)
    assert read_taxonomy(written(tmp_path, text, name, encoding="utf-8-sig"))[0].examples == ("想退货",)


@pytest.mark.parametrize(("name", "text"), [("a.json", "[" * 100_000), ("a.yaml", "[" * 400), ("a.json", "- id: a")])
def test_what_cannot_be_read_is_refused_by_its_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InvalidInput, match=f"{name} (?:cannot be read|is nested too deeply)"):
        read_taxonomy(written(tmp_path, text, name))


def test_too_long_an_example_is_to_be_shortened_and_no_setting_helps() -> None:
    assert checked_intent(Intent("a", ("x" * MAX_CHARS,))).examples == ("x" * MAX_CHARS,)
    with pytest.raises(InvalidInput, match="1001 characters; at most 1000") as caught:
        checked_intent(Intent("a", ("x" * (MAX_CHARS + 1),)))
    assert caught.value.remedy == "Shorten it."

"""Intents as files on the command line: round trips, replacing, and what is printed where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.desk import Desk

TWO = [
    {
        "id": "back",
        "description": "Send it back",
        "category": "returns",
        "queue": "returns",
        "priority": "high",
        "required": ["order_number", "date"],
        "examples": ["I want to return it", "想退货", "返品したい"],
    },
    {"id": "parcel", "priority": "normal", "required": [], "examples": ["Where is my parcel?"]},
]


@pytest.fixture
def desk_with(open_desk: Desk, tmp_path: Path) -> Desk:
    open_desk("kb", "create", "kb")
    file = tmp_path / "two.json"
    file.write_text(json.dumps(TWO), encoding="utf-8")
    assert open_desk("intents", "import", str(file), "--kb", "kb").exit_code == 0
    return open_desk


def test_what_is_exported_can_be_imported_and_is_the_same(desk_with: Desk, tmp_path: Path) -> None:
    exported = desk_with("intents", "export", "--kb", "kb")
    assert (exported.exit_code, json.loads(exported.stdout)) == (0, TWO)
    copy = tmp_path / "copy.yaml"
    copy.write_text(exported.stdout, encoding="utf-8")
    desk_with("kb", "create", "twin")
    assert desk_with.json("intents", "import", str(copy), "--kb", "twin") == {"imported": 2}
    assert desk_with("intents", "export", "--kb", "twin").stdout == exported.stdout


def test_an_import_adds_and_replaces_only_if_told_to(desk_with: Desk, tmp_path: Path) -> None:
    file = tmp_path / "third.yaml"
    file.write_text("- id: third\n  examples: [Something else]\n", encoding="utf-8")

    def ids() -> list[str]:
        return [each["id"] for each in desk_with.json("intents", "list", "--kb", "kb")["items"]]

    assert "Imported 1 intents." in desk_with("intents", "import", str(file), "--kb", "kb").stdout
    assert ids() == ["back", "parcel", "third"]
    desk_with("intents", "import", str(file), "--kb", "kb", "--replace")
    assert ids() == ["third"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: a\n  examples: []\n", "'a'"),
        ("- id: a\n  examples: [x]\n  priority: soon\n", "'a'"),
        ("- id: a b\n  examples: [x]\n", "'a b'"),
        ("intents: none\n", "wrong.yaml"),
        ("[", "wrong.yaml"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_why(desk_with: Desk, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    before = desk_with("intents", "export", "--kb", "kb").stdout
    result = desk_with("intents", "import", str(file), "--kb", "kb", "--replace")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert desk_with("intents", "export", "--kb", "kb").stdout == before


@pytest.mark.parametrize(
    "words",
    [
        ("intents", "list"),
        ("intents", "export"),
        ("intents", "delete", "back"),
        ("triage", "Hello"),
    ],
    ids=" ".join,
)
def test_an_unknown_knowledge_base_is_named_on_stderr(desk_with: Desk, words: tuple[str, ...]) -> None:
    result = desk_with(*words, "--kb", "nowhere")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("triage", "Hello", "--kb", "kb", "--tier", "gold"), ("triage",), ("sentiment",), ("intents", "import")],
    ids=" ".join,
)
def test_wrong_words_are_a_usage_error(desk_with: Desk, words: tuple[str, ...]) -> None:
    assert desk_with(*words).exit_code == 2


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_message_cannot_be_sorted(desk_with: Desk, text: str) -> None:
    result = desk_with("triage", text, "--kb", "kb")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "message" in result.stderr


def test_deleting_says_what_is_gone(desk_with: Desk) -> None:
    assert "Deleted back." in desk_with("intents", "delete", "back", "--kb", "kb").stdout
    again = desk_with("intents", "delete", "back", "--kb", "kb")
    assert (again.exit_code, "'back'" in again.stderr) == (2, True)


def test_a_triage_is_shown_with_all_that_an_agent_needs(desk_with: Desk) -> None:
    shown = desk_with("triage", "I want to return it, I paid 49.90 EUR", "--kb", "kb", "--tier", "vip").stdout
    for part in ("back", "category returns", "priority urgent (intent, tier)", "amount: 49.90 EUR", "To ask:"):
        assert part in shown
    assert "Mood 3" in shown


def test_a_triage_prints_one_document_in_the_language_given(desk_with: Desk) -> None:
    found = desk_with.json("triage", "想退货", "--kb", "kb", "--language", "zh-Hans")
    assert (found["language"], found["intents"][0]["id"]) == ("zh-Hans", "back")
    assert [each["kind"] for each in found["missing"]] == ["order_number", "date"]


def test_moods_print_one_document(open_desk: Desk) -> None:
    found = open_desk.json("sentiment", "最低です。金返せ！", "太棒了，谢谢！")
    assert [turn["mood"]["level"] for turn in found["turns"]] == [1, 5]
    assert (found["trend"], found["alarm"], found["alarm_place"]) == ("improving", "fury", 0)
    told = open_desk.json("sentiment", "merci", "--language", "fr")
    assert (told["turns"][0]["language"], told["turns"][0]["mood"]["polarity"]) == ("fr", "positive")


def test_moods_are_shown_in_a_table(open_desk: Desk) -> None:
    shown = open_desk("sentiment", "Where is it?").stdout
    assert "Overall 3 (neutral), steady" in shown
    assert "alarm" not in shown
    assert "Where is it?" in shown

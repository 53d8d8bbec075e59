from __future__ import annotations

import json
from pathlib import Path

from tests.api.desk import Desk

FILE = "- id: return_item\n  queue: returns\n  examples: {en: [I want to return it], zh: [想退货]}\n"


def test_moods_are_shown_and_printed(open_desk: Desk) -> None:
    found = open_desk.json("sentiment", "Where is it?", "This is ridiculous, I am furious!!")
    assert [turn["mood"]["polarity"] for turn in found["turns"]] == ["neutral", "negative"]
    shown = open_desk("sentiment", "This is ridiculous, I am furious!!")
    assert (shown.exit_code, "alarm: fury" in shown.stdout) == (0, True)


def test_intents_are_imported_listed_exported_used_and_deleted(open_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "intents.yaml"
    file.write_text(FILE, encoding="utf-8")
    open_desk("kb", "create", "kb")
    assert open_desk.json("intents", "import", str(file), "--kb", "kb") == {"imported": 1}
    assert "return_item" in open_desk("intents", "list", "--kb", "kb").stdout
    assert open_desk.json("intents", "list", "--kb", "kb")["items"][0]["examples"] == ["I want to return it", "想退货"]
    (exported,) = json.loads(open_desk("intents", "export", "--kb", "kb").stdout)
    assert exported["queue"] == "returns"
    found = open_desk.json("triage", "I want to return it", "--kb", "kb", "--tier", "vip")
    assert ([each["id"] for each in found["intents"]], found["priority"]) == (["return_item"], "high")
    shown = open_desk("triage", "I want to return it", "--kb", "kb").stdout
    assert "return_item" in shown
    assert "Queue returns" in shown
    assert "None of the intents" in open_desk("triage", "tell me a joke", "--kb", "kb").stdout
    assert open_desk.json("intents", "delete", "return_item", "--kb", "kb") == {"deleted": "return_item"}
    assert open_desk("intents", "delete", "return_item", "--kb", "kb").exit_code == 2


def test_a_file_that_is_not_there_is_named(open_desk: Desk, tmp_path: Path) -> None:
    open_desk("kb", "create", "kb")
    result = open_desk("intents", "import", str(tmp_path / "nothing.yaml"), "--kb", "kb")
    assert (result.exit_code, "nothing.yaml" in result.stderr) == (2, True)

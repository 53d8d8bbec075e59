from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.api.desk import Desk

FILE = "- {shortcut: late, language: en, title: 'Where is my parcel?', text: 'Sorry, {order_number} is late.'}\n"


@pytest.fixture
def filled_desk(open_desk: Desk, tmp_path: Path) -> Desk:
    file = tmp_path / "canned.yaml"
    file.write_text(FILE, encoding="utf-8")
    open_desk("kb", "create", "kb")
    assert open_desk.json("canned", "import", str(file), "--kb", "kb") == {"imported": 1}
    return open_desk


def test_replies_are_listed_exported_and_removed(filled_desk: Desk, tmp_path: Path) -> None:
    assert "Where is my parcel?" in filled_desk("canned", "list", "--kb", "kb").stdout
    (kept,) = filled_desk.json("canned", "list", "--kb", "kb")["items"]
    (exported,) = json.loads(filled_desk("canned", "export", "--kb", "kb").stdout)
    assert exported["shortcut"] == kept["shortcut"] == "late"
    copy = tmp_path / "copy.csv"
    copy.write_text(filled_desk("canned", "export", "--kb", "kb", "--format", "csv").stdout, encoding="utf-8")
    assert filled_desk.json("canned", "import", str(copy), "--kb", "kb", "--replace") == {"imported": 1}
    assert filled_desk.json("canned", "list", "--kb", "kb")["items"] == [kept]
    assert filled_desk.json("canned", "remove", kept["id"]) == {"removed": kept["id"]}
    assert filled_desk("canned", "remove", kept["id"]).exit_code == 2


def test_people_read_what_happened(filled_desk: Desk, tmp_path: Path) -> None:
    (kept,) = filled_desk.json("canned", "list", "--kb", "kb")["items"]
    assert "Removed" in filled_desk("canned", "remove", kept["id"]).stdout
    assert "Imported 1" in filled_desk("canned", "import", str(tmp_path / "canned.yaml"), "--kb", "kb").stdout


def test_suggestions_are_shown_and_printed(filled_desk: Desk) -> None:
    asked = ("suggest", "Where is my parcel?", "agent: One moment.", "It is late!", "--kb", "kb")
    found = filled_desk.json(*asked, "--fact", "order_number=MV-7")
    assert "Sorry, MV-7 is late." in [item["text"] for item in found["items"]]
    shown = filled_desk(*asked).stdout
    assert "To fill in: order_number" in shown
    assert "canned" in shown


def test_wrong_usage_is_named(filled_desk: Desk, tmp_path: Path) -> None:
    result = filled_desk("suggest", "Where is it?", "--kb", "kb", "--fact", "order")
    assert (result.exit_code, "--fact" in result.stderr) == (2, True)
    result = filled_desk("canned", "import", str(tmp_path / "ghost.csv"), "--kb", "kb")
    assert (result.exit_code, "ghost.csv" in result.stderr) == (2, True)
    assert filled_desk("suggest", "agent: hello", "--kb", "kb").exit_code == 2

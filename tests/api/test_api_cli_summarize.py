from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from tests.api.desk import Desk

CHAT = (
    "[09:12] Customer: Hello, my kettle leaks. Order MV-2026-118420.\n"
    "[09:13] Agent Tom: I have sent a new one. It will arrive by Friday.\n"
    "[09:14] Customer: Thank you!\n"
)


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT, encoding="utf-8")
    return file


def test_a_transcript_is_summed_up(open_desk: Desk, chat: Path) -> None:
    shown = open_desk("summarize", str(chat)).stdout
    assert shown.startswith("Issue\n- Hello, my kettle leaks. [0]\n")
    assert "- I have sent a new one. [1]" in shown
    found = open_desk.json("summarize", str(chat), "--purpose", "archive", "--language", "ja")
    assert (found["purpose"], found["sections"][0]["heading"]) == ("archive", "お問い合わせ内容")


def test_standard_input_is_read(open_desk: Desk) -> None:
    turns = [{"role": "customer", "text": "The lid broke."}, {"role": "agent", "text": "We will call you tomorrow."}]
    exported = json.dumps([{"id": "1", "messages": [*turns, {"role": "customer", "text": "Fine."}]}])
    for said in (CHAT, exported):
        arguments = ["--data-dir", str(open_desk.data_dir), "summarize", "-"]
        result = CliRunner().invoke(build_app(), arguments, input=said)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("Issue\n")


def test_of_several_conversations_one_is_chosen(open_desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    told = [
        {
            "id": str(at),
            "messages": [{"role": "customer", "text": f"Part {at} broke."}, {"role": "agent", "text": "Oh."}],
        }
        for at in (1, 2)
    ]
    file.write_text(json.dumps(told), encoding="utf-8")
    refused = open_desk("summarize", str(file))
    assert (refused.exit_code, "--number" in refused.stderr) == (2, True)
    assert "Part 2 broke." in open_desk("summarize", str(file), "--number", "2").stdout
    assert open_desk("summarize", str(file), "--number", "3").exit_code == 2


@pytest.mark.parametrize(("text", "said"), [("Just a note.", "no conversation"), (None, "not a file")])
def test_what_is_no_conversation_is_named(open_desk: Desk, tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "note.txt"
    if text:
        file.write_text(text, encoding="utf-8")
    result = open_desk("summarize", str(file))
    assert (result.exit_code, said in result.stderr, "note.txt" in result.stderr) == (2, True, True)

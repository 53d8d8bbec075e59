"""Conversations in files of every kind."""

from __future__ import annotations

import json

import pytest

from ingestion.transcripts.canonical import TranscriptFile
from ingestion.transcripts.conversation import Turn
from ingestion.transcripts.messages import Participants, read_message
from ingestion.transcripts.reading import conversations_in
from tests.unit.ingestion.transcripts.chats import AGENT, BOT, CUSTOMER, UNKNOWN, chat, said

EXPECTED = [("customer", "退货？"), ("agent", "七天内。"), ("customer", "好。")]
TURNS = [{"role": role, "text": text} for role, text in EXPECTED]
FILES = {
    "a.json": json.dumps({"turns": TURNS}, ensure_ascii=False),
    "a.jsonl": "\n".join(json.dumps({"conversation_id": "1", **turn}, ensure_ascii=False) for turn in TURNS),
    "a.ndjson": json.dumps({"turns": TURNS}) + "\nnot json\n",
    "a.csv": "role,text\n" + "\n".join(",".join(turn) for turn in EXPECTED),
    "a.tsv": "角色\t内容\n" + "\n".join("\t".join(turn) for turn in EXPECTED),
    "a.txt": "10:02 顾客：退货？\n10:03 客服：七天内。\n10:04 顾客：好。",
    "a.LOG": "顾客：退货？\n客服：七天内。\n顾客：好。",
    "a.vtt": "WEBVTT\n\n"
    + "\n\n".join(f"00:0{at}.000 --> 00:0{at}.900\n<v {role}>{text}" for at, (role, text) in enumerate(EXPECTED)),
    "a.srt": "\n\n".join(
        f"{at}\n00:00:0{at},000 --> 00:00:0{at},900\n{role}: {text}" for at, (role, text) in enumerate(EXPECTED)
    ),
}


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_every_kind_of_file_in_every_encoding(name: str, encoding: str) -> None:
    (found,) = conversations_in(FILES[name].encode(encoding), name=name)
    assert said(found) == EXPECTED


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", FILES["a.txt"].encode()),
        ("a", FILES["a.txt"].encode()),
        ("a.json", b"{"),
        ("a.json", b"\xff\x00\xfe\x81"),
        ("a.json", b'{"name": "x"}'),
        ("a.json", TranscriptFile(chat("c: x", "a: y")).encode()),
        ("a.csv", b""),
        ("a.vtt", b"WEBVTT\n"),
        ("a.txt", b"Some text."),
        ("a.json", ("[" * 100_000).encode()),
    ],
)
def test_other_files_hold_none_and_raise_nothing(name: str, data: bytes) -> None:
    assert conversations_in(data, name=name) == ()


@pytest.mark.parametrize(
    ("record", "turn"),
    [
        ({"role": "customer", "text": "x"}, Turn(CUSTOMER, "x")),
        ({"role": "c", "text": "x"}, Turn(CUSTOMER, "x")),
        ({"speaker": "Tom", "text": "x"}, Turn(UNKNOWN, "x", name="Tom")),
        ({"speaker": "Tom (agent)", "text": "x"}, Turn(AGENT, "x")),
        ({"from": {"type": "bot", "name": "R2"}, "body": "x"}, Turn(BOT, "x", name="R2")),
        ({"direction": "inbound", "message": "x"}, Turn(CUSTOMER, "x")),
        ({"author_id": "5", "text": "x"}, Turn(CUSTOMER, "x")),
        ({"author_id": "6", "text": "x"}, Turn(AGENT, "x")),
        ({"author_id": "9", "text": "x"}, Turn(BOT, "x", name="R2")),
        ({"role": "customer", "text": " "}, None),
        ({"role": "agent", "text": "x", "private": True}, None),
        ({"role": "agent", "text": "x", "public": False}, None),
        ({"part_type": "note", "body": "x"}, None),
        ({}, None),
    ],
)
def test_messages(record: dict[str, object], turn: Turn | None) -> None:
    people = Participants(roles={"9": BOT}, names={"9": "R2"}, requester="5")
    assert read_message(record, people) == turn

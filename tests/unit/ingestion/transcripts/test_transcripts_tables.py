"""Conversations in delimited tables and in subtitles."""

from __future__ import annotations

import pytest

from ingestion.parsers.cues import Cue
from ingestion.transcripts.tables import read_table
from ingestion.transcripts.voices import read_voices
from tests.unit.ingestion.transcripts.chats import said

ROWS = (
    ("1", "customer", "How to pay, please?"),
    ("1", "agent", "By card."),
    ("2", "客户", "退货？"),
    ("2", "客服", "七天内。"),
)


def table(delimiter: str, *columns: str) -> str:
    quoted = (delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    return "\n".join((delimiter.join(columns), *quoted))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "columns",
    [
        ("conversation_id", "role", "text"),
        ("Session_ID", "Speaker", "Message"),
        ("会话ID", "角色", "内容"),
        ("会話ID", "話者", "メッセージ"),
        ("상담번호", "역할", "내용"),
    ],
)
def test_tables_in_any_dialect_and_language(delimiter: str, columns: tuple[str, str, str]) -> None:
    first, second = read_table("\ufeff" + table(delimiter, *columns))
    assert said(first) == [("customer", "How to pay, please?"), ("agent", "By card.")]
    assert said(second) == [("customer", "退货？"), ("agent", "七天内。")]
    assert (first.id, second.id) == ("1", "2")


def test_a_table_without_ids_is_one_conversation() -> None:
    (found,) = read_table("role,text,time\ncustomer,Q?,2026-01-02T10:00:00Z\nagent,A.,10:05\n")
    assert [turn.time for turn in found.turns] == ["2026-01-02 10:00", "10:05"]


def test_cells_may_hold_line_breaks() -> None:
    (found,) = read_table('role,text\ncustomer,"one\n\ntwo"\nagent,three\n')
    assert found.turns[0].text == "one\ntwo"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    (found,) = read_table(end.join(("role,text", "customer,Q?", f'agent,"A,{end}B."', "")))
    assert said(found) == [("customer", "Q?"), ("agent", "A,\nB.")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "role",
        "name,price\nTrowel,12\nCan,18",
        "author,content\nLena,An article\nTom,Another",
        "role,text\nadmin,may write\nuser,may read\nguest,",
        "text\nhello",
        'role,text\ncustomer,"' + "x" * 200_000,
    ],
)
def test_other_tables_hold_none(text: str) -> None:
    assert [each for each in read_table(text) if len({turn.speaker for turn in each.turns}) < 2] == []


def cue(text: str, voice: str, at: float = 0.0) -> Cue:
    return Cue(at, at + 1, text, voice)


def test_voices_become_turns() -> None:
    found = read_voices(
        [cue("Hello,", "Agent Tom"), cue("how can I help?", "Agent Tom", 1), cue("It leaks.", "Customer", 62)]
    )
    assert said(found) == [("agent", "Hello, how can I help?"), ("customer", "It leaks.")]
    assert found is not None
    assert [turn.time for turn in found.turns] == ["00:00:00", "00:01:02"]


@pytest.mark.parametrize("voices", [(), ("",), ("Narrator", "Narrator"), ("", "Narrator")])
def test_one_voice_is_no_conversation(voices: tuple[str, ...]) -> None:
    assert read_voices([cue("Hello.", voice) for voice in voices]) is None

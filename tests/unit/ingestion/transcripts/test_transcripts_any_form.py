"""A conversation is recognised, and freed of personal data, in whatever form a desk exports it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from ingestion.expanding import expand
from ingestion.sources import MemoryFile
from ingestion.transcripts.fields import text_in, texts_in, time_in
from ingestion.transcripts.reading import conversations_in
from ingestion.transcripts.tables import read_table

PHONE, MAIL = "+49 151 23456789", "lena.fischer@example.com"
SAID = (
    ("customer", "My kettle does not switch off any more.", "10:00"),
    ("agent", "Please boil it once with citric acid and rinse it twice.", "10:01"),
    ("customer", f"That solved it, thank you! Call me at {PHONE} or write to {MAIL}.", "10:05"),
)
ODD: tuple[object, ...] = ("soon", "99999999999", -5, 10**18, float("nan"), float("inf"), True, None, [], {})
HEADS = {
    "en": ("conversation_id", "role", "text", "time"),
    "zh-Hans": ("会话id", "角色", "内容", "时间"),
    "zh-Hant": ("會話編號", "角色", "訊息", "時間"),
    "ja": ("会話id", "話者", "メッセージ", "日時"),
    "ko": ("대화id", "역할", "메시지", "시간"),
}


def table(delimiter: str = ",", head: tuple[str, ...] = HEADS["en"], end: str = "\n") -> str:
    rows = [head, *(("7", role, f'"{text}"', time) for role, text, time in SAID)]
    return "".join(delimiter.join(row) + end for row in rows)


def turns() -> list[dict[str, str]]:
    return [{"role": role, "text": text, "time": time} for role, text, time in SAID]


FORMS: dict[str, tuple[str, Callable[[], str | bytes]]] = {
    "commas": ("a.csv", table),
    "semicolons": ("a.csv", lambda: table(";")),
    "tabs": ("a.tsv", lambda: table("\t")),
    "bars": ("a.csv", lambda: table("|")),
    "Excel's first line": ("a.csv", lambda: "sep=;\n" + table(";")),
    "Excel's first line with a mark": ("a.csv", lambda: "\ufeffsep=;\r\n" + table(";", end="\r\n")),
    "line ends of Windows": ("a.csv", lambda: table(end="\r\n")),
    "empty lines above": ("a.csv", lambda: "\n\n" + table()),
    "UTF-16": ("a.csv", lambda: table().encode("utf-16")),
    "GB18030": ("a.csv", lambda: (table(head=HEADS["zh-Hans"])).encode("gb18030")),
    "Big5": ("a.csv", lambda: (table(head=HEADS["zh-Hant"])).encode("big5")),
    "Japanese columns": ("a.csv", lambda: table(head=HEADS["ja"])),
    "Korean columns": ("a.csv", lambda: table(head=HEADS["ko"])),
    "JSON turns": ("a.json", lambda: json.dumps({"turns": turns()})),
    "JSON list": ("a.json", lambda: json.dumps([{"id": 7, "messages": turns()}])),
    "JSON in an envelope": ("a.json", lambda: json.dumps({"data": {"conversations": [{"history": turns()}]}})),
    "JSON lines of messages": ("a.jsonl", lambda: "\n".join(json.dumps({"session_id": 7, **each}) for each in turns())),
    "JSON lines with a broken one": (
        "a.ndjson",
        lambda: "{broken\n" + "\n".join(json.dumps({"session_id": 7, **each}) for each in turns()),
    ),
    "plain text": ("a.txt", lambda: "\n".join(f"[{time}] {role.title()}: {text}" for role, text, time in SAID)),
    "plain text without times": ("a.txt", lambda: "\n".join(f"{role.title()}: {text}" for role, text, _ in SAID)),
    "a log": ("a.log", lambda: "\n".join(f"{time} {role.title()}: {text}" for role, text, time in SAID)),
    "WebVTT voices": (
        "a.vtt",
        lambda: (
            "WEBVTT\n\n"
            + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n<v {r.title()}>{t}" for n, (r, t, _) in enumerate(SAID))
        ),
    ),
    "SubRip labels": (
        "a.srt",
        lambda: "\n\n".join(
            f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{r.title()}: {t}" for n, (r, t, _) in enumerate(SAID, 1)
        ),
    ),
}


def file_of(form: str) -> MemoryFile:
    name, made = FORMS[form]
    content = made()
    return MemoryFile(name, content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("form", FORMS)
def test_who_says_what_is_read(form: str) -> None:
    file = file_of(form)
    (conversation,) = conversations_in(file.data, name=file.uri)
    assert [(turn.speaker.value, turn.text) for turn in conversation.turns] == [(role, text) for role, text, _ in SAID]


@pytest.mark.parametrize("form", FORMS)
def test_nothing_personal_comes_out_of_any_form(form: str) -> None:
    out = list(expand(file_of(form)))
    assert out
    for each in out:
        text = each.read().decode()
        assert "kettle does not switch off" in text
        assert not any(secret in text for secret in (PHONE, "23456789", MAIL, "lena.fischer"))


@pytest.mark.parametrize("length", [200_000, 900_000])
def test_a_long_cell_does_not_keep_a_table_from_being_recognised(length: int) -> None:
    (conversation,) = read_table(table() + f"7,agent,{'x' * length},10:06\n")
    assert len(conversation.turns) == 4
    assert len(conversation.turns[-1].text) == length


@pytest.mark.parametrize(
    "text",
    [
        "Item,Price\nKettle,49.90\nLid,4.90\nCord,9.90\n",
        "role,text\n",
        "",
        "sep=;\n",
        "one column\nvalue\n",
        "conversation_id,role,text\n1,customer,Hello\n2,customer,Hi\n",
    ],
)
def test_a_table_of_something_else_is_no_conversation(text: str) -> None:
    assert read_table(text) == ()


@pytest.mark.parametrize(
    ("value", "time"),
    [
        (1_767_225_600, "2026-01-01 00:00"),
        ("1767225600", "2026-01-01 00:00"),
        (1_767_225_600_000, "2026-01-01 00:00"),
        ("1767225600.5", "2026-01-01 00:00"),
        ("2026-01-01T10:00:00Z", "2026-01-01 10:00"),
        ("2026-01-01", "2026-01-01"),
        ("10:00", "10:00"),
        *((odd, "") for odd in ODD),
    ],
)
def test_times_of_every_kind(value: object, time: str) -> None:
    assert time_in({"at": value}, "at") == time


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<p>Hello</p><p>you</p>", "Hello\nyou"),
        ("a < b and c > d", "a < b and c > d"),
        ("<b>", "<b>"),
        (7, "7"),
        (True, ""),
        ("  ", ""),
        (["x"], ""),
    ],
)
def test_texts_of_every_kind(value: object, text: str) -> None:
    assert text_in({"body": value}, "body") == text


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("a, b、c；", ("a", "b", "c")),
        ([{"name": "x"}, {"title": "y"}, "z", {"id": 3}, None], ("x", "y", "z")),
        ({"tags": ["x"]}, ("x",)),
        (None, ()),
        (7, ()),
    ],
)
def test_lists_of_every_kind(value: object, texts: tuple[str, ...]) -> None:
    assert texts_in({"tags": value}, "tags") == texts

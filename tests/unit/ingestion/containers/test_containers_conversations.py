"""Conversations and attachments as files of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.knowledge import DocumentKind
from ingestion.containers.conversations import conversation_files
from ingestion.containers.limits import Budget, ExpandLimits
from ingestion.containers.mail import attachments_of, is_mail
from ingestion.sources.values import MemoryFile, SourceNotes, Unavailable
from ingestion.transcripts.canonical import CaseFile, TranscriptFile
from tests.unit.ingestion.outlook_files import Letter, msg
from tests.unit.ingestion.transcripts.chats import chat

FILE = MemoryFile("in/x.json", b"", title="Given", notes=SourceNotes(kind=DocumentKind.FAQ, tags=("t",), title="Given"))
SOLVED = chat("c: The lid of my kettle leaks.", "a: Turn the lid until it clicks twice.")
OPEN = chat("c: The lid of my kettle leaks.", "a: One moment please.")


def test_a_single_conversation_is_titled_by_itself_or_by_its_file() -> None:
    for title, expected in (("Leaking lid", "Leaking lid"), ("", "x")):
        transcript, case = conversation_files(FILE, [replace(SOLVED, title=title)])
        assert TranscriptFile.decode(transcript.data, name="x").conversation.title == expected
        assert (transcript.name, case.name) == ("in/x.json.transcript", "in/x.json#case.case")


def test_one_of_several_is_titled_by_its_case() -> None:
    files = list(conversation_files(FILE, [SOLVED, OPEN]))
    titles = [TranscriptFile.decode(file.data, name="x").conversation.title for file in (files[0], files[2])]
    assert titles == ["The lid of my kettle leaks", "2"]


def test_both_name_each_other() -> None:
    transcript, case = conversation_files(FILE, [SOLVED])
    assert TranscriptFile.decode(transcript.data, name="x").case == case.uri
    assert CaseFile.decode(case.data, name="x").transcript == transcript.uri


def test_without_a_case_there_is_none_to_name() -> None:
    (transcript,) = conversation_files(FILE, [OPEN])
    assert TranscriptFile.decode(transcript.data, name="x").case == ""


def test_notes_are_kept_but_not_what_they_say_of_the_kind() -> None:
    for file in conversation_files(FILE, [SOLVED]):
        assert file.notes == SourceNotes(tags=("t",))


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.eml", b"anything", True),
        ("a.EML", b"", True),
        ("a.bin", msg(Letter("S", "x")), True),
        ("a.txt", b"From: a@b.c\nDate: x\n\nhi", True),
        ("a.txt", b"hi", False),
        ("a.msg", b"hi", False),
    ],
)
def test_mail_is_told_by_content_or_name(name: str, data: bytes, expected: bool) -> None:
    assert is_mail(data, name=name) is expected


def test_attachments_that_are_too_much_are_named_and_the_others_go_on() -> None:
    data = msg(Letter("S", "x", files={"a.txt": b"x" * 2000, "b.txt": b"y"}))
    file = MemoryFile("m.msg", data)
    budget = Budget(ExpandLimits(max_entry_mb=0.001))
    large, small = attachments_of(data, file, budget=budget, depth=1)
    assert isinstance(large, Unavailable)
    assert large.error.startswith("m.msg/a.txt has 0.0 MB when unpacked")
    assert (small.uri, small.read()) == ("m.msg/b.txt", b"y")


def test_a_mail_without_attachments_may_lie_as_deep_as_it_likes() -> None:
    data = msg(Letter("S", "x"))
    assert (
        list(attachments_of(data, MemoryFile("m.msg", data), budget=Budget(ExpandLimits(max_depth=1)), depth=9)) == []
    )

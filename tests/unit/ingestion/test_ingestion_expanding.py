"""One file in, its documents out: archives, mail, exports, transcripts with their cases."""

from __future__ import annotations

import json

import pytest

from engine.domain.knowledge import DocumentKind
from engine.errors import InvalidInput
from ingestion.expanding import ExpandLimits, expand
from ingestion.parsing import parse
from ingestion.sources.values import MemoryFile, Readable, SourceNotes, Unavailable
from tests.unit.ingestion.containers.zips import uris, zipped
from tests.unit.ingestion.outlook_files import Letter, msg

TURNS = [
    {"role": "customer", "text": "The lid of my kettle leaks. I am at jo@example.com", "time": "2026-05-06T10:02:00Z"},
    {"role": "agent", "text": "Turn the lid until it clicks twice."},
    {"role": "customer", "text": "It works, thanks!"},
]
ONE = {"id": "C-1", "status": "resolved", "tags": ["lid"], "turns": TURNS}
OPEN = {"id": "C/2", "status": "open", "turns": TURNS}
CHAT = "[10:02] Customer: The lid leaks.\n[10:03] Agent: Turn the lid until it clicks.\n[10:04] Customer: Thanks!"
MAIL = (
    b"From: a@b.c\r\nTo: d@e.f\r\nDate: Fri, 6 Mar 2026 10:00:00 +0000\r\nSubject: S\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nhello\r\n'
    b'--B\r\nContent-Type: text/markdown\r\nContent-Disposition: attachment; filename="../notes.md"\r\n\r\n# N\r\n'
    b'--B\r\nContent-Type: text/markdown\r\nContent-Disposition: attachment; filename="../notes.md"\r\n\r\n# M\r\n'
    b"--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\nSubject: Inner mail\r\nDate: x\r\n"
    b"\r\ninside\r\n--B--\r\n"
)


def encoded(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"# Hi"),
        ("a.json", b'{"a": 1}'),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.txt", b"Some text."),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n"),
        ("a.docx", zipped(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"))),
        ("a.bin", b"\x00\x01"),
        ("a.txt", b""),
    ],
)
def test_everything_else_is_itself(name: str, data: bytes) -> None:
    file = MemoryFile(name, data)
    assert list(expand(file)) == [file]


def test_one_conversation_keeps_its_uri_and_gets_a_case() -> None:
    transcript, case = expand(MemoryFile("in/chat.txt", CHAT.encode()))
    assert (transcript.uri, case.uri) == ("in/chat.txt", "in/chat.txt#case")
    said, solved = (parse(file.read(), name=file.name) for file in (transcript, case))
    assert (said.kind, said.title, said.metadata["case"]) == (DocumentKind.TRANSCRIPT, "chat", case.uri)
    assert (solved.kind, solved.title, solved.metadata["transcript"]) == (
        DocumentKind.CASE,
        "The lid leaks",
        transcript.uri,
    )
    assert solved.text == "Question\n\nThe lid leaks.\n\nResolution\n\nTurn the lid until it clicks."


def test_expanded_or_not_the_text_of_a_transcript_is_the_same() -> None:
    transcript = next(iter(expand(MemoryFile("chat.txt", CHAT.encode()))))
    assert parse(transcript.read(), name=transcript.name).text == parse(CHAT.encode(), name="chat.txt").text


def test_an_export_becomes_one_document_a_conversation() -> None:
    data = encoded({"conversations": [ONE, OPEN, {**ONE, "id": ""}, {**ONE, "id": "C-1"}]})
    assert uris(data, "x.json") == [
        *(
            "x.json/C-1",
            "x.json/C-1#case",
            "x.json/C_2",
            "x.json/3",
            "x.json/3#case",
            "x.json/C-1 (2)",
            "x.json/C-1 (2)#case",
        )
    ]


def test_nothing_personal_leaves_an_export() -> None:
    for file in expand(MemoryFile("x.json", encoded([ONE, {**ONE, "id": "jo@example.com"}]))):
        assert b"jo@" not in file.read()
        assert "jo@" not in file.uri
        assert "jo@" not in parse(file.read(), name=file.name).text


def test_what_expanding_yields_is_final() -> None:
    files = list(expand(MemoryFile("x.json", encoded([ONE, OPEN]))))
    assert [again.uri for file in files for again in expand(file)] == [file.uri for file in files]


def test_expanding_again_gives_the_same() -> None:
    data = zipped(("x.json", encoded([ONE, OPEN])), ("m.eml", MAIL), ("a.txt", "x"))
    first, second = ([(file.uri, file.read()) for file in expand(MemoryFile("a.zip", data))] for _ in range(2))
    assert first == second


def test_a_mail_is_a_document_and_its_attachments_are_children() -> None:
    assert uris(MAIL, "m.eml") == [
        "m.eml",
        *(f"m.eml/{name}" for name in (".._notes.md", ".._notes (2).md", "Inner mail.eml")),
    ]


def test_an_outlook_message_likewise() -> None:
    data = msg(
        Letter("S", "hello", files={"a.zip": zipped(("b.md", "# B")), "c.txt": b"c"}, embedded=(Letter("In", "x"),))
    )
    assert uris(data, "m.msg") == ["m.msg", "m.msg/a.zip/b.md", "m.msg/c.txt", "m.msg/In.eml"]
    inside = list(expand(MemoryFile("m.msg", data)))[-1]
    assert parse(inside.read(), name=inside.name).text == "x"


def test_containers_in_containers() -> None:
    data = zipped(("d/m.eml", MAIL), ("chats.json", encoded([ONE, OPEN])), ("chat.txt", CHAT))
    found = uris(data)
    assert found[0] == "a.zip/d/m.eml"
    assert "a.zip/d/m.eml/Inner mail.eml" in found
    assert {"a.zip/chats.json/C-1#case", "a.zip/chat.txt", "a.zip/chat.txt#case"} <= set(found)
    assert all(uri.startswith("a.zip/") for uri in found)


def test_a_broken_mail_is_left_to_its_parser() -> None:
    encrypted = MAIL.replace(b"multipart/mixed", b"multipart/encrypted")
    assert uris(encrypted, "m.eml") == ["m.eml"]
    with pytest.raises(InvalidInput, match=r"m\.eml is encrypted"):
        parse(encrypted, name="m.eml")


class _Unreadable:
    uri, name, size, title, notes = "gone.zip", "gone.zip", 5, "", SourceNotes(tags=("x",))

    def read(self) -> bytes:
        raise InvalidInput("gone.zip cannot be read.", remedy="Check it.")


def test_what_cannot_be_read_is_a_value_and_no_error() -> None:
    broken: Readable = _Unreadable()
    (file,) = expand(broken)
    assert isinstance(file, Unavailable)
    assert (file.error, file.remedy, file.notes.tags) == ("gone.zip cannot be read.", "Check it.", ("x",))


def test_what_is_too_large_to_look_into_is_left_to_the_pipeline() -> None:
    file = MemoryFile("a.zip", zipped(("a.txt", b"x" * 50)))
    assert list(expand(file, limits=ExpandLimits(max_total_mb=0.0001))) == [file]


def test_too_many_conversations_are_named() -> None:
    (file,) = expand(MemoryFile("x.json", encoded([ONE] * 4)), limits=ExpandLimits(max_entries=3))
    assert isinstance(file, Unavailable)
    assert "more than 3" in file.error


def test_notes_go_with_the_children_but_the_kind_of_a_conversation_is_known() -> None:
    notes = SourceNotes(kind=DocumentKind.FAQ, tags=("spring",))
    found = list(expand(MemoryFile("chat.txt", CHAT.encode(), notes=notes)))
    assert [(file.notes.kind, file.notes.tags) for file in found] == [(None, ("spring",))] * 2

"""Conversations and cases as documents, and their canonical form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.domain.knowledge import BlockKind, DocumentKind
from engine.errors import InvalidInput
from engine.languages.service_phrases import case_headings
from ingestion.transcripts.canonical import CaseFile, TranscriptFile, is_canonical, is_case, is_transcript
from ingestion.transcripts.cases import Case
from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.documents import case_document, conversations_document, transcript_document, turn_lines
from ingestion.transcripts.scrubbing import scrubbed
from tests.unit.ingestion.transcripts.chats import AGENT, CUSTOMER, SYSTEM, UNKNOWN, chat

WHOLE = Conversation(
    turns=(
        Turn(CUSTOMER, "It stops.\nBattery is full.", "10:02", "Helen"),
        Turn(UNKNOWN, "Me too.", "10:03", "Lena"),
        Turn(AGENT, "Clean it, Helen."),
        Turn(SYSTEM, "Closed."),
    ),
    id="C-1",
    title="Stopping robot",
    resolved=True,
    language="en",
    tags=("robot", "E4"),
    opening=("Case: C-1\nChannel: chat",),
    closing=("Part sent.",),
)
CASE = Case("Why?", ("It leaks.", "Why?"), ("Turn it.", "Call jo@example.com."), "en", "10:02", ("lid",))


def test_a_transcript_reads_turn_by_turn() -> None:
    parsed = transcript_document(WHOLE, name="a.json", case="a.json#case")
    assert parsed.text == (
        "Case: C-1\nChannel: chat\n\n"
        "[10:02] Customer: It stops.\nBattery is full.\n[10:03] [name 1]: Me too.\nAgent: Clean it, [name 2].\n"
        "System: Closed.\n\nPart sent."
    )
    assert (parsed.title, parsed.kind, parsed.tags) == ("Stopping robot", DocumentKind.TRANSCRIPT, ("robot", "E4"))
    assert parsed.metadata["case"] == "a.json#case"
    assert parsed.metadata["conversation"] == "C-1"
    assert parsed.metadata["time"] == "10:02"
    assert parsed.language == "en"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-Hans", "顾客：停了。"),
        ("zh-Hant", "顧客：停了。"),
        ("ja", "お客様：停了。"),
        ("ko", "고객：停了。"),
        ("de", "Kunde：停了。"),
    ],
)
def test_labels_are_in_the_conversations_language(language: str, line: str) -> None:
    assert list(turn_lines(chat("c: 停了。", language=language))) == [line]


def test_a_turn_has_no_empty_lines_so_that_its_end_can_be_seen() -> None:
    parsed = transcript_document(Conversation((Turn(CUSTOMER, "a\n\n \nb"), Turn(AGENT, "c")), language="en"), name="x")
    assert parsed.text == "Customer: a\nb\nAgent: c"


def test_several_conversations_in_one_document_stand_under_headings() -> None:
    parsed = conversations_document([WHOLE, chat("c: jo@example.com", "a: Yes.")], name="export.json")
    headings = [block.span.of(parsed.text) for block in parsed.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["Stopping robot", "2"]
    assert (parsed.title, parsed.kind) == ("export", DocumentKind.TRANSCRIPT)
    assert "jo@example.com" not in parsed.text


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ja", "de", "ko"])
def test_a_case_has_two_headings_in_its_language(language: str) -> None:
    parsed = case_document(replace(CASE, language=language), name="a#case", transcript="a")
    headings = [block.span.of(parsed.text) for block in parsed.blocks if block.kind is BlockKind.HEADING]
    assert headings == [case_headings(language).question, case_headings(language).resolution]
    assert (parsed.title, parsed.kind, parsed.tags) == ("Why?", DocumentKind.CASE, ("lid",))
    assert (parsed.metadata["transcript"], parsed.metadata["time"]) == ("a", "10:02")


def test_a_case_is_scrubbed_too() -> None:
    assert (
        case_document(CASE, name="a", transcript="a").text
        == "Question\n\nIt leaks.\n\nWhy?\n\nResolution\n\nTurn it.\n\nCall [email 1]."
    )


def test_the_canonical_form_keeps_everything() -> None:
    file = TranscriptFile(WHOLE, "a#case")
    assert TranscriptFile.decode(file.encode(), name="a") == file
    assert CaseFile.decode(CaseFile(CASE, "a").encode(), name="a") == CaseFile(CASE, "a")


def test_the_canonical_form_tells_itself_apart() -> None:
    transcript, case = TranscriptFile(WHOLE).encode(), CaseFile(CASE, "a").encode()
    assert (is_transcript(transcript), is_case(transcript)) == (True, False)
    assert (is_transcript(case), is_case(case)) == (False, True)
    assert [is_canonical(data) for data in (transcript, case, b'{"turns": []}', b"")] == [True, True, False, False]


def test_the_canonical_form_is_the_same_each_time() -> None:
    assert TranscriptFile(scrubbed(WHOLE)).encode() == TranscriptFile(scrubbed(WHOLE)).encode()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b"", b'{"knowdesk_transcript": 1, "turns": '])
def test_damage_is_named(data: bytes) -> None:
    for decode in (TranscriptFile.decode, CaseFile.decode):
        with pytest.raises(InvalidInput, match=r"a\.json"):
            decode(data, name="a.json")


def test_odd_values_in_the_canonical_form_are_left_out() -> None:
    data = b'{"knowdesk_transcript": 1, "turns": [{"speaker": "king", "text": null}, 5], "resolved": "yes", '
    data += b'"tags": [null, "x"]}'
    found = TranscriptFile.decode(data, name="a").conversation
    assert (found.turns, found.resolved, found.tags) == ((Turn(UNKNOWN, ""),), None, ("x",))

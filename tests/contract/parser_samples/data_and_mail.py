"""Samples of formats for data, mail, subtitles and conversations."""

from __future__ import annotations

import json

from engine.languages.speaker_labels import Speaker
from ingestion.transcripts.canonical import CaseFile, TranscriptFile
from ingestion.transcripts.cases import Case
from ingestion.transcripts.conversation import Conversation, Turn
from tests.contract.parser_samples.sample import CLEAN, DIRTY, HEADING, ITEMS, TEXT, WHOLE, Sample
from tests.unit.ingestion.outlook_files import Letter, msg

_RECORDS = [{"Code": "E1", "Months": 2}, {"Code": "E2", "Months": 12}]
_ROWS = "Code: E1; Months: 2\nCode: E2; Months: 12"
_LIST = "".join(f"<li>{item}</li>" for item in ITEMS)
_PAGE = f"<html><body><h1>{HEADING}</h1><p>{TEXT}</p><ol>{_LIST}</ol></body></html>"
_CUES = f"00:00:01,000 --> 00:00:02,000\n{TEXT}\n\n2\n00:00:09,000 --> 00:00:10,000\n{ITEMS[0]}\n{ITEMS[1]}\n"
_SPOKEN = f"{TEXT}\n\n{' '.join(ITEMS)}"
_TALK = Conversation(
    (Turn(Speaker.CUSTOMER, "How often?", "10:02"), Turn(Speaker.AGENT, TEXT)), title=HEADING, language="en"
)
_CASE = Case(HEADING, ("How often?",), (TEXT, *ITEMS), "en")


def _mail(body: str, *, kind: str = "html", subject: str = HEADING) -> bytes:
    head = f"From: Mia <mia@example.com>\nDate: Fri, 6 Mar 2026 10:00:00 +0000\nSubject: {subject}\n"
    return f"{head}MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n\n{body}".encode()


def _cues(text: str) -> str:
    return f"00:00:01.000 --> 00:00:02.000\n{text}\n"


SAMPLES = {
    "e-mail": Sample("a.eml", _mail(_PAGE), _mail(DIRTY, kind="plain"), _mail(" ", subject=" "), text=WHOLE),
    "Outlook message": Sample(
        "a.msg",
        msg(Letter(HEADING, html=_PAGE.encode())),
        msg(Letter(HEADING, DIRTY)),
        msg(Letter("")),
        text=WHOLE,
    ),
    "JSON": Sample(
        "Descaling.json",
        json.dumps(_RECORDS).encode(),
        json.dumps([DIRTY]).encode(),
        b'[{"a": " "}]',
        text=_ROWS,
    ),
    "JSON Lines": Sample(
        "Descaling.jsonl",
        "\n".join(map(json.dumps, _RECORDS)).encode(),
        json.dumps(DIRTY).encode(),
        b'{"a": ""}\n{}',
        text=_ROWS,
    ),
    "WebVTT": Sample(
        "Descaling.vtt",
        f"WEBVTT\n\nNOTE nobody reads this\n\n1\n{_CUES.replace(',', '.')}".encode(),
        f"WEBVTT\n\n{_cues(DIRTY)}".encode(),
        f"WEBVTT\n\n{_cues(' ')}".encode(),
        text=_SPOKEN,
    ),
    "SubRip": Sample(
        "Descaling.srt",
        f"1\n{_CUES}".encode(),
        f"1\n{_cues(DIRTY)}".encode(),
        f"1\n{_cues(' ')}".encode(),
        text=_SPOKEN,
    ),
    "transcript": Sample(
        "a.transcript",
        TranscriptFile(_TALK).encode(),
        TranscriptFile(Conversation((Turn(Speaker.AGENT, DIRTY),), language="en")).encode(),
        TranscriptFile(Conversation(())).encode(),
        text=f"[10:02] Customer: How often?\nAgent: {TEXT}",
        clean=f"Agent: {CLEAN}",
    ),
    "case": Sample(
        "a.case",
        CaseFile(_CASE, "a").encode(),
        CaseFile(Case(HEADING, (DIRTY,), (TEXT,), "en"), "a").encode(),
        b"{}",
        text=f"Question\n\nHow often?\n\nResolution\n\n{TEXT}\n\n{ITEMS[0]}\n\n{ITEMS[1]}",
        clean=f"Question\n\n{CLEAN}\n\nResolution\n\n{TEXT}",
    ),
}

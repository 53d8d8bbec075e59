"""The form in which scrubbed conversations and their cases travel from an export to their parsers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from engine.errors import InvalidInput
from engine.languages.speaker_labels import Speaker
from ingestion.parsers.json_values import read_json
from ingestion.transcripts.cases import Case
from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.fields import Record, as_list, as_record, as_records, text_in

__all__ = ["CASE_ENDING", "TRANSCRIPT_ENDING", "CaseFile", "TranscriptFile", "is_canonical", "is_case", "is_transcript"]

CASE_ENDING, TRANSCRIPT_ENDING = ".case", ".transcript"
"""Endings of file names, where a name must tell the format."""

_TRANSCRIPT, _CASE = b'{"knowdesk_transcript": 1,', b'{"knowdesk_case": 1,'


def is_transcript(data: bytes) -> bool:
    """Tell whether this is a transcript in canonical form."""
    return data.startswith(_TRANSCRIPT)


def is_case(data: bytes) -> bool:
    """Tell whether this is a case in canonical form."""
    return data.startswith(_CASE)


def is_canonical(data: bytes) -> bool:
    """Tell whether this is either."""
    return is_transcript(data) or is_case(data)


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A conversation and the uri of its case, empty for none."""

    conversation: Conversation
    case: str = ""

    def encode(self) -> bytes:
        """Return the file's bytes; the same conversation gives the same bytes."""
        said = asdict(self.conversation)
        return _encoded({"knowdesk_transcript": 1, "case": self.case, **said})

    @classmethod
    def decode(cls, data: bytes, *, name: str) -> TranscriptFile:
        """Read what `encode` wrote; InvalidInput, naming the file, for anything else."""
        record = _decoded(data, name)
        resolved = record.get("resolved")
        conversation = Conversation(
            turns=tuple(_turn(turn) for turn in as_records(record.get("turns"))),
            id=text_in(record, "id"),
            title=text_in(record, "title"),
            resolved=resolved if isinstance(resolved, bool) else None,
            language=text_in(record, "language"),
            tags=_texts(record, "tags"),
            opening=_texts(record, "opening"),
            closing=_texts(record, "closing"),
        )
        return cls(conversation, text_in(record, "case"))


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case and the uri of the conversation that it was extracted from."""

    case: Case
    transcript: str

    def encode(self) -> bytes:
        """Return the file's bytes; the same case gives the same bytes."""
        return _encoded({"knowdesk_case": 1, "transcript": self.transcript, **asdict(self.case)})

    @classmethod
    def decode(cls, data: bytes, *, name: str) -> CaseFile:
        """Read what `encode` wrote; InvalidInput, naming the file, for anything else."""
        record = _decoded(data, name)
        case = Case(
            title=text_in(record, "title"),
            question=_texts(record, "question"),
            resolution=_texts(record, "resolution"),
            language=text_in(record, "language"),
            time=text_in(record, "time"),
            tags=_texts(record, "tags"),
        )
        if not case.question or not case.resolution:
            raise InvalidInput(f"{name} has no question or no resolution.", remedy="Ingest the conversation again.")
        return cls(case, text_in(record, "transcript"))


def _turn(record: Record) -> Turn:
    said = text_in(record, "speaker")
    speaker = Speaker(said) if said in set(Speaker) else Speaker.UNKNOWN
    text = record.get("text")
    return Turn(speaker, text if isinstance(text, str) else "", text_in(record, "time"), text_in(record, "name"))


def _texts(record: Record, name: str) -> tuple[str, ...]:
    return tuple(text for text in as_list(record.get(name)) if isinstance(text, str))


def _encoded(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _decoded(data: bytes, name: str) -> Record:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{name} is not UTF-8.", remedy="Export it again.") from error
    return as_record(read_json(text, name=name))

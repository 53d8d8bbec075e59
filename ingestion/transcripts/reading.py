"""Find the conversations in a file of any kind that may hold some."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from engine.errors import InvalidInput
from ingestion.encoding import decode
from ingestion.parsers.cues import read_cues
from ingestion.parsers.json_values import read_json, read_json_lines
from ingestion.transcripts.canonical import is_canonical
from ingestion.transcripts.conversation import Conversation
from ingestion.transcripts.exports import read_export
from ingestion.transcripts.plain_text import read_plain_text
from ingestion.transcripts.tables import read_table
from ingestion.transcripts.voices import read_voices

__all__ = ["conversations_in"]

_SPOKEN = re.compile(
    r'"(?:turns|messages|comments|history|transcript|conversation_parts|dialogue|dialog|role|speaker|sender\w*|author\w*|'
    r"message_type|direction|from|who|对话|消息|角色|发送者|发言人|话者|話者|発言者|送信者|역할)\"\s*:"
)


def conversations_in(data: bytes, *, name: str) -> tuple[Conversation, ...]:
    """Return the conversations in a file, told by its extension; none where it holds none or cannot be read."""
    suffix = PurePosixPath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None or is_canonical(data):
        return ()
    try:
        return reader(decode(data, name=name))
    except InvalidInput:
        return ()  # the parser says what is wrong


def _in_json(text: str) -> tuple[Conversation, ...]:
    return read_export(read_json(text, name="")) if _SPOKEN.search(text) else ()


def _in_json_lines(text: str) -> tuple[Conversation, ...]:
    return read_export([line.value for line in read_json_lines(text) if line.ok]) if _SPOKEN.search(text) else ()


def _in_text(text: str) -> tuple[Conversation, ...]:
    found = read_plain_text(text)
    return (found,) if found else ()


def _in_subtitles(text: str) -> tuple[Conversation, ...]:
    found = read_voices(read_cues(text))
    return (found,) if found else ()


_READERS: Mapping[str, Callable[[str], tuple[Conversation, ...]]] = {
    **dict.fromkeys((".json",), _in_json),
    **dict.fromkeys((".jsonl", ".ndjson"), _in_json_lines),
    **dict.fromkeys((".csv", ".tsv"), read_table),
    **dict.fromkeys((".vtt", ".srt"), _in_subtitles),
    **dict.fromkeys((".txt", ".text", ".log"), _in_text),
}

"""Read a conversation from subtitles that say who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from engine.languages.speaker_labels import speaker_of
from ingestion.normalize import join_lines
from ingestion.parsers.cues import Cue
from ingestion.transcripts.conversation import Conversation, Turn

__all__ = ["read_voices"]


def read_voices(cues: Sequence[Cue]) -> Conversation | None:
    """Return the conversation of two or more voices, cues of one voice in a row joined; None for fewer."""
    if len({cue.voice for cue in cues if cue.voice}) < 2:
        return None
    return Conversation(tuple(_turns(cues)))


def _turns(cues: Sequence[Cue]) -> Iterator[Turn]:
    for voice, group in groupby(cues, key=lambda cue: cue.voice):
        said = list(group)
        yield Turn(speaker_of(voice), join_lines(cue.text for cue in said), said[0].time, voice)

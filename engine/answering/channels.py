"""How long an answer may be where it is read or heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from engine.answering.extract import ExtractOptions
from engine.domain.channel import Channel

__all__ = ["Room", "fitted", "room_on"]


@dataclass(frozen=True, slots=True)
class Room:
    """At most how many sentences are quoted, how many steps, and how many sentences a language model writes."""

    sentences: int
    steps: int
    written: int


_ROOM: Mapping[Channel, Room] = {
    Channel.EMAIL: Room(sentences=4, steps=20, written=8),
    Channel.VOICE: Room(sentences=1, steps=5, written=2),
    Channel.SMS: Room(sentences=1, steps=3, written=2),
}
_CHAT_WRITTEN = 5  # see engine.answering.prompt


def room_on(channel: Channel, options: ExtractOptions) -> Room:
    """Return the room that there is on a channel; a chat has that of the options."""
    return _ROOM.get(channel) or Room(options.max_sentences, options.max_steps, _CHAT_WRITTEN)


def fitted(options: ExtractOptions, channel: Channel) -> ExtractOptions:
    """Return the options with the channel's room."""
    room = room_on(channel, options)
    return replace(options, max_sentences=room.sentences, max_steps=room.steps)

"""How long a draft may be where it is read or heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.domain.channel import Channel

__all__ = ["ROOMS", "DraftRoom"]


@dataclass(frozen=True, slots=True)
class DraftRoom:
    """At most so many `characters`; without `courtesy`, empathy, invitation and closing are left out."""

    characters: int
    courtesy: bool = True
    between: str = "\n"


ROOMS: Final[Mapping[Channel, DraftRoom]] = {
    Channel.CHAT: DraftRoom(1500),
    Channel.EMAIL: DraftRoom(5000, between="\n\n"),
    Channel.VOICE: DraftRoom(600),
    Channel.SMS: DraftRoom(459, courtesy=False),  # three joined messages of 153 characters
}

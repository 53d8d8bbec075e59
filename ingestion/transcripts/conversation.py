"""Values: a turn, and a conversation of turns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from engine.languages.speaker_labels import Speaker

__all__ = ["Conversation", "Turn"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance.

    `text` has no empty lines. `time` is shown as it is: "10:02", "2026-05-06 15:31", or empty. `name` is who speaks,
    as far as the export tells.
    """

    speaker: Speaker
    text: str
    time: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in order of time.

    `opening` and `closing` are paragraphs of the record before and after it, such as a case number. `resolved` is
    None where the record does not say. `language` is a BCP 47 tag, empty if nobody said.
    """

    turns: tuple[Turn, ...]
    id: str = ""
    title: str = ""
    resolved: bool | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that was said, a turn a line."""
        return "\n".join(turn.text for turn in self.turns)

    @property
    def time(self) -> str:
        """When it began, as far as it is known."""
        return next((turn.time for turn in self.turns if turn.time), "")

    @property
    def known_share(self) -> float:
        """Share of the turns whose speaker is known, 0..1."""
        unknown = Counter(turn.speaker for turn in self.turns)[Speaker.UNKNOWN]
        return 1 - unknown / len(self.turns) if self.turns else 0.0

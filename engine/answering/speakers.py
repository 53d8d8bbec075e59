"""Who speaks in a line of a transcript: an answer may quote the desk, never the customer nor someone unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.languages.speaker_labels import STAMP, Speaker, is_role_label, speaker_of

__all__ = ["SpokenLine", "spoken_line"]

_TIMED = re.compile(rf"\s*[\[(（]?{STAMP}[\])）]?[\s\-–—,]*([^:：\n]{{1,40}})[:：]\s*")
_BARE = re.compile(r"\s*([^:：\n]{1,40})[:：]\s*")


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line of a transcript that begins a turn: where its words begin, and who speaks by its label."""

    words_from: int
    speaker: Speaker

    @property
    def by_customer(self) -> bool:
        """Whether the label says that a customer speaks."""
        return self.speaker is Speaker.CUSTOMER

    @property
    def by_desk(self) -> bool:
        """Whether the label says that the desk speaks; a mere name says nothing."""
        return self.speaker.is_desk


def spoken_line(line: str) -> SpokenLine | None:
    """Read the time and label at the beginning of a line; without a time, the label must name a role.

    None if there is no such label.
    """
    found = _TIMED.match(line)
    if found is None:
        found = _BARE.match(line)
        if found is None or not is_role_label(found[1]):
            return None
    return SpokenLine(found.end(), speaker_of(found[1]))

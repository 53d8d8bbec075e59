"""Read the citation markers that a language model writes: [1], [1][2], [1, 3], [2-4], 【1】."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Mark", "Marked", "read_markers", "unfinished_marker"]

_NUMBERS = r"\d{1,3}(?:\s*[,，、;；\-–—]\s*\d{1,3})*"
_MARKER = re.compile(
    rf"[ \t\u3000]*[\[［【]\s*\^?(?:evidence\s*)?({_NUMBERS})(?:†[^\]］】]*)?\s*[\]］】]", re.IGNORECASE
)
_RANGE = re.compile(r"(\d+)(?:\s*[\-–—]\s*(\d+))?")
_OPENED = re.compile(r"[ \t\u3000]*[\[［【][^\]］】\n]{0,24}\Z")
_BLANKS = " \t\u3000"


@dataclass(frozen=True, slots=True)
class Mark:
    """A cited number and the offset in the text without markers where it was; `leading` if it began its line."""

    number: int
    at: int
    leading: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A reply without its markers.

    `origins` maps offsets: for each stretch of `text` between markers, where it starts in `text` and in the reply.
    """

    text: str
    marks: tuple[Mark, ...]
    origins: tuple[tuple[int, int], ...]

    def origin(self, offset: int) -> int:
        """Return the offset in the reply of the character at `offset` of `text`, behind any marker there."""
        clean, raw = max(pair for pair in self.origins if pair[0] <= offset)
        return raw + offset - clean


def read_markers(reply: str) -> Marked:
    """Take the markers, with the blanks before them, out of a reply."""
    parts: list[str] = []
    marks: list[Mark] = []
    origins = [(0, 0)]
    length = end = 0
    for found in _MARKER.finditer(reply):
        kept = reply[end : found.start()]
        parts.append(kept)
        length += len(kept)
        leading = not "".join(parts).rpartition("\n")[2].strip()
        marks += (Mark(number, length, leading) for number in _cited(found[1]))
        end = found.end()
        while leading and end < len(reply) and reply[end] in _BLANKS:
            end += 1
        origins.append((length, end))
    return Marked("".join([*parts, reply[end:]]), tuple(marks), tuple(origins))


def unfinished_marker(reply: str) -> int:
    """Return where a marker begins that the end of `reply` may have cut, or the length of `reply`."""
    opened = _OPENED.search(reply)
    return opened.start() if opened else len(reply)


def _cited(numbers: str) -> list[int]:
    cited: list[int] = []
    for first, last in _RANGE.findall(numbers):
        cited += range(int(first), int(last or first) + 1)
    return cited

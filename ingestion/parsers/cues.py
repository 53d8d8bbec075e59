"""Read the cues of subtitle files: WebVTT and SubRip."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingestion.normalize import WIDE, clean_line, join_lines

__all__ = ["Cue", "cue_paragraphs", "read_cues"]

_TIMING = re.compile(r"^\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})\s*-->\s*((?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3})")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,80})>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:(?:v|c|i|b|u|s|ruby|rt|lang|font|em|strong)(?=[\s.>/])|\d{1,4}:)[^<>]*>|\{\\[^{}]*\}", re.IGNORECASE
)
_RUBY_TEXT = re.compile(r"<rt>.*?</rt>", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"^(?:[-–>]+\s*)?([^:：<>\d][^:：<>]{0,39})[:：]\s*(?=\S)")
_INSIDE_WORD = re.compile(rf"(?!{WIDE.pattern})\w(?!{WIDE.pattern})\w")
_STOPPED = re.compile("[.!?。！？…:：؟।][\"'”’」』)）]*$")
_PAUSE = 4.0  # seconds of silence that end a paragraph
_LONGEST = 600  # characters of a paragraph


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from `start` to `end` (seconds); `voice` is who speaks, empty if the file does not tell."""

    start: float
    end: float
    text: str
    voice: str = ""

    @property
    def time(self) -> str:
        """The start as "01:02:03"."""
        seconds = int(self.start)
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def read_cues(text: str) -> list[Cue]:
    """Return the cues in order, tags and notes removed, lines that a rolling caption repeats left out.

    Voices are WebVTT's `<v Name>`; where most cues begin with a label ("Agent: ..."), the labels are.
    """
    cues = [
        cue for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")) for cue in _cues(block)
    ]
    labels = [_LABEL.match(cue.text) for cue in cues]
    labelled = sum(label is not None for label in labels)
    if not any(cue.voice for cue in cues) and labelled > 2 and labelled >= 0.6 * len(cues):
        cues = [_split(cue, label) for cue, label in zip(cues, labels, strict=True)]
    return list(_without_repeats(cues))


def cue_paragraphs(cues: Sequence[Cue]) -> Iterator[str]:
    """Yield the text as paragraphs: up to the end of a sentence before a pause, or where it grows long."""
    lines: list[str] = []
    for cue, following in zip(cues, (*cues[1:], None), strict=False):
        lines.append(cue.text)
        stopped = _STOPPED.search(cue.text) is not None
        pause = following is None or following.start - cue.end >= _PAUSE
        if (stopped and sum(map(len, lines)) >= _LONGEST / 3) or pause or sum(map(len, lines)) >= _LONGEST:
            yield join_lines(lines)
            lines = []
    if lines:
        yield join_lines(lines)


def _cues(block: str) -> Iterator[Cue]:
    """Yield the cues of a block, one for each voice in it."""
    lines = block.split("\n")
    at = next((number for number, line in enumerate(lines) if _TIMING.match(line)), None)
    timing = _TIMING.match(lines[at]) if at is not None else None
    if at is None or timing is None:
        return
    payload = "\n".join(lines[at + 1 :])
    parts = _VOICE.split(payload)
    for voice, said in (("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)):
        shown = html.unescape(_TAG.sub("", _RUBY_TEXT.sub("", said)))
        words = join_lines(line for line in map(clean_line, shown.split("\n")) if line)
        if words:
            yield Cue(_seconds(timing[1]), _seconds(timing[2]), words, clean_line(html.unescape(voice)))


def _split(cue: Cue, label: re.Match[str] | None) -> Cue:
    return replace(cue, voice=label[1].strip(), text=cue.text[label.end() :]) if label else cue


def _without_repeats(cues: Sequence[Cue]) -> Iterator[Cue]:
    before: Cue | None = None
    for cue in cues:
        fresh = cue.text[len(before.text) :].strip() if before and _repeats(before, cue) else cue.text
        if fresh:
            yield replace(cue, text=fresh)
        before = cue


def _repeats(before: Cue, cue: Cue) -> bool:
    """Tell whether a cue begins with all of the one before, by the same voice and not in the middle of a word."""
    if before.voice != cue.voice or not cue.text.startswith(before.text):
        return False
    return not _INSIDE_WORD.fullmatch(cue.text[len(before.text) - 1 :][:2])


def _seconds(stamp: str) -> float:
    total = 0.0
    for part in stamp.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total

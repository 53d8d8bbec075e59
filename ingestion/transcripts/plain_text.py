"""Read a conversation from plain text with speakers and, mostly, times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.languages.profile import folded_words
from engine.languages.service_phrases import is_resolved_status
from engine.languages.speaker_labels import STAMP, Speaker, is_role_label, role_places, speaker_of
from ingestion.normalize import clean
from ingestion.transcripts.conversation import Conversation, Turn

__all__ = ["read_plain_text"]

_TIME = rf"[\[(（]?(?P<time>{STAMP})[\])）]?"
_NAME = r"(?P<name>[^\s:：\d][^:：\n]{0,60}?)"
_STARTS = tuple(
    re.compile(pattern)
    for pattern in (  # [10:02] Agent: words; 10:02 Agent; Agent 10:02; Agent (10:02): words
        rf"{_TIME}[\s\-–—,]*{_NAME}\s*[:：]\s*(?P<words>.*)$",
        rf"{_TIME}[\s\-–—,]+(?P<name>[^\s:：\d\[][^:：。.!?！？\n]{{0,24}})(?P<words>)$",
        rf"(?P<name>[^\s:：\d\[][^:：。!?！？\n]{{0,24}}?)[\s,，]+{_TIME}[:：]?(?P<words>)$",
        rf"(?P<name>[^\s:：\d\[][^:：。!?！？\n]{{0,24}}?)\s*[\[(（](?P<time>{STAMP})[\])）]\s*[:：]\s*(?P<words>.*)$",
    )
)
_BARE = re.compile(r"(?P<name>[^\s:：\d][^:：\n]{0,40}?)\s*[:：]\s*(?P<words>\S.*)?$")
_PERSON = re.compile(r"(?:[^\W\d_]+[.'’-]?(?: |$)){1,3}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{1,6}")
_LEVELS = folded_words("info warn warning error debug trace fatal notice critical severe verbose")
_ASIDE = re.compile(r"[(（\[【].*[)）\]】]")
_FIELD = re.compile(r"[^:：]{1,40}[:：]")
_STATUS = re.compile(
    r"(?:status|state|状态|狀態|ステータス|状態|상태|statut|estado|stato|статус)\s*[:：]\s*([^\s,，;；]+)", re.I
)
_TAGS = re.compile(
    r"^\s*(?:tags?|labels?|标签|標籤|分類|分类|タグ|태그|schlagwörter|étiquettes|etiquetas)\s*[:：]\s*(.+)$",
    re.I | re.M,
)
_IN_BRACKETS = re.compile(r"[(（\[【]([^)）\]】\n]{2,20})[)）\]】]")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a turn begins: the line's number, and what it says of time and speaker."""

    line: int
    name: str
    words: str
    time: str = ""


def read_plain_text(text: str) -> Conversation | None:
    """Return the conversation in a text, or None if the text is something else.

    There must be three turns or more, most lines must belong to one, and the labels must name roles or come again.
    """
    lines = [line.strip() for line in clean(text).split("\n")]
    starts = _timed(lines) or _bare(lines)
    filled = sum(map(bool, lines))
    if len(starts) < _FEWEST or len(starts) < 0.3 * (filled - _words_below(starts)):
        return None
    head = lines[: starts[0].line]
    if not _is_dialogue(starts, "\n".join(head)):
        return None
    turns, closing = _turns(lines, starts)
    opening = _paragraphs(head)
    record = "\n".join((*head, *closing))
    return Conversation(
        turns=_with_roles(turns, "\n".join(head)),
        resolved=_resolved(record),
        tags=_tags(record),
        opening=opening,
        closing=closing,
    )


def _timed(lines: Sequence[str]) -> list[_Start]:
    found: list[_Start] = []
    for number, line in enumerate(lines):
        match = next((match for pattern in _STARTS if (match := pattern.match(line))), None)
        if match and match["name"].strip().lower() not in _LEVELS:
            found.append(_Start(number, match["name"].strip(), match["words"].strip(), match["time"].strip()))
    return found if len(found) >= _FEWEST else []


def _bare(lines: Sequence[str]) -> list[_Start]:
    """Return the turns of a text without times: labels of roles, and names that come again between them."""
    labelled = [(number, match) for number, line in enumerate(lines) if (match := _BARE.match(line))]
    roles = {match["name"] for _, match in labelled if is_role_label(match["name"])}
    if len({speaker_of(name) for name in roles}) < 2:
        return []
    often = Counter(match["name"] for _, match in labelled if _PERSON.fullmatch(match["name"]))
    names = roles | {name for name, count in often.items() if count > 1}
    return [
        _Start(at, match["name"], (match["words"] or "").strip()) for at, match in labelled if match["name"] in names
    ]


def _words_below(starts: Sequence[_Start]) -> int:
    """Return how many lines stand below a label because it has a line of its own."""
    return sum(not start.words for start in starts)


def _is_dialogue(starts: Sequence[_Start], head: str) -> bool:
    """Tell whether a label names a role, or is a name that comes again as in no timetable."""
    names = Counter(start.name for start in starts)
    roles = (speaker for name in names for speaker in (speaker_of(name), _role_in(head, name)))
    return any(role is not Speaker.UNKNOWN for role in roles) or 2 <= len(names) <= len(starts) / 2


def _turns(lines: Sequence[str], starts: Sequence[_Start]) -> tuple[list[Turn], tuple[str, ...]]:
    """Return the turns, and the paragraphs that follow the last one."""
    turns: list[Turn] = []
    closing: tuple[str, ...] = ()
    for start, end in zip(starts, (*(each.line for each in starts[1:]), len(lines)), strict=True):
        first, *others = _paragraphs((start.words, *lines[start.line + 1 : end])) or ("",)
        if end == len(lines) and others and _is_record(start, others):
            closing, others = tuple(others), []
        asides = [other for other in others if _ASIDE.fullmatch(other)]
        said = "\n".join((first, *(other for other in others if other not in asides)))
        if said:
            turns.append(Turn(speaker_of(start.name), said, start.time, start.name))
        turns += (Turn(Speaker.SYSTEM, aside) for aside in asides)
    return turns, closing


def _is_record(last: _Start, paragraphs: Sequence[str]) -> bool:
    """Tell whether what follows the last turn is the desk's record and not more of what a customer said."""
    fields = all(_FIELD.match(line) for paragraph in paragraphs for line in paragraph.split("\n"))
    return fields or speaker_of(last.name).is_desk


def _paragraphs(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip("\n") for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")) if part.strip())


def _with_roles(turns: Sequence[Turn], head: str) -> tuple[Turn, ...]:
    """Give speakers that are only named the role that the lines above the conversation give to that name."""
    roles = {turn.name: _role_in(head, turn.name) for turn in turns if turn.speaker is Speaker.UNKNOWN}
    return tuple(replace(turn, speaker=roles.get(turn.name, turn.speaker)) for turn in turns)


def _role_in(head: str, name: str) -> Speaker:
    for line in head.split("\n"):
        at = line.find(name)
        before = [role for place, role in role_places(line) if place.end <= at] if at >= 0 else []
        if before:
            return before[-1]
    return Speaker.UNKNOWN


def _resolved(record: str) -> bool | None:
    stated = _STATUS.search(record)
    if stated:
        return is_resolved_status(stated[1])
    return True if any(is_resolved_status(found) for found in _IN_BRACKETS.findall(record[:200])) else None


def _tags(record: str) -> tuple[str, ...]:
    found: Iterator[str] = (tag.strip() for line in _TAGS.findall(record) for tag in re.split(r"[,，、/∕／;；|]", line))
    return tuple(dict.fromkeys(tag for tag in found if tag))

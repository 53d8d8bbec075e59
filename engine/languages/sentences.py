"""Find the sentences of a text in any language, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.domain.knowledge import Span
from engine.languages.registry import profiles

__all__ = ["MAX_SENTENCE", "sentences"]

MAX_SENTENCE = 400  # characters; what is longer without a stop is cut at a comma, else at a space

_LINE = re.compile("[^\\n\\r\\x0b\\x0c\\x1c-\\x1e\\x85\u2028\u2029]+")
_ALWAYS = "。！？｡．؟۔।॥።։។။"  # these need no space after them
_CLOSING = "”’»›」』）)\\]】》〉〕"
_EITHER_WAY = "\"'“"  # quotation marks that close unless a word follows
_STOP = re.compile(rf"([{_ALWAYS}.!?…]+)((?:[{_CLOSING}]|[{_EITHER_WAY}](?!\w)|\[\d{{1,3}}\])*)(\s*)")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]")
_GOES_ON = re.compile("[-–—&+/,;:=]")
_QUOTED_ON = re.compile("[と、，,]|って")
_LIST_NUMBER = re.compile(r"\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4}")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")
_WORD = re.compile(r"\S+\Z")
_LOOK_BACK = 60  # characters before a full stop in which its word and the one before are looked for
_CUTS = (re.compile("[；;]|[:：](?=\\D)"), re.compile("[，、،]|,(?=\\D)"), re.compile(r"\s"))


def sentences(text: str, *, offset: int = 0) -> list[Span]:
    """Return the spans of the sentences of `text` in order, each moved on by `offset`.

    They are disjoint, not empty, without white space at either end, and cover everything else. A line break ends a
    sentence. Closing quotes and brackets belong to the sentence before them.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        for start, end in _in_line(text, line.start(), line.end()):
            found += (Span(offset + a, offset + b) for a, b in _pieces(text, start, end))
    return found


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends(text, start, stop):
            yield start, stop.end(2)
            start = stop.end()
    yield start, end


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a stop inside a line ends the sentence that began at `start`."""
    marks, closing, space = stop.groups()
    follower = text[stop.end()]
    if any(mark in _ALWAYS for mark in marks):
        decimal = marks == "．" and follower.isdigit()
        return not decimal and not (closing and not space and _QUOTED_ON.match(text, stop.end()))
    before = text[max(start, stop.start() - _LOOK_BACK) : stop.start()].lstrip()
    if not space:
        word_ends = marks == "." and before[-2:].isalpha() and not _is_abbreviated(before, follower)
        return bool(_CJK.match(follower)) and (marks[-1] in "!?" or word_ends)
    if marks[-1] in "!?":
        return not (closing and follower.islower())
    if follower.islower() or _GOES_ON.match(follower):
        return False
    return marks != "." or not _is_abbreviated(before, follower)


def _is_abbreviated(before: str, follower: str) -> bool:
    """Tell whether the full stop after `before` (from the sentence's start) belongs to its last word."""
    found = _WORD.search(before)
    if found is None:
        return False
    word = found[0].strip("\"'“”‘’„«»([{（【「")
    lowered = word.lower()
    abbreviations, numbered, before_ordinal = _abbreviations()
    if word.isdigit() and len(word) <= 2:
        previous = before[: found.start()].split()[-1:]
        listed = not previous or bool(_CJK.match(follower))
        return listed or previous[0].lower() in before_ordinal
    if not before[: found.start()].strip() and _LIST_NUMBER.fullmatch(word):
        return True
    if lowered in abbreviations or (lowered in numbered and follower.isdigit()):
        return True
    one_letter = len(word) == 1 and word.isalpha() and word != "I"
    return one_letter or (bool(_INITIALS.fullmatch(word)) and not word.islower())


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return those of all languages together: a text may mix languages, and few abbreviations clash."""
    every = profiles().values()

    def union(name: str) -> frozenset[str]:
        return frozenset().union(*(getattr(profile, name) for profile in every))

    return union("abbreviations"), union("numbered"), union("before_ordinal")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Trim a stretch and cut it into pieces of at most MAX_SENTENCE characters."""
    while True:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if end - start <= MAX_SENTENCE:
            break
        cut = _cut(text, start)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
    if start < end:
        yield start, end


def _cut(text: str, start: int) -> int:
    """Return where to cut: after the last semicolon, comma or space in the second half of what may stand."""
    limit = start + MAX_SENTENCE
    for pattern in _CUTS:
        ends = [found.end() for found in pattern.finditer(text, start + MAX_SENTENCE // 2, limit)]
        if ends:
            return ends[-1]
    return limit

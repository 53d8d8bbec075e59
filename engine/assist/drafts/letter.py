"""Take an agent's own draft apart: greeting, courtesies, what it says, closing, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.answering.fidelity import infidelity
from engine.assist.summaries.reading import Line, lines_of
from engine.domain.conversation import Role, Turn
from engine.languages.draft_phrases import Voice, draft_phrases, every_language
from engine.languages.folding import fold
from engine.languages.personal_cues import either
from engine.languages.sentences import sentences
from engine.languages.service_phrases import after_greeting

__all__ = ["Letter", "read_letter"]

MAX_SIGNATURE = 4  # lines below the sign-off
_CLAUSE: Final = re.compile(r"[^,，:：!！。.、\n]{1,60}[,，:：!！。.、]*\s*")
_NAMED: Final = re.compile(
    r"(?P<name>[^,，、:：!！。.\n]{1,20})(?:[,，]?\s*[您你]好[!！。,，:：]*|様[、。,]?(?=\s))\s*"
)
_NOBODY: Final = frozenset(
    fold(name)
    for name in (
        *("", "there", "all", "customer", "dear customer", "valued customer", "sir or madam", "sir", "madam"),
        *(
            "亲爱的客户",
            "尊敬的客户",
            "亲爱的顾客",
            "親愛的顧客",
            "親愛的客戶",
            "客户",
            "客戶",
            "顧客",
            "お客",
            "お客様",
        ),
        *("kunde", "kundin", "kundinnen und kunden", "damen und herren", "client", "cliente", "estimado cliente"),
    )
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a draft, each with the white space behind it; together they are the draft.

    `addressee` is the name in the greeting, empty for nobody in particular. `opening` are the courtesies
    before the matter, `closing` is the one at the end; they have no numbers and no names.
    """

    greeting: str
    addressee: str
    opening: str
    body: str
    closing: str
    signature: str


def read_letter(text: str, language: str) -> Letter:
    """Take a draft apart; where nothing but courtesies is said, they are the body."""
    signature = _signature(text)
    rest = text[: len(text) - len(signature)]
    greeting, addressee = _greeting(rest)
    rest = rest[len(greeting) :]
    lines = lines_of([Turn(Role.AGENT, rest)])
    says = [at for at, line in enumerate(lines) if tells(line, language)]
    if not says:
        return Letter(greeting, addressee, "", rest, "", signature)
    start, end = lines[says[0]].span.start, _end(rest, lines, max(says[-1], len(lines) - 2))
    return Letter(greeting, addressee, rest[:start], rest[start:end], rest[end:], signature)


def tells(line: Line, language: str) -> bool:
    """Tell whether a sentence is more than courtesy, or names somebody; what drafts say themselves is courtesy."""
    if line.text in _courtesies():
        return False
    return line.telling or infidelity(line.text, (), "", language=language) is not None


def _end(text: str, lines: Sequence[Line], at: int) -> int:
    """Return where the next sentence begins."""
    return lines[at + 1].span.start if at + 1 < len(lines) else len(text)


def _signature(text: str) -> str:
    """Return the sign-off and what stands below it; empty without one."""
    found = [each for each in _sign_offs().finditer(text) if each.start() > 0]
    below = text[found[-1].end() :].strip().split("\n") if found else []
    return text[found[-1].start() :] if found and len(below) <= MAX_SIGNATURE else ""


def _greeting(text: str) -> tuple[str, str]:
    for unnamed in _unnamed():
        if text.startswith(unnamed):
            return text[: len(text) - len(text[len(unnamed) :].lstrip())], ""
    if named := _NAMED.match(text):
        return named[0], _somebody(named["name"])
    clause = _CLAUSE.match(text)
    after = after_greeting(clause[0].strip()) if clause else None
    return (clause[0], _somebody(after)) if clause and after is not None else ("", "")


def _somebody(name: str) -> str:
    return "" if fold(name) in _NOBODY else name.strip()


@lru_cache(maxsize=1)
def _voices() -> tuple[Voice, ...]:
    every = map(draft_phrases, sorted(every_language()))
    return tuple(voice for phrases in every for voice in (phrases.formal, phrases.friendly))


@lru_cache(maxsize=1)
def _courtesies() -> frozenset[str]:
    said = (
        text for voice in _voices() for text in (voice.invite, voice.closing, voice.patience, *voice.empathy.values())
    )
    return frozenset(span.of(text) for text in said for span in sentences(text))


@lru_cache(maxsize=1)
def _unnamed() -> tuple[str, ...]:
    return tuple(sorted({voice.unnamed for voice in _voices()}, key=len, reverse=True))


@lru_cache(maxsize=1)
def _sign_offs() -> re.Pattern[str]:
    own = {voice.sign_off for voice in _voices()}
    listed = "|".join(sorted(map(re.escape, own), key=len, reverse=True))
    return re.compile(
        rf"^[ \t]*(?:{listed}|{either('sign_offs')})[ \t]*[,，.。!！]?[ \t]*$", re.MULTILINE | re.IGNORECASE
    )

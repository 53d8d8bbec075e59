"""What no rule pack is about: personal data, instructions to a model, abuse, and the owner's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.domain.check import CheckRule, Finding, ListedWord, Severity
from engine.guard.findings import PersonalKind
from engine.guard.injection import find_commands
from engine.guard.offensive import offensiveness
from engine.guard.personal_data import find
from engine.guard.remedies import INSTRUCTION, LISTED, OFFENSIVE, PERSONAL_DATA, remedy_in
from engine.guard.words.matcher import WordHit
from engine.languages.sentences import sentences

__all__ = ["abuse", "instructions", "listed", "personal_data"]

_GRAVE = frozenset(PersonalKind) - {PersonalKind.EMAIL, PersonalKind.PHONE, PersonalKind.ADDRESS, PersonalKind.IP}
_SOUGHT = frozenset(PersonalKind) - {PersonalKind.URL, PersonalKind.NAME}  # a reply greets its reader by name
_ABUSIVE = 0.5


def personal_data(text: str, language: str, agent: str, allowed: Collection[str] = ()) -> Iterator[Finding]:
    """Yield personal data but names; numbers of cards, accounts and persons, and credentials block the reply."""
    for datum in find(text, language, kinds=_SOUGHT):
        if datum.span.of(text) not in allowed:
            severity = Severity.BLOCK if datum.kind in _GRAVE else Severity.WARN
            remedy = remedy_in(PERSONAL_DATA, agent)
            yield Finding(CheckRule.PERSONAL_DATA, datum.kind.value, severity, datum.span, remedy)


def instructions(text: str, agent: str) -> Iterator[Finding]:
    """Yield sentences that command a language model."""
    for found in find_commands(text):
        remedy = remedy_in(INSTRUCTION, agent)
        yield Finding(CheckRule.INSTRUCTION, found.kind.value, Severity.BLOCK, found.span, remedy)


def abuse(text: str, language: str, agent: str) -> Iterator[Finding]:
    """Yield Chinese sentences that are likely abusive."""
    if language.partition("-")[0] != "zh":
        return
    for span in sentences(text):
        if offensiveness(span.of(text)) >= _ABUSIVE:
            yield Finding(CheckRule.OFFENSIVE, "model", Severity.WARN, span, remedy_in(OFFENSIVE, agent))


def listed(hit: WordHit, words: Mapping[str, ListedWord], agent: str) -> Finding:
    """Return the finding of a word on the owner's list."""
    word = words[hit.pattern.key]
    remedy = word.remedy or remedy_in(LISTED, agent)
    return Finding(CheckRule.SENSITIVE_WORD, f"owner/{word.word}", word.severity, hit.span, remedy, hit.disguised)

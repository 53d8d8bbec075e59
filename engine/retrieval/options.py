"""Options that a customer is asked to choose from, as they stand in a message, and which one a reply chose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.languages.folding import fold
from engine.languages.registry import UNKNOWN
from engine.languages.terms import content_terms

__all__ = ["chosen_option", "listed_options", "with_options"]

_MARK = "- "
_ORDINALS = {"first": 1, "second": 2, "third": 3, "第一": 1, "第二": 2, "第三": 3, "最初": 1}
_NUMBER = re.compile(r"\D{0,6}(\d{1,2})\D{0,4}")


def with_options(question: str, options: Sequence[str]) -> str:
    """Return the message that asks a question with options, one a line."""
    return "\n".join((question, *(f"{_MARK}{option}" for option in options)))


def listed_options(message: str) -> tuple[str, ...]:
    """Return the options of a message that `with_options` wrote."""
    return tuple(line.removeprefix(_MARK) for line in message.split("\n") if line.startswith(_MARK))


def chosen_option(reply: str, message: str, language: str = UNKNOWN) -> str:
    """Return the option of `message` that a reply names by its words or its number; empty if that is not clear.

    Function words of `language` (BCP 47) name nothing.
    """
    options = listed_options(message)
    said = fold(reply)
    exact = [option for option in options if fold(option) in said]
    if exact:
        return max(exact, key=len)
    if len(said) > 1 and len(part := [option for option in options if said.strip(" .。!！") in fold(option)]) == 1:
        return part[0]
    number = _number(said)
    return options[number - 1] if 0 < number <= len(options) else _likest(reply, options, language)


def _likest(reply: str, options: Sequence[str], language: str) -> str:
    """Return the option that shares words with the reply, if it is the only one that shares so many."""
    said = _words(reply, language)
    shared = [len(said & _words(option, language)) for option in options]
    best = max(shared, default=0)
    return options[shared.index(best)] if best and shared.count(best) == 1 else ""


def _words(text: str, language: str) -> set[str]:
    counted = content_terms(text, language)
    return {*counted.bigrams, *counted.words}


def _number(said: str) -> int:
    found = _NUMBER.fullmatch(said)
    if found:
        return int(found[1])
    return next((number for word, number in _ORDINALS.items() if word in said and len(said) <= 12), 0)

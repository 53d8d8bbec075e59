"""How near two languages are to each other, as far as retrieval is concerned."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from engine.languages.registry import profile_for

__all__ = ["Kinship", "kinship"]

_HAN = frozenset({"Hans", "Hant", "Jpan"})


class Kinship(StrEnum):
    """What a query and a passage share: the language (whatever its script), the writing system, or nothing."""

    LANGUAGE = "language"
    SCRIPT = "script"
    NOTHING = "nothing"


@lru_cache(maxsize=4096)
def kinship(first: str, second: str) -> Kinship:
    """Return what two languages (BCP 47 tags) share; Chinese and Japanese share Han characters."""
    if first.partition("-")[0] == second.partition("-")[0]:
        return Kinship.LANGUAGE
    ours, theirs = (_scripts(language) for language in (first, second))
    return Kinship.SCRIPT if ours & theirs else Kinship.NOTHING


def _scripts(language: str) -> frozenset[str]:
    scripts = frozenset(profile_for(language).scripts)
    return frozenset({"Hani"}) if scripts & _HAN else scripts

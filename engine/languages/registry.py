"""Find the profile of a language by its tag."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from engine.languages import profiles as _folder
from engine.languages.profile import LanguageProfile

__all__ = ["UNKNOWN", "profile_for", "profiles"]

UNKNOWN = "und"
_TRADITIONAL = {"hant", "tw", "hk", "mo"}
_CHINESE = {"zh", "cmn", "yue"}


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, LanguageProfile]:
    """Return every profile by its code: one for each module in the folder `profiles`."""
    names = (module.name for module in pkgutil.iter_modules(_folder.__path__))
    found = (import_module(f"{_folder.__name__}.{name}").PROFILE for name in names)
    return MappingProxyType({profile.code: profile for profile in found})


@lru_cache(maxsize=256)
def profile_for(tag: str) -> LanguageProfile:
    """Return the profile for a BCP 47 tag, matched by its primary language.

    Chinese is split by script: zh-TW, zh-HK, zh-MO and zh-Hant give zh-Hant, all else zh-Hans. A language without a
    profile gets a neutral one: code "und", no stop words, English stemming and phrases.
    """
    subtags = tag.replace("_", "-").lower().split("-")
    if subtags[0] in _CHINESE:
        traditional = "hans" not in subtags and not _TRADITIONAL.isdisjoint(subtags)
        return profiles()["zh-Hant" if traditional else "zh-Hans"]
    return profiles().get(subtags[0]) or _neutral()


def _neutral() -> LanguageProfile:
    return replace(profiles()["en"], code=UNKNOWN, name="", scripts=(), stop_words=frozenset(), question_cues={})

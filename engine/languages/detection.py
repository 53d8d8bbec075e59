"""Adapters of the LanguageDetector port: by script first, then by words and n-grams or by lingua."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from engine.languages.folding import fold
from engine.languages.ngrams import ngram_model, plain_words
from engine.languages.registry import UNKNOWN, profiles
from engine.languages.scripts import SCRIPTS, dominant_script, han_language
from engine.optional import require

if TYPE_CHECKING:
    from lingua import Language
    from lingua import LanguageDetector as Lingua

__all__ = ["LinguaDetector", "ScriptDetector"]

SAMPLE = 4000  # characters of a long text that are looked at
_NAME = re.compile(r"(?<![^\W_])(?=[a-z]*[A-Z0-9])[A-Za-z0-9][A-Za-z0-9.&+-]*")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+")


class ScriptDetector:
    """Tell the language by its script and, where languages share one, by function words and n-grams.

    Product names and codes do not decide: text with nothing else in Latin letters is English, and "启用 Drift R3" is
    Chinese. Models are built at
    first use.
    """

    def detect(self, text: str) -> str:
        """Return a BCP 47 tag, or "und" for text without letters."""
        sample = _ADDRESS.sub(" ", text[:SAMPLE])
        script = dominant_script(sample)
        if script == "Latn" and not sample.isascii():
            script = dominant_script(_without_names(sample)) or script
        if script is None:
            return UNKNOWN
        if script == "Hani":
            return han_language(sample)
        languages = SCRIPTS[script].languages
        return languages[0] if len(languages) == 1 else self._choose(sample, languages)

    def _choose(self, text: str, languages: tuple[str, ...]) -> str:
        return ngram_model(languages).best(text)


class LinguaDetector(ScriptDetector):
    """Tell languages that share a script apart by lingua; heavier (about 100 MB) and better with rare languages.

    Raises Misconfigured at construction if lingua is not installed.
    """

    def __init__(self) -> None:
        self._lingua = require("lingua", "lingua")
        self._detectors: dict[tuple[str, ...], Lingua] = {}

    def _choose(self, text: str, languages: tuple[str, ...]) -> str:
        words = plain_words(text)
        if not any(word.islower() for word in words) and len(words) < 4:
            return ngram_model(languages).best(text)
        if languages not in self._detectors:
            self._detectors[languages] = self._build(languages)
        found = self._detectors[languages].detect_language_of(" ".join(words))
        return _code(found) if found else languages[0]

    def _build(self, languages: tuple[str, ...]) -> Lingua:
        chosen = [language for language in self._lingua.Language.all() if _code(language) in languages]
        built: Lingua = self._lingua.LanguageDetectorBuilder.from_languages(*chosen).build()
        return built


def _without_names(text: str) -> str:
    """Return `text` without Latin words that may be names: with capitals or digits, and no everyday word."""
    return _NAME.sub(lambda found: found[0] if fold(found[0]) in _everyday() else " ", text)


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    """Return the words that profiles of languages in Latin letters know."""
    spoken = (profile for profile in profiles().values() if "Latn" in profile.scripts)
    return frozenset().union(*(profile.stop_words | profile.common_words for profile in spoken))


def _code(language: Language) -> str:
    """Return the ISO 639-1 code; both kinds of Norwegian are "no"."""
    code = language.iso_code_639_1.name.lower()
    return "no" if code in {"nb", "nn"} else code

"""Whether a model writes in the language that it was asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.languages.detection import ScriptDetector
from engine.languages.registry import UNKNOWN, profile_for
from engine.languages.scripts import dominant_script

__all__ = ["written_in"]

SURE = 60  # letters from which languages of one script are told apart
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_HAN = re.compile("[一-鿿]")
_MIN_HAN = 12  # characters of Chinese without kana, or a Japanese sentence would have some
_MIN_WORDS = 4  # Latin words in small letters: fewer are names and codes
_SMALL_WORD = re.compile(r"(?<![\w./@-])[a-zà-ÿ]{2,}(?![\w./@-])")


def written_in(text: str, language: str) -> bool:
    """Tell whether a sentence can be in `language` (BCP 47); True where it says too little to tell.

    Chinese counts in both of its scripts. Names, codes and addresses in Latin letters may stand in any language.
    """
    wanted, script = profile_for(language), dominant_script(text)
    if wanted.code == UNKNOWN or script is None:
        return True
    code = wanted.code.partition("-")[0]
    if "Latn" in wanted.scripts:
        return script == "Latn" and (code == _detected(text) or sum(map(str.isalpha, text)) < SURE)
    if script == "Latn":
        return len(_SMALL_WORD.findall(text)) < _MIN_WORDS
    if script == "Hani":
        kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
        return (code == "zh" and kana <= 1) or (code == "ja" and (kana > 0 or han < _MIN_HAN))
    return code == _detected(text)


def _detected(text: str) -> str:
    return _detector().detect(text).partition("-")[0]


@lru_cache(maxsize=1)
def _detector() -> ScriptDetector:
    return ScriptDetector()

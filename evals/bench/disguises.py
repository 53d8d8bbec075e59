"""Ways to hide a word, for measuring whether it is found all the same; each is seeded by what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from random import Random

from engine.guard.words.phonetic import syllable
from engine.languages.folding import converted

__all__ = ["DISGUISES", "Disguise"]

Disguise = Callable[[str, Random], str | None]
"""Hides a word; None where it cannot."""

_SEPARATORS = ("*", ".", "-", "_", " ", "·", "~", "❤", "😀", "|", "/", "\u200b", "，", "^", "★")
_LEET = str.maketrans("aeios", "43105")
_LEET_OTHER = str.maketrans("aeiost", "@3!0$7")
_LOOK_ALIKES = str.maketrans("aceiopsxy", "асеіорѕху")
_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile("[A-Za-z]")


def full_width(word: str, _: Random) -> str | None:
    """Write Latin letters at full width."""
    return (
        "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)
        if _LATIN.search(word)
        else None
    )


def traditional(word: str, _: Random) -> str | None:
    """Write Han in traditional characters."""
    other = converted(word, "s2t")
    return other if other != word else None


def inserted(word: str, random: Random) -> str | None:
    """Put a sign, a space or an emoji between two characters, or between all."""
    if len(word) < 2:
        return None
    separator = random.choice(_SEPARATORS)
    if _LATIN.search(word) and separator in {" ", "，"}:
        return separator.join(word.replace(" ", "")) if separator == " " else None
    if random.random() < 0.5:
        return separator.join(word)
    at = random.randrange(1, len(word))
    return f"{word[:at]}{separator}{word[at:]}"


def homophone(word: str, random: Random) -> str | None:
    """Write one Han character, or all, by another common one of the same sound."""
    places = [at for at, char in enumerate(word) if _HAN.match(char) and _alike(char)]
    if len(word) < 2 or not places or not all(map(_HAN.match, word)):
        return None
    chosen = set(places) if random.random() < 0.3 else {random.choice(places)}
    return "".join(random.choice(_alike(char)) if at in chosen else char for at, char in enumerate(word))


def leetspeak(word: str, random: Random) -> str | None:
    """Write digits and signs for letters."""
    other = word.translate(random.choice((_LEET, _LEET_OTHER)))
    return other if other != word and _LATIN.search(word) else None


def look_alike(word: str, random: Random) -> str | None:
    """Write Cyrillic letters for Latin ones."""
    letters = [at for at, char in enumerate(word) if char.translate(_LOOK_ALIKES) != char]
    if not letters:
        return None
    chosen = set(random.sample(letters, max(1, len(letters) // 2)))
    return "".join(char.translate(_LOOK_ALIKES) if at in chosen else char for at, char in enumerate(word))


def masked(word: str, random: Random) -> str | None:
    """Put an asterisk for a character inside a longer word."""
    if " " in word or len(word) < (3 if _HAN.match(word) else 4) or not (_HAN.fullmatch(word[0]) or word.isascii()):
        return None
    at = random.randrange(1, len(word) - 1)
    return f"{word[:at]}*{word[at + 1 :]}"


DISGUISES: Mapping[str, Disguise] = {
    "full width": full_width,
    "traditional": traditional,
    "inserted": inserted,
    "homophone": homophone,
    "leetspeak": leetspeak,
    "look-alike": look_alike,
    "masked": masked,
}


@lru_cache(maxsize=1024)
def _alike(char: str) -> str:
    """Return the other characters of the 3,755 commonest (GB 2312, level 1) that sound the same."""
    return "".join(other for other in _by_sound().get(syllable(char), "") if other != char)


@lru_cache(maxsize=1)
def _by_sound() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                char = bytes((high, low)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            found[syllable(char)] = found.get(syllable(char), "") + char
    return found

"""Make the table of Mandarin readings anew: `python -m evals.fit_readings`, with pypinyin (MIT) installed."""

from __future__ import annotations

import unicodedata

import numpy as np

from engine.guard.words.phonetic import READINGS

__all__ = ["main", "readings"]

_FIRST, _AFTER, _KEPT = 0x4E00, 0xA000, 2
_TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}


def readings() -> list[tuple[str, ...]]:
    """Return up to two readings without tones of each character of U+4E00-9FFF, commonest first."""
    from pypinyin.pinyin_dict import pinyin_dict

    def bare(sound: str) -> str:
        letters = (char for char in unicodedata.normalize("NFD", sound) if char not in _TONES)
        return unicodedata.normalize("NFC", "".join(letters)).replace("ü", "v").replace("ê", "e")

    def of(code: int) -> tuple[str, ...]:
        sounds = (bare(sound) for sound in pinyin_dict.get(code, "").split(","))
        return tuple(dict.fromkeys(sound for sound in sounds if sound.isascii() and sound.isalpha()))[:_KEPT]

    return [of(code) for code in range(_FIRST, _AFTER)]


def main() -> None:
    """Write the table."""
    found = readings()
    syllables = ["", *sorted({sound for sounds in found for sound in sounds})]
    number = {sound: at for at, sound in enumerate(syllables)}
    table = np.zeros((len(found), _KEPT), dtype=np.uint16)
    for row, sounds in enumerate(found):
        table[row, : len(sounds)] = [number[sound] for sound in sounds]
    np.savez_compressed(READINGS, syllables=np.array(",".join(syllables)), readings=table)


if __name__ == "__main__":
    main()

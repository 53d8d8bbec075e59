"""Repair text that was read in the wrong encoding and saved again."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Repair", "repair"]

_REPAIRED = "Text that had been saved in a wrong encoding was repaired."
_GARBLED = "Some of the text looks as if it had been saved in a wrong encoding."
_LONGEST_LINE = 20_000  # characters; longer lines are judged in parts of that length


@dataclass(frozen=True, slots=True)
class Repair:
    """A text, and what was done to it or is wrong with it; no warnings means that it was not touched."""

    text: str
    warnings: tuple[str, ...] = ()


def repair(text: str) -> Repair:
    """Return `text` with the lines repaired that are UTF-8 read as Latin-1, Windows-1252 or the like.

    Only lines that ftfy's table of impossible character pairs calls garbled are touched, and only if nothing in them
    is garbled afterwards; the others are reported.
    """
    if text.isascii():
        return Repair(text)
    from ftfy.badness import is_bad

    repaired = garbled = False
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if line.isascii() or not is_bad(line[:_LONGEST_LINE]):
            continue
        fixed = _fixed(line)
        if fixed != line and not is_bad(fixed):
            lines[at], repaired = fixed, True
        else:
            garbled = True
    warnings = (*((_REPAIRED,) if repaired else ()), *((_GARBLED,) if garbled else ()))
    return Repair("\n".join(lines), warnings) if warnings else Repair(text)


def _fixed(line: str) -> str:
    from ftfy import TextFixerConfig, fix_encoding

    # Whole lines or nothing: otherwise a lone A with tilde before a space counts as half a letter.
    cautious = TextFixerConfig(restore_byte_a0=False, decode_inconsistent_utf8=False)
    parts = (line[start : start + _LONGEST_LINE] for start in range(0, len(line), _LONGEST_LINE))
    return "".join(fix_encoding(part, cautious) for part in parts)

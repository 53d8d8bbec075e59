"""What a sample of a format is, and the text that most of them hold."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CLEAN", "DIRTY", "HEADING", "ITEMS", "TEXT", "WHOLE", "Sample"]

HEADING, TEXT, ITEMS = "Descaling", "Descale it every two months.", ("Empty the tank.", "Boil it once.")
WHOLE = f"{HEADING}\n\n{TEXT}\n\n1. {ITEMS[0]}\n2. {ITEMS[1]}"
DIRTY = "Caf\u0065\u0301 \u202eau\u202c lait\u200b,\u00a0hot\x07."
CLEAN = "Café au lait, hot."


@dataclass(frozen=True)
class Sample:
    """One document in a format; `dirty` holds DIRTY, `blank` no text.

    `text` is what `data` reads as, `clean` what `dirty` reads as; `warns`: whether a warning says so.
    """

    name: str
    data: bytes
    dirty: bytes
    blank: bytes
    text: str = WHOLE
    title: str = HEADING
    clean: str = CLEAN
    warns: bool = True

"""Seeded Markdown files of which no two paragraphs are the same."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["write_corpus"]

_THINGS = ("kettle", "toaster", "vacuum", "blender", "lamp", "heater", "scale", "fan", "iron", "grill")
_PARTS = ("lid", "filter", "cable", "button", "display", "base", "handle", "sensor", "hinge", "switch")
_ACTS = ("clean", "replace", "press", "check", "unplug", "return", "order", "tighten", "dry", "register")


def write_corpus(folder: Path, *, files: int, seed: int) -> None:
    """Write so many files of three to six sections, the same ones for the same seed."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for number in range(files):
        thing = chance.choice(_THINGS)
        sections = "\n\n".join(_section(chance, number, part) for part in range(chance.randint(3, 6)))
        text = f"# The {thing} {number}\n\n{sections}\n"
        (folder / f"{number:05}.md").write_text(text, encoding="utf-8")


def _section(chance: random.Random, number: int, part: int) -> str:
    sentences = (
        f"To {chance.choice(_ACTS)} the {chance.choice(_PARTS)}, {chance.choice(_ACTS)} the {chance.choice(_PARTS)} "
        f"and wait {chance.randint(2, 90)} seconds; the code is {number}-{part}-{chance.randint(1000, 9999)}."
        for _ in range(chance.randint(4, 9))
    )
    return f"## {chance.choice(_ACTS).capitalize()} step {part}\n\n{' '.join(sentences)}"

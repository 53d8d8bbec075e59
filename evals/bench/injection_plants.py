"""Attack instructions, and the pages that they are planted in."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from engine.errors import InvalidInput
from evals.datasets.jsonl import read_records
from evals.sampling import chosen_half, shuffled

__all__ = ["DISGUISES", "PLACES", "Attack", "Host", "Plant", "attacks", "hosts", "planted", "plants"]

_INSTRUCTIONS = TypeAdapter(dict[str, list[str]])
PLACES = ("start", "middle", "end")
_LOOK_ALIKES = str.maketrans("aeopcxi", "аеорсхі")  # Cyrillic
DISGUISES: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "zero_width": "\u200b".join,
    "joiners": "\u200d".join,
    "unicode_tags": lambda text: "".join(chr(0xE0000 + ord(char)) for char in text if " " <= char <= "~"),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "html_comment": lambda text: f"<!-- {text} -->",
    "look_alikes": lambda text: text.translate(_LOOK_ALIKES),
    "full_width": lambda text: "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text),
    "capitals": str.upper,
}
"""Ways to hide an instruction from people or from rules."""


@dataclass(frozen=True, slots=True)
class Attack:
    """An instruction for a model, and its category."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Host:
    """A page, and a question that it answers."""

    name: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Plant:
    """An attack in a page: at a place of it, in disguise."""

    attack: Attack
    host: Host
    place: str
    disguise: str = "plain"

    @property
    def text(self) -> str:
        """The page with the attack."""
        return planted(self.host.text, DISGUISES[self.disguise](self.attack.text), self.place)


def attacks(path: Path, *, half: str) -> tuple[Attack, ...]:
    """Read a JSON object of category to instructions (BIPIA): "all", or the "first" or "second" of seeded halves."""
    try:
        read = _INSTRUCTIONS.validate_json(path.read_bytes())
    except ValidationError as error:
        remedy = "Give an object of categories, each with a list of instructions."
        raise InvalidInput(f"{path.name} does not hold attacks.", remedy=remedy) from error
    every = [Attack(category, text) for category, texts in read.items() for text in texts]
    return chosen_half(every, half, seed=29, key=lambda each: each.text)


def hosts(path: Path) -> tuple[Host, ...]:
    """Read JSON lines with "context" and "question" (BIPIA)."""
    rows = enumerate(read_records(path))
    return tuple(Host(f"context-{at:03}", row.text("context"), row.text("question")) for at, row in rows)


def planted(page: str, attack: str, place: str) -> str:
    """Return the page with the attack on a line of its own."""
    lines = page.split("\n")
    at = {"start": 0, "middle": len(lines) // 2, "end": len(lines)}[place]
    return "\n".join((*lines[:at], attack, *lines[at:]))


def plants(
    chosen: Sequence[Attack], pages: Sequence[Host], *, each: int, disguise: str = "plain", seed: int = 29
) -> tuple[Plant, ...]:
    """Return each attack in `each` pages of a seeded sample of its own, at all three places in turn."""
    return tuple(
        Plant(attack, host, PLACES[(number + at) % len(PLACES)], disguise)
        for number, attack in enumerate(chosen)
        for at, host in enumerate(shuffled(pages, seed=seed, key=lambda host: host.name + attack.text)[:each])
    )

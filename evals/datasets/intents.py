"""Read public sets of intents: banking77 and clinc150."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InvalidInput
from evals.datasets.jsonl import read_records
from evals.sampling import shuffled

__all__ = ["IntentSet", "Message", "few", "load_banking", "load_intents", "tuning_split"]

SEED = 13
HELD_OUT = 5  # one part in so many


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the intent that it is labelled with."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class IntentSet:
    """What a classifier learns from, what it is measured on, and messages of no intent to measure on."""

    name: str
    train: tuple[Message, ...]
    held_out: tuple[Message, ...]
    outside: tuple[Message, ...] = ()


def load_intents(folder: Path) -> tuple[IntentSet, ...]:
    """Read banking77, a seeded fifth of its training file held out, and clinc150 with its validation file."""
    banking = load_banking(folder / "banking77.train.csv")
    fifth = len(banking) // HELD_OUT
    clinc = [_lines(folder / f"clinc150.{part}.jsonl") for part in ("train", "val", "oos_val")]
    return IntentSet("banking77", banking[fifth:], banking[:fifth]), IntentSet("clinc150", *clinc)


def tuning_split(of: IntentSet) -> IntentSet:
    """Return a set made of the training part alone, a seeded fifth of it held out."""
    order = shuffled(of.train, seed=SEED + 1, key=lambda each: each.text)
    fifth = len(order) // HELD_OUT
    return IntentSet(of.name, order[fifth:], order[:fifth])


def few(messages: Sequence[Message], most: int) -> tuple[Message, ...]:
    """Return at most so many seeded examples an intent; all if `most` is 0."""
    order = shuffled(messages, seed=SEED + 2, key=lambda each: each.text)
    counts: dict[str, int] = {}
    kept = []
    for message in order:
        counts[message.intent] = counts.get(message.intent, 0) + 1
        if not most or counts[message.intent] <= most:
            kept.append(message)
    return tuple(kept)


def load_banking(path: Path) -> tuple[Message, ...]:
    """Return the rows in a seeded order; the first fifth is what is held out."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        messages = [Message(row["text"].strip(), row["category"]) for row in rows]
    except (OSError, KeyError) as error:
        raise InvalidInput(
            f"{path.name} is missing or has no columns text and category.", remedy="Check the folder."
        ) from error
    order = shuffled(range(len(messages)), seed=SEED, key=lambda at: f"{at}:{rows[at]['text']}")
    return tuple(messages[at] for at in order)


def _lines(path: Path) -> tuple[Message, ...]:
    return tuple(Message(row.text("text"), row.text("intent")) for row in read_records(path))

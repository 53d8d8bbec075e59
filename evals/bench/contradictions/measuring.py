"""Measure how many planted contradictions are found, and how much of what is found was planted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.domain.conflict import ConflictSide
from engine.domain.upkeep import Contradiction
from evals.bench.contradictions.generating import Stated, World

__all__ = ["ContradictionScores", "measure", "truth_of"]


@dataclass(frozen=True, slots=True)
class ContradictionScores:
    """Counts of planted contradictions, of those found, and of all that was found; with what was found wrongly."""

    planted: int
    recalled: int
    found: int
    right: int
    wrong: tuple[Contradiction, ...]
    missed: tuple[tuple[Stated, Stated], ...]

    @property
    def recall(self) -> float:
        """Share of the planted contradictions that were found."""
        return self.recalled / self.planted if self.planted else 0.0

    @property
    def precision(self) -> float:
        """Share of what was found that was planted."""
        return self.right / self.found if self.found else 0.0

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "planted": self.planted,
            "found": self.found,
            "recall": round(self.recall, 4),
            "precision": round(self.precision, 4),
        }


def measure(world: World, found: Sequence[Contradiction]) -> ContradictionScores:
    """Compare what was found with what is planted."""
    truth = world.contradictions
    told = [truth_of(world, (each.one, each.other)) for each in found]
    right = [pair is not None and pair[0].contradicts(pair[1]) for pair in told]
    recalled = {_key(*pair) for pair in told if pair is not None}
    missed = tuple(pair for pair in truth if _key(*pair) not in recalled)
    wrong = tuple(each for each, is_right in zip(found, right, strict=True) if not is_right)
    return ContradictionScores(len(truth), len(truth) - len(missed), len(found), sum(right), wrong, missed)


def truth_of(world: World, sides: Iterable[ConflictSide]) -> tuple[Stated, Stated] | None:
    """Return what two quotes state; None if one of them states nothing."""
    stated = [_stated(world, each) for each in sides]
    one, other = stated
    return (one, other) if one and other else None


def _stated(world: World, where: ConflictSide) -> Stated | None:
    here = [each for each in world.stated if each.path == where.uri]
    quote = where.quote.strip()
    exact = [each for each in here if each.sentence == quote]
    parts = [each for each in here if quote in each.sentence or each.sentence in quote]
    return next(iter((*exact, *parts)), None)


def _key(one: Stated, other: Stated) -> frozenset[tuple[str, str]]:
    return frozenset({(one.path, one.sentence), (other.path, other.sentence)})

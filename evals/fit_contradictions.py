"""Fit what tells whether two statements speak of the same: `python -m evals.fit_contradictions`.

Prints the constants of `engine.insights.contradictions`, fitted on generated pages in the wordings for development and
on the English pages of the sample, where nothing contradicts itself.
`knowdesk bench contradictions` measures with the other wordings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from rich.console import Console

from engine.insights.contradictions import Pair, Signals, pairs, side
from engine.insights.reviewing import compared
from evals.bench.contradictions.generating import DEVELOPMENT, World, generated
from evals.bench.contradictions.knowledge import AS_OF, KNOWLEDGE_BASE, ingested, sample_knowledge
from evals.bench.contradictions.measuring import truth_of

__all__ = ["Example", "examples", "fitted", "main"]

SEEDS = (1, 11)
CLEAN = "en/"  # pages of the sample in which nothing contradicts itself; those in other languages are reported


@dataclass(frozen=True, slots=True)
class Example:
    """The signals of a pair, and whether it contradicts itself."""

    signals: Signals
    right: bool


def examples(world: World) -> Iterator[Example]:
    """Yield the pairs of statements of a world that give different values."""
    with ingested(world) as engine:
        statements, siblings = compared(engine, KNOWLEDGE_BASE, date.today())
        for pair in pairs(statements, siblings, engine.parts.embedder, engine.parts.reranker):
            yield Example(pair.signals, _is_right(world, pair))


def clean_examples() -> Iterator[Example]:
    """Yield the pairs of the sample of which one page is English."""
    with sample_knowledge() as engine:
        statements, siblings = compared(engine, KNOWLEDGE_BASE, AS_OF)
        for pair in pairs(statements, siblings, engine.parts.embedder, engine.parts.reranker):
            if any(side(each).uri.startswith(CLEAN) for each in (pair.one, pair.other)):
                yield Example(pair.signals, right=False)


def fitted(known: list[Example], *, related: bool) -> list[float]:
    """Return intercept and weights of a logistic regression over the pairs in the same language, or in two."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    chosen = [each for each in known if each.signals.related is related]
    model = LogisticRegression(max_iter=5000)
    model.fit(np.array([each.signals.vector for each in chosen]), np.array([each.right for each in chosen]))
    return [round(float(value), 2) for value in (*model.intercept_, *model.coef_[0])]


def main() -> None:
    """Print the constants."""
    known = [*clean_examples(), *(each for seed in SEEDS for each in examples(generated(seed, DEVELOPMENT)))]
    for name, related in (("_SAME_LANGUAGE", True), ("_OTHER_LANGUAGE", False)):
        Console().print(f"{name} = {tuple(fitted(known, related=related))}")


def _is_right(world: World, pair: Pair) -> bool:
    told = truth_of(world, (side(pair.one), side(pair.other)))
    return told is not None and told[0].contradicts(told[1])


if __name__ == "__main__":
    main()

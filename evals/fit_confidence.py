"""Fit the coefficients of `engine.answering.confidence` on BEIR folders with answers.

    python -m evals.fit_confidence FOLDER... [--cache DIR]

Every question is asked over the whole corpus; for a seeded half of them the passages that hold the answer are left
out of what was found. The model learns to tell the halves apart. Report figures on other folders than these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from engine.answering.confidence import PASSAGES, Signals, signals
from engine.answering.extract import extract
from engine.domain.search import Passage, SearchResult
from evals.datasets.beir import BeirDataset, load_beir
from evals.engine_system import engine_system
from evals.index import fill, index_folder
from evals.metrics import auroc
from evals.sampling import halves
from evals.subject import Subject

__all__ = ["examples", "fitted", "main"]

SEED = 13
DEPTH = 60  # passages found, so that enough are left when those with the answer are taken away


def examples(subject: Subject, dataset: BeirDataset) -> Iterator[tuple[Signals, bool]]:
    """Yield for each question the signals and whether the passage with the answer was left in."""
    present, _ = halves(dataset.queries, seed=SEED, key=lambda query: query.id)
    kept = {query.id for query in present}
    for query in filter(lambda each: each.text.strip(), dataset.queries):
        found = subject.search(query.text, limit=DEPTH)
        shown = tuple(p for p in found.passages if query.id in kept or p.uri not in query.relevant)
        yield _measured(found, shown[:PASSAGES]), query.id in kept


def _measured(found: SearchResult, passages: tuple[Passage, ...]) -> Signals:
    coverage = extract(found.query, found.language, passages).coverage
    return signals(found.query, found.language, passages, sentence_coverage=coverage)


def fitted(rows: list[Signals], labels: list[bool]) -> tuple[float, Signals]:
    """Return intercept and coefficients of a logistic regression (L2, C = 1) with non-negative coefficients."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    values, active = np.array([astuple(row) for row in rows]), np.ones(len(fields(Signals)), dtype=bool)
    while True:
        model = LogisticRegression(max_iter=1000).fit(values[:, active], labels)
        negative = model.coef_[0] < 0
        if not negative.any():
            break
        active[np.flatnonzero(active)[negative]] = False  # a signal must not speak against itself
    coefficients = np.zeros(len(active))
    coefficients[active] = model.coef_[0]
    return round(float(model.intercept_[0]), 3), Signals(*(round(float(value), 3) for value in coefficients))


def main(
    folders: Annotated[list[Path], typer.Argument(help="BEIR folders, each as FOLDER or FOLDER:SPLIT.")],
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")] = None,
) -> None:
    """Print the fitted coefficients and, for each folder, how well they tell the halves apart."""
    console, system = Console(), engine_system()
    found: dict[str, list[tuple[Signals, bool]]] = {}
    for each in folders:
        folder, _, split = str(each).partition(":")
        dataset = load_beir(Path(folder), split or None)
        with index_folder(system, dataset, cache) as place, system.open(place) as subject:
            for _ in track(fill(subject, dataset, place), "Indexing", total=len(dataset.corpus), console=console):
                pass
            found[str(each)] = list(track(examples(subject, dataset), "Asking", total=len(dataset.queries)))
    rows = [row for some in found.values() for row, _ in some]
    labels = [label for some in found.values() for _, label in some]
    intercept, coefficients = fitted(rows, labels)
    console.print(f"INTERCEPT = {intercept}\nCOEFFICIENTS = {coefficients}")
    for name, some in found.items():
        logits = [float(np.dot(astuple(coefficients), astuple(row))) for row, _ in some]
        console.print(f"{name}: AUROC {auroc(logits, [label for _, label in some]):.3f} over {len(some)} questions")


if __name__ == "__main__":
    typer.run(main)

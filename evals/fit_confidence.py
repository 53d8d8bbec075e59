"""Fit the coefficients of `engine.answering.confidence` on BEIR folders with answers.

    python -m evals.fit_confidence FOLDER... [--cache DIR]

Each question is taken twice: with what is found over the whole corpus, and with the passages that hold its answer left
out. The model learns to tell the two apart on a seeded half of each folder's questions; the other half is measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from evals.datasets.beir import Query, load_beir
from evals.engine_system import engine_system
from evals.index import fill, index_folder
from evals.metrics import auroc
from evals.sampling import halves
from evals.subject import Subject, System

__all__ = ["examples", "fitted", "main"]

Examples = list[tuple[Signals, bool]]

SEED = 13
DEPTH = 60  # passages found, so that enough are left when those with the answer are taken away


def examples(subject: Subject, queries: Sequence[Query]) -> Iterator[tuple[Signals, bool]]:
    """Yield for each question the signals with the passages that hold the answer, and those without."""
    for query in filter(lambda each: each.text.strip(), queries):
        found = subject.search(query.text, limit=DEPTH)
        without = tuple(p for p in found.passages if p.uri not in query.relevant)
        yield _measured(found, found.passages[:PASSAGES]), any(p.uri in query.relevant for p in found.passages)
        yield _measured(found, without[:PASSAGES]), False


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
    halves_of = {str(folder): _halves(folder, cache, system, console) for folder in folders}
    rows = [row for fit, _ in halves_of.values() for row, _ in fit]
    labels = [label for fit, _ in halves_of.values() for _, label in fit]
    intercept, coefficients = fitted(rows, labels)
    console.print(f"INTERCEPT = {intercept}\nCOEFFICIENTS = {coefficients}")
    for name, (_, held_out) in halves_of.items():
        logits = [float(np.dot(astuple(coefficients), astuple(row))) for row, _ in held_out]
        value = auroc(logits, [label for _, label in held_out])
        console.print(f"{name}: AUROC {value:.3f} on the half that was not fitted, {len(held_out)} examples")


def _halves(folder: Path, cache: Path | None, system: System, console: Console) -> tuple[Examples, Examples]:
    place, _, split = str(folder).partition(":")
    dataset = load_beir(Path(place), split or None)
    with index_folder(system, dataset, cache) as data, system.open(data) as subject:
        for _ in track(fill(subject, dataset, data), "Indexing", total=len(dataset.corpus), console=console):
            pass
        first, second = halves(dataset.queries, seed=SEED, key=lambda query: query.id)
        return list(examples(subject, first)), list(examples(subject, second))


if __name__ == "__main__":
    typer.run(main)

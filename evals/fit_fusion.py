"""Fit the weights of `engine.retrieval.fusion` on BEIR folders.

    python -m evals.fit_fusion FOLDER:SPLIT... [--cache DIR] [--fit]

Prints MRR@10 of the dense retriever alone, of BM25 alone, of the reranker alone, and of all together. With `--fit`,
weights are searched on a seeded half of each folder's queries, for each kinship of languages apart, and the other half
is what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.languages.kinship import Kinship
from engine.retrieval.fusion import FusionWeights
from evals.datasets.beir import fitting_halves, load_beir
from evals.engine_system import engine_system
from evals.fused_cells import Cell, Weights, collect
from evals.index import fill, index_folder
from evals.subject import System

__all__ = ["fitted", "main"]

COSINE = 40.0  # the weight of a cosine, the same for all kinships; only the others' shares are searched
CONTEXT = (0.1, 0.2, 0.3, 0.5, 0.83, 1.3, 2.0, 3.0, 4.0, 5.0)
CHUNK = 1 / 3  # weight of a chunk's own terms beside its context's: these folders have few contexts of several chunks
LATE = (0.0, 20.0, 40.0, 66.0, 80.0, 100.0, 120.0)
VECTORS, BM25, TOKENS = (0.0, 0.0, 1.0, 0.0), (CHUNK, 1.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)


def fitted(cells: Sequence[Cell], same_language: float) -> Weights:
    """Return the weights on the grid with the highest mean MRR@10 over the cells; that of the cosine is given."""
    grid = [(CHUNK * context, context, COSINE, late) for context, late in product(CONTEXT, LATE)]
    return max(grid, key=lambda weights: sum(cell.mrr(weights, same_language) for cell in cells))


def main(
    folders: Annotated[list[str], typer.Argument(help="BEIR folders, each as FOLDER or FOLDER:SPLIT.")],
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")] = None,
    fit: Annotated[bool, typer.Option("--fit", help="Search for weights; without, the engine's own are used.")] = False,
) -> None:
    """Print the weights and what each retriever reaches alone and together."""
    console, system, bonus = Console(), engine_system(), FusionWeights().same_language
    pairs = [_cells(folder, cache, system) for folder in folders]
    chosen = {kind: _shipped(kind) for kind in Kinship}
    if fit:
        for kind in Kinship:
            same = [first for first, _ in pairs if first.kinship is kind]
            chosen[kind] = fitted(same, bonus) if same else chosen[kind]
            console.print(f"{kind}: sparse, context, dense, late = {chosen[kind]}")
    for first, second in pairs:
        weights = chosen[second.kinship]
        measured = [second] if fit else [first, second]
        alone = [_mean(measured, each, bonus) for each in (VECTORS, BM25, TOKENS, weights)]
        console.print(f"{second.name} [{second.kinship}]: " + "  ".join(f"{value:.3f}" for value in alone))


def _mean(cells: Sequence[Cell], weights: Weights, bonus: float) -> float:
    total = sum(len(cell.found) for cell in cells)
    return sum(cell.mrr(weights, bonus) * len(cell.found) for cell in cells) / max(1, total)


def _shipped(kind: Kinship) -> Weights:
    weights = getattr(FusionWeights(), kind)
    return weights.sparse, weights.context, weights.dense, weights.late


def _cells(folder: str, cache: Path | None, system: System) -> tuple[Cell, Cell]:
    place, _, split = folder.partition(":")
    dataset = load_beir(Path(place), split or None)
    with index_folder(system, dataset, cache) as data, system.open(data) as subject:
        for _ in fill(subject, dataset, data):
            pass
        first, second = fitting_halves(dataset)
        name = f"{Path(place).name}:{split}"
        return collect(subject, name, first), collect(subject, name, second)


if __name__ == "__main__":
    typer.run(main)

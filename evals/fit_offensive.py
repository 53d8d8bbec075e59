"""Fit the model of `engine.guard.offensive`.

    python -m evals.fit_offensive offensive.zh.jsonl workfront.jsonl.gz

Logistic regression on one seeded half of COLDataset (Apache-2.0; Deng et al., EMNLP 2022) and on a thousand segments of
product documentation (Adobe, MIT), which are no abuse whatever they speak of. The other half is measured. What is kept
are 16,384 whole numbers, of which no text can be made again.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from engine.guard.offensive import BITS, MODEL, offensiveness, term_weights
from evals.datasets.jsonl import read_records
from evals.metrics.macro_f1 import macro_f1
from evals.sampling import halves, shuffled

__all__ = ["SEED", "Labelled", "fit", "labelled", "main"]

SEED = 29
C = 10.0  # inverse strength of the penalty; from 3 to 30 the figures differ by .01
HARMLESS = 1000  # segments of documentation
HARMLESS_WEIGHT = 0.3  # of one of them against a labelled text

Labelled = tuple[str, bool]


def labelled(path: Path) -> tuple[tuple[Labelled, ...], tuple[Labelled, ...]]:
    """Return the half to fit and the half to report of a file with "text" and "label" (1: abusive)."""
    rows = [(row.text("text"), row.values.get("label") == 1) for row in read_records(path)]
    return halves(rows, seed=SEED, key=lambda row: row[0])


def harmless(path: Path) -> tuple[str, ...]:
    """Return Chinese segments of documentation, a seeded sample."""
    return shuffled(set(_segments(path)), seed=SEED, key=str)[:HARMLESS]


def _segments(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, str] = json.loads(line)
            yield from (row[tag] for tag in ("zh-Hans", "zh-Hant") if row.get(tag))


def fit(texts: Sequence[Labelled], others: Sequence[str]) -> tuple[NDArray[np.float64], float]:
    """Return the weights of all terms and the intercept."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    every = [*(text for text, _ in texts), *others]
    rows = [term_weights(text) for text in every]
    starts = np.cumsum([0, *(len(terms) for terms, _ in rows)])
    cells = (np.concatenate([shares for _, shares in rows]), np.concatenate([terms for terms, _ in rows]), starts)
    model = LogisticRegression(C=C, max_iter=3000)
    labels = np.array([*(label for _, label in texts), *(False for _ in others)])
    importance = np.array([*(1.0 for _ in texts), *(HARMLESS_WEIGHT for _ in others)])
    model.fit(csr_matrix(cells, shape=(len(every), 1 << BITS)), labels, sample_weight=importance)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


def main(
    file: Annotated[Path, typer.Argument(help='JSON lines with "text" and "label" of COLDataset.')],
    documentation: Annotated[Path, typer.Argument(help='Gzipped JSON lines with "zh-Hans" and "zh-Hant".')],
) -> None:
    """Fit on one half, write the model, report the other half."""
    fitting, reporting = labelled(file)
    weights, intercept = fit(fitting, harmless(documentation))
    scale = float(np.abs(weights).max()) / 127
    np.savez_compressed(
        MODEL, weights=np.round(weights / scale).astype(np.int8), scale=np.array(scale), intercept=np.array(intercept)
    )
    found = [offensiveness(text) >= 0.5 for text, _ in reporting]
    Console().print(f"macro-F1 {macro_f1([label for _, label in reporting], found):.3f} on {len(reporting)} texts")


if __name__ == "__main__":
    typer.run(main)

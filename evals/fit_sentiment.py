"""Fit the weights of `engine.assist.sentiment` on the development half of the golden messages.

    python -m evals.fit_sentiment [--write]

Prints what five-fold cross-validation reaches for several penalties and weights of the vector; messages that were
written together stay in one fold. `knowdesk bench sentiment` measures the half that nothing was fitted on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console

from engine.assist.sentiment.cues import read_cues
from engine.assist.sentiment.model import EMOTIONS, LEVELS, VECTOR_SCALE, WEIGHTS_FILE, Weights, mood_of
from engine.embedding.static import StaticEmbedder
from evals.bench.sentiment import SentimentScores, scored
from evals.datasets.sentiment import GoldenMood, load_moods

__all__ = ["cross_validated", "fitted", "main"]

PENALTY = 1.0  # C of scikit-learn
FOLDS = 5
SCALES = (0.0, 0.7, 1.0)


def fitted(moods: Sequence[GoldenMood], *, penalty: float = PENALTY, scale: float = VECTOR_SCALE) -> Weights:
    """Return the weights of two softmax regressions (L2), rounded as they are kept."""
    encoder = StaticEmbedder()
    values = _values(moods, encoder, scale)
    levels = _softmax_regression(values, [str(each.level) for each in moods], [str(level) for level in LEVELS], penalty)
    emotions = _softmax_regression(values, [each.emotion for each in moods], [str(each) for each in EMOTIONS], penalty)
    return Weights(levels, emotions, encoder.info.revision)


def cross_validated(moods: Sequence[GoldenMood], *, penalty: float, scale: float) -> SentimentScores:
    """Return what is reached on messages that were left out of the fit."""
    encoder = StaticEmbedder()
    folds = _folds(moods)
    found = {}
    for fold in range(FOLDS):
        weights = fitted([m for m, f in zip(moods, folds, strict=True) if f != fold], penalty=penalty, scale=scale)
        for mood in (m for m, f in zip(moods, folds, strict=True) if f == fold):
            vector = encoder.embed_query(mood.text) * np.float32(scale / VECTOR_SCALE)
            found[mood.id] = mood_of(read_cues(mood.text, mood.language), vector, weights=weights)
    return scored(moods, [found[mood.id] for mood in moods])


def _values(moods: Sequence[GoldenMood], encoder: StaticEmbedder, scale: float) -> NDArray[np.float64]:
    cues = np.array([read_cues(mood.text, mood.language).features for mood in moods])
    return np.hstack([cues, scale * encoder.embed_passages([mood.text for mood in moods])])


def _softmax_regression(
    values: NDArray[np.float64], labels: Sequence[str], classes: Sequence[str], penalty: float
) -> NDArray[np.float64]:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    model = LogisticRegression(C=penalty, max_iter=3000).fit(values, list(labels))
    rows = {name: at for at, name in enumerate(model.classes_)}
    order = [rows[name] for name in classes]
    return np.round(np.hstack([model.coef_, model.intercept_[:, None]])[order], 3)


def _folds(moods: Sequence[GoldenMood]) -> list[int]:
    """Return the fold of each message; tenths of a file of one language stay together, as do those on one matter."""
    counts: dict[str, int] = {}
    for mood in moods:
        counts[mood.language] = counts.get(mood.language, 0) + 1
    seen: dict[str, int] = {}
    folds = []
    for mood in moods:
        at = seen[mood.language] = seen.get(mood.language, -1) + 1
        folds.append(10 * at // counts[mood.language] % FOLDS)
    return folds


def main(
    write: Annotated[bool, typer.Option("--write", help="Write the weights into the engine.")] = False,
) -> None:
    """Print the cross-validation, and write the weights if asked to."""
    console, moods = Console(), load_moods("development")
    for scale in SCALES:
        for penalty in (0.3, PENALTY, 3.0):
            found = cross_validated(moods, penalty=penalty, scale=scale)
            console.print(f"vector {scale}, C {penalty}: {found.summary()}", soft_wrap=True)
    if write:
        weights = fitted(moods)
        kept = {"levels": weights.levels.tolist(), "emotions": weights.emotions.tolist(), "encoder": weights.encoder}
        WEIGHTS_FILE.write_text(json.dumps(kept).replace("], [", "],\n["), encoding="utf-8")
        console.print(f"Written: {WEIGHTS_FILE.name}")


if __name__ == "__main__":
    typer.run(main)

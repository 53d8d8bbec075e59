"""Fit the weights of `engine.answering.sentence_features` on BEIR folders with answers.

    python -m evals.fit_extraction FOLDER... [--cache DIR] [--limit N] [--golden]

The sentences of the passages found for a question compete; those that hold the gold answer, or are a part of it, should
win (a conditional logit: the softmax over a question's sentences, every folder counting alike). Fitted on a seeded half
of each folder's questions, measured on the other half. `--golden` adds the sample's golden questions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from engine.answering.compose import pieces
from engine.answering.evidence import candidate_sentences
from engine.answering.extract import ExtractOptions, extract
from engine.answering.sentence_features import SentenceFeatures, judged
from engine.domain.search import SearchResult
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.retrieval.standalone import standalone_query
from evals.datasets.beir import FITTING_SEED, Query, fitting_halves, load_beir, sampled
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.engine_system import engine_system
from evals.index import fill, index_folder
from evals.metrics import contains
from evals.metrics.normalize import normalize
from evals.sampling import halves
from evals.subject import Subject, System

__all__ = ["Competition", "Found", "Measured", "competition", "fitted", "main", "measured"]

RERANKER = LateInteraction(StaticEmbedder())
DEPTH = 3  # passages that sentences are taken from
PART_CHARS = 4  # a sentence shorter than that is no part of a gold answer
RIDGE = 0.3  # on the weights of standardised features


@dataclass(frozen=True, slots=True)
class Found:
    """A question's gold answers and what was found for it."""

    answers: Sequence[str]
    result: SearchResult


@dataclass(frozen=True, slots=True)
class Competition:
    """The sentences for one question, features of shape (sentences, features), and what the question counts."""

    features: NDArray[np.float64]
    winners: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Share of the answers that hold a gold answer, the mean number of their quotes and of their characters."""

    containment: float
    quotes: float
    characters: float


def competition(found: Found) -> Competition | None:
    """Return the competition for a question; None where nobody can win, or nobody can lose."""
    result = found.result
    passages = result.passages[:DEPTH]
    candidates = candidate_sentences(passages)
    judgements = judged(result.query, result.language, passages, candidates, reranker=RERANKER)
    golds = [gold for gold in map(normalize, found.answers) if gold]
    winners = np.array([_wins(normalize(each.sentence.text), golds) for each in judgements], dtype=bool)
    if not winners.any() or winners.all():
        return None
    return Competition(np.array([each.features for each in judgements]), winners)


def _wins(sentence: str, golds: Sequence[str]) -> bool:
    return any(gold in sentence or (len(sentence) >= PART_CHARS and sentence in gold) for gold in golds)


def fitted(competitions: Sequence[Competition]) -> SentenceFeatures:
    """Return the weights that make the winners likeliest, with a ridge on standardised features."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    spread = np.vstack([each.features for each in competitions]).std(axis=0) + 1e-9

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for each in competitions:
            scores = each.features / spread @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = max(float(chances[each.winners].sum()), 1e-12)
            total -= each.weight * math.log(right)
            slope += each.weight * (each.features / spread).T @ (chances - chances * each.winners / right)
        return total, slope

    found = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x / spread
    return SentenceFeatures(*(round(float(value), 2) for value in found))


def measured(asked: Sequence[Found], options: ExtractOptions) -> Measured:
    """Return what answers are worth whose sentences are chosen so."""
    texts, quotes, right = list[str](), 0, 0
    for found in asked:
        result = found.result
        extraction = extract(result.query, result.language, result.passages, options, reranker=RERANKER)
        texts.append("".join(piece.text for piece in pieces(extraction, result.passages, reader=result.language)))
        quotes += len(extraction.quotes)
        right += contains(texts[-1], found.answers)
    return Measured(right / len(asked), quotes / len(asked), sum(map(len, texts)) / len(asked))


def main(
    folders: Annotated[list[Path], typer.Argument(help="BEIR folders with answers, each as FOLDER or FOLDER:SPLIT.")],
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=2, help="Questions of each folder at most.")] = 1000,
    golden: Annotated[bool, typer.Option("--golden", help="Add the sample's questions.")] = False,
) -> None:
    """Print the fitted weights and, for each folder, what they reach on the half that was not fitted."""
    console, system = Console(), engine_system()
    parts = {str(folder): _halves(folder, cache, system, console, limit) for folder in folders}
    if golden:
        parts["the sample"] = _golden_halves(system)
    weights = fitted([each for fit, _ in parts.values() for each in _alike(fit)])
    console.print(f"WEIGHTS = {weights}", soft_wrap=True)
    for name, (_, held_out) in parts.items():
        for told, options in _variants(weights):
            found = measured(held_out, options)
            console.print(
                f"{name}, {told}, {len(held_out)} questions: contained {found.containment:.3f}, "
                f"quotes {found.quotes:.2f}, characters {found.characters:.0f}"
            )


def _variants(weights: SentenceFeatures) -> Iterator[tuple[str, ExtractOptions]]:
    options = ExtractOptions(weights=weights)
    yield "as shipped", ExtractOptions()
    yield "fitted", options
    yield "fitted, one sentence", replace(options, max_sentences=1)


def _alike(fit: Sequence[Found]) -> list[Competition]:
    """Let each folder count as much as the square root of its questions."""
    every = [each for found in fit if (each := competition(found))]
    return [replace(each, weight=len(every) ** -0.5) for each in every]


def _halves(
    folder: Path, cache: Path | None, system: System, console: Console, limit: int
) -> tuple[Sequence[Found], Sequence[Found]]:
    place, _, split = str(folder).partition(":")
    dataset = sampled(load_beir(Path(place), split or None), limit=limit, seed=FITTING_SEED)
    with index_folder(system, dataset, cache) as data, system.open(data) as subject:
        for _ in track(fill(subject, dataset, data), "Indexing", total=len(dataset.corpus), console=console):
            pass
        first, second = fitting_halves(dataset)
        return _found(subject, first), _found(subject, second)


def _found(subject: Subject, queries: Sequence[Query]) -> Sequence[Found]:
    return [Found(each.answers, subject.candidates(each.text, limit=DEPTH)) for each in queries if each.text.strip()]


def _golden_halves(system: System) -> tuple[Sequence[Found], Sequence[Found]]:
    with TemporaryDirectory() as folder, system.open(Path(folder)) as subject:
        for _ in subject.add_folder(SAMPLE_FOLDER / "knowledge"):
            pass
        asked = [
            Found(each.answers, subject.candidates(standalone_query(each.text, "", each.history), limit=DEPTH))
            for each in load_golden(SAMPLE_FOLDER / "golden")
            if each.answers
        ]
        return halves(asked, seed=FITTING_SEED, key=lambda each: each.result.query)


if __name__ == "__main__":
    typer.run(main)

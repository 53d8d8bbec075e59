"""Fit the coefficients of `engine.answering.confidence` on BEIR folders with answers.

    python -m evals.fit_confidence FOLDER... [--cache DIR] [--golden]

Each question is taken twice: with what is found over the whole corpus, and with the passages that hold its answer left
out. A model learns to tell the two apart on a seeded half of each folder's questions; the other half is measured. There
are two models: one where the best passage is in the question's language, one where it is in another. With `--golden`,
the intercept of the first is then moved until half of the sample's golden questions are right as often as it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from engine.answering.confidence import ACROSS, PASSAGES, WITHIN, Model, Signals, confidence, model_for, signals
from engine.answering.extract import extract
from engine.domain.search import Passage, SearchResult
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.retrieval.standalone import standalone_query
from evals.datasets.beir import Query, load_beir
from evals.datasets.golden import SAMPLE_FOLDER, load_golden
from evals.engine_system import engine_system
from evals.index import fill, index_folder
from evals.metrics import auroc, expected_calibration_error
from evals.sampling import halves
from evals.subject import Subject, System

__all__ = ["Example", "examples", "fitted", "main"]

RERANKER = LateInteraction(StaticEmbedder())
SEED = 13
SHIFT = 8.0  # how far an intercept is looked for
FIRST = 5  # passages among which the answer has to be
DEPTH = 60  # passages found, so that enough are left when those with the answer are taken away


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what was found: the model that judges it, its signals, and whether the answer was there."""

    model: Model
    signals: Signals
    answerable: bool


def examples(subject: Subject, queries: Sequence[Query]) -> Iterator[Example]:
    """Yield for each question the signals with the passages that hold the answer, and those without."""
    for query in filter(lambda each: each.text.strip(), queries):
        found = subject.candidates(query.text, limit=DEPTH)
        without = tuple(p for p in found.passages if p.uri not in query.relevant)
        yield _example(found, found.passages[:PASSAGES], answerable=len(without) < len(found.passages))
        yield _example(found, without[:PASSAGES], answerable=False)


def _example(found: SearchResult, passages: tuple[Passage, ...], *, answerable: bool) -> Example:
    extraction = extract(found.query, found.language, passages, reranker=RERANKER)
    measured = signals(found.query, found.language, passages, extraction)
    return Example(model_for(found.language, passages), measured, answerable)


def fitted(rows: Sequence[Signals], labels: Sequence[bool]) -> Model:
    """Return a logistic regression (L2, C = 1) with non-negative coefficients."""
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
    return Model(round(float(model.intercept_[0]), 3), Signals(*(round(float(value), 3) for value in coefficients)))


def moved(model: Model, examples: Sequence[Example]) -> Model:
    """Return the model with the intercept at which its mean confidence is the share of answerable examples."""
    wanted = sum(each.answerable for each in examples) / len(examples)
    low, high = model.intercept - SHIFT, model.intercept + SHIFT
    while high - low > 0.005:
        middle = replace(model, intercept=round((low + high) / 2, 3))
        mean = sum(confidence(each.signals, middle) for each in examples) / len(examples)
        low, high = (middle.intercept, high) if mean < wanted else (low, middle.intercept)
    return replace(model, intercept=round((low + high) / 2, 2))


def golden_examples(system: System) -> Iterator[Example]:
    """Yield examples of one half of the sample's golden questions whose best passage is in their own language."""
    questions, _ = halves(load_golden(SAMPLE_FOLDER / "golden"), seed=SEED, key=lambda each: each.id)
    with TemporaryDirectory() as folder, system.open(Path(folder)) as subject:
        for _ in subject.add_folder(SAMPLE_FOLDER / "knowledge"):
            pass
        for each in questions:
            found = subject.candidates(standalone_query(each.text, "", each.history), limit=DEPTH)
            without = tuple(passage for passage in found.passages if passage.uri not in each.documents)
            first = any(passage.uri in each.documents for passage in found.passages[:FIRST])
            pairs = [(found.passages, first), (without, False)]
            for passages, answerable in pairs if each.documents else pairs[:1]:
                example = _example(found, passages[:PASSAGES], answerable=answerable)
                if example.model is WITHIN:
                    yield example


def main(
    folders: Annotated[list[Path], typer.Argument(help="BEIR folders, each as FOLDER or FOLDER:SPLIT.")],
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")] = None,
    golden: Annotated[bool, typer.Option("--golden", help="Fit the intercept to the sample's questions.")] = False,
) -> None:
    """Print the fitted coefficients and, for each folder, how well they tell the halves apart."""
    console, system = Console(), engine_system()
    halves_of = {str(folder): _halves(folder, cache, system, console) for folder in folders}
    models: dict[Model, Model] = {}
    for name, shipped in (("WITHIN", WITHIN), ("ACROSS", ACROSS)):
        rows = [each for fit, _ in halves_of.values() for each in fit if each.model is shipped]
        if any(each.answerable for each in rows):
            models[shipped] = fitted([each.signals for each in rows], [each.answerable for each in rows])
            console.print(f"{name} = {models[shipped]}", soft_wrap=True)
    if golden and WITHIN in models:
        models[WITHIN] = moved(models[WITHIN], list(golden_examples(system)))
        console.print(f"WITHIN, for the sample: {models[WITHIN].intercept}")
    for name, (_, held_out) in halves_of.items():
        sure = [confidence(each.signals, models.get(each.model, each.model)) for each in held_out]
        right = [each.answerable for each in held_out]
        console.print(
            f"{name}: on the half that was not fitted, {len(held_out)} examples: "
            f"AUROC {auroc(sure, right):.3f}, ECE {expected_calibration_error(sure, right):.3f}"
        )


def _halves(folder: Path, cache: Path | None, system: System, console: Console) -> tuple[list[Example], list[Example]]:
    place, _, split = str(folder).partition(":")
    dataset = load_beir(Path(place), split or None)
    with index_folder(system, dataset, cache) as data, system.open(data) as subject:
        for _ in track(fill(subject, dataset, data), "Indexing", total=len(dataset.corpus), console=console):
            pass
        first, second = halves(dataset.queries, seed=SEED, key=lambda query: query.id)
        return list(examples(subject, first)), list(examples(subject, second))


if __name__ == "__main__":
    typer.run(main)

"""Fit the models, scales and thresholds of `engine.answering.confidence` on public sets.

    python -m evals.fit_confidence FOLDER... [--limit N] [--cache DIR] [--golden] [--faq FOLDER]

FOLDERs are BEIR folders with answers, each as FOLDER or FOLDER:SPLIT. Each question is taken twice: with what is found
over the whole corpus, and with the passages that hold its answer left out. Models learn to tell the two apart on a
seeded half of each folder's questions; scales learn on the same half how often the answer is right. The other half is
measured, also by models that have not seen its folder at all. `--golden` adds one half of the sample's golden
questions, `--faq` intents (see `evals.bench.out_of_scope`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from engine.answering.calibration import thresholds
from engine.answering.confidence import MODELS, SCALES, Matter, Model, Scale
from evals.confidence_examples import Example, folder_examples, golden_examples
from evals.confidence_fitting import fitted_model, fitted_scale
from evals.metrics import auroc, expected_calibration_error

__all__ = ["Fitted", "fit", "main"]

Sets = Mapping[str, tuple[Sequence[Example], Sequence[Example]]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Models and scales of what occurred among the examples, the shipped ones of the rest."""

    models: Mapping[Matter, Model]
    scales: Mapping[Matter, Scale]

    def confidence(self, example: Example) -> float:
        """Return the probability that the answer is right."""
        return self.scales[example.matter].probability(self.models[example.matter].score(example.signals))


def fit(examples: Sequence[Example]) -> Fitted:
    """Fit a model to the examples of each group of matters that share one, then a scale to those of each matter."""
    models, scales = dict(MODELS), dict(SCALES)
    for shared in dict.fromkeys(MODELS.values()):
        matters = [matter for matter, model in MODELS.items() if model is shared]
        told = [each for each in examples if each.matter in matters and each.teaches]
        if {each.answerable for each in told} == {True, False}:
            models |= dict.fromkeys(matters, fitted_model(told))
    for matter in Matter:
        known = [each for each in examples if each.matter is matter]
        if {each.right for each in known} == {True, False}:
            scales[matter] = fitted_scale(
                [models[matter].score(each.signals) for each in known],
                [each.right for each in known],
            )
    return Fitted(models, scales)


def main(
    folders: Annotated[list[Path], typer.Argument(help="BEIR folders, each as FOLDER or FOLDER:SPLIT.")],
    *,
    limit: Annotated[int, typer.Option("--limit", min=10, help="Questions of each folder, a seeded sample.")] = 600,
    cache: Annotated[Path | None, typer.Option("--cache", help="Folder that keeps indexes for the next run.")] = None,
    golden: Annotated[bool, typer.Option("--golden", help="Fit to half of the sample's questions, too.")] = False,
    faq: Annotated[Path | None, typer.Option("--faq", help="FOLDER/NAME of intents, such as intents/clinc150.")] = None,
) -> None:
    """Print what is to be put into `engine.answering`, and how well it does on the halves that were not fitted."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    sets = dict(_sets(folders, limit=limit, cache=cache, golden=golden, faq=faq, console=console))
    everything = fit([each for first, _ in sets.values() for each in first])
    for shared in dict.fromkeys(everything.models.values()):
        console.print(repr(shared))
    for matter, scale in everything.scales.items():
        console.print(f"{matter.name} {scale}")
    first = [everything.confidence(each) for fitted, _ in sets.values() for each in fitted]
    console.print(f"THRESHOLDS {thresholds(first)}")
    for name, (_, second) in sets.items():
        others = fit([each for other, (first, _) in sets.items() if other != name for each in first])
        told = {"as shipped": Fitted(MODELS, SCALES), "fitted": everything, "fitted without this set": others}
        for how, by in told.items():
            console.print(f"{name}, {how}: {_told(by, second)}")


def _sets(
    folders: Sequence[Path], *, limit: int, cache: Path | None, golden: bool, faq: Path | None, console: Console
) -> Iterator[tuple[str, tuple[Sequence[Example], Sequence[Example]]]]:
    for folder in folders:
        console.print(f"{folder.name} …")
        yield folder.name, folder_examples(folder, limit=limit, cache=cache)
    if golden:
        yield "sample", golden_examples()
    if faq:
        from evals.bench.out_of_scope import faq_examples

        yield faq.name, faq_examples(faq.parent, faq.name, cache=cache)


def _told(by: Fitted, examples: Sequence[Example]) -> str:
    sure = [by.confidence(each) for each in examples]
    ece = expected_calibration_error(sure, [each.right for each in examples])
    return f"{len(sure)} examples, AUROC {auroc(sure, [each.answerable for each in examples]):.3f}, ECE {ece:.3f}"


if __name__ == "__main__":
    typer.run(main)

"""Train the table by contrast: texts that belong together are close, the others of a batch are not.

A plain loop over rows instead of the sentence-transformers trainer: only the rows of a batch's tokens are read and
updated, a fixed weight a token keeps common words down, and a run can stop and go on. What comes out is the weight
matrix of a `StaticEmbedding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from engine.encoder.corpus import Corpus, Numbers
from engine.encoder.sampling import Sampler
from engine.files import replacing
from engine.ports import Vector

if TYPE_CHECKING:
    import torch

_Bags = tuple[NDArray[np.int64], NDArray[np.int64]]

__all__ = ["Progress", "TrainingOptions", "train"]

_MIX: Final[Mapping[str, float]] = {
    "segments": 5, "pages": 2, "cedict": 2, "jmdict": 2, "jmnedict": 1, "kanjidic": 0.3, "names": 0.2,
}  # fmt: skip
_PAGES: Final = "pages"
_MEMORY: Final = (0.9, 0.99)  # of Adam's moments
_EPSILON: Final = 1e-8
_WARM_UP: Final = 50
_FLOOR: Final = 0.02  # of the learning rate, at both ends


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """How to train; `mix` says how often batches of each kind are drawn, kinds that the corpus lacks are skipped."""

    steps: int = 1600
    batch_size: int = 2048
    learning_rate: float = 4e-3
    temperature: float = 0.05
    drop: float = 0.4
    seed: int = 0
    save_every: int = 200
    mix: Mapping[str, float] = field(default_factory=lambda: dict(_MIX))


@dataclass(frozen=True, slots=True)
class Progress:
    """What a step did: its number, the kind of its batch and the loss."""

    step: int
    kind: str
    loss: float


def train(
    rows: Vector, weights: Vector, corpus: Corpus, options: TrainingOptions, *, checkpoint: Path | None = None
) -> Iterator[Progress]:
    """Train `rows` in place, one step at a time; with a `checkpoint` file, go on where an earlier run stopped.

    `weights` are the tokens' fixed weights; the finished table is their product with `rows`. The same rows, corpus
    and options give the same result on the same machine. Stop iterating to stop training.
    """
    trainer = _Trainer(rows, weights, options)
    step = trainer.restore(checkpoint) if checkpoint and checkpoint.is_file() else 0
    kinds, shares = _kinds(corpus, options.mix)
    while step < options.steps:
        sampler = Sampler(corpus, seed=options.seed * 1_000_003 + step)
        kind = str(sampler.random.choice(kinds, p=shares))
        left, right = sampler.draw(kind, options.batch_size // 2 if kind == _PAGES else options.batch_size)
        bags = sampler.bags(left, drop=options.drop), sampler.bags(right, drop=0 if kind == _PAGES else options.drop)
        loss = trainer.step(bags, _same(left, right), _rate(step, options))
        step += 1
        if checkpoint and step % options.save_every == 0:
            trainer.save(checkpoint, step)
        yield Progress(step, kind, loss)


class _Trainer:
    """The rows with the moments of Adam (Kingma & Ba 2015), updated where a batch has tokens."""

    def __init__(self, rows: Vector, weights: Vector, options: TrainingOptions) -> None:
        import torch

        self._rows = torch.from_numpy(rows)
        self._weights = torch.from_numpy(weights)
        self._means = torch.zeros_like(self._rows)
        self._squares = torch.zeros_like(self._rows)
        self._updates = 0
        self._temperature = options.temperature

    def step(self, bags: tuple[_Bags, _Bags], same: NDArray[np.bool_], rate: float) -> float:
        """Take one step and return the loss; `same` marks pairs of texts that are no negatives."""
        import torch

        (left, left_starts), (right, right_starts) = bags
        tokens, places = np.unique(np.concatenate([left, right]), return_inverse=True)
        at, place = torch.from_numpy(tokens), torch.from_numpy(places)
        rows = self._rows[at].requires_grad_()
        weighted = rows * self._weights[at, None]
        one = _embedded(place[: len(left)], left_starts, weighted)
        two = _embedded(place[len(left) :], right_starts, weighted)
        loss = self._contrast(one, two, torch.from_numpy(same))
        (gradient,) = torch.autograd.grad(loss, rows)
        self._update(at, gradient, rate)
        return float(loss.detach())

    def _contrast(self, one: torch.Tensor, two: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
        """Return the mean cross-entropy of finding each text's partner, in both directions (InfoNCE)."""
        import torch
        from torch.nn.functional import cross_entropy

        scores = (one @ two.T / self._temperature).masked_fill(same, -1e4)
        partners = torch.arange(len(one))
        return (cross_entropy(scores, partners) + cross_entropy(scores.T, partners)) / 2

    def _update(self, at: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        first, second = _MEMORY
        self._updates += 1
        means = self._means[at].mul_(first).add_(gradient, alpha=1 - first)
        squares = self._squares[at].mul_(second).addcmul_(gradient, gradient, value=1 - second)
        self._means[at], self._squares[at] = means, squares
        scale = rate * (1 - second**self._updates) ** 0.5 / (1 - first**self._updates)
        self._rows[at] -= scale * means / (squares.sqrt() + _EPSILON)

    def save(self, path: Path, step: int) -> None:
        """Write everything that a later run needs; a run that is cut off leaves the file before."""
        named = {"rows": self._rows, "means": self._means, "squares": self._squares}
        with replacing(path) as draft:
            np.savez(draft, step=step, updates=self._updates, **{name: each.numpy() for name, each in named.items()})  # type: ignore[arg-type]

    def restore(self, path: Path) -> int:
        """Read what `save` wrote and return the step."""
        import torch

        with np.load(path) as file:
            for name, target in (("rows", self._rows), ("means", self._means), ("squares", self._squares)):
                target.copy_(torch.from_numpy(file[name]))
            self._updates = int(file["updates"])
            return int(file["step"])


def _embedded(places: torch.Tensor, starts: NDArray[np.int64], weighted: torch.Tensor) -> torch.Tensor:
    import torch
    from torch.nn.functional import embedding_bag, normalize

    return normalize(embedding_bag(places, weighted, torch.from_numpy(starts), mode="sum"), dim=1, eps=1e-6)


def _kinds(corpus: Corpus, mix: Mapping[str, float]) -> tuple[list[str], NDArray[np.float64]]:
    sizes = {**{name: len(table) for name, table in (*corpus.aligned.items(), *corpus.pairs.items())}}
    sizes[_PAGES] = len(corpus.pages)
    there = {kind: weight for kind, weight in mix.items() if weight > 0 and sizes.get(kind)}
    shares = np.array(list(there.values()))
    return list(there), shares / shares.sum()


def _same(left: Numbers, right: Numbers) -> NDArray[np.bool_]:
    """Mark the pairs of a batch that share a text: they are no negatives of each other."""
    same: NDArray[np.bool_] = (left[:, None] == left) | (right[:, None] == right)
    np.fill_diagonal(same, False)
    return same


def _rate(step: int, options: TrainingOptions) -> float:
    """Return the learning rate: a short rise, then down to nearly nothing."""
    rise = min(1.0, step / _WARM_UP + _FLOOR)
    return options.learning_rate * rise * max(_FLOOR, 1 - step / options.steps)

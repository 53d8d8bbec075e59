"""How far a judge's ratings agree with people's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from evals.datasets.problems import Problem, parsed_rows
from evals.judges.judging import Judgement
from evals.judges.material import Judge
from evals.metrics import quadratic_kappa
from evals.report import mean

__all__ = ["Agreement", "Label", "agreements", "load_labels"]


class Label(BaseModel):
    """What a person thinks of a case, 1 to 5 as the judge's prompt says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    case: str
    judge: Judge
    rating: Annotated[int, Field(ge=1, le=5)]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Over `n` cases that both rated: quadratic kappa, the share of equal ratings, and of those at most 1 apart."""

    judge: Judge
    n: int
    kappa: float
    equal: float
    close: float

    def as_json(self) -> dict[str, object]:
        """Return the row of `--json`."""
        return asdict(self)


def load_labels(path: Path) -> tuple[Label, ...]:
    """Read labels (JSON Lines); InvalidInput names file, line and field."""
    labels = []
    for found in parsed_rows(path, lambda _: Label):
        if isinstance(found, Problem):
            raise found.error()
        labels.append(found[1])
    return tuple(labels)


def agreements(labels: tuple[Label, ...], judged: Mapping[str, Mapping[Judge, Judgement]]) -> tuple[Agreement, ...]:
    """Return the agreement of each judge that has ratings of labelled cases."""
    found = []
    for judge in Judge:
        pairs = [
            (label.rating, rating)
            for label in labels
            if label.judge is judge
            and (judgement := judged.get(label.case, {}).get(judge)) is not None
            and (rating := judgement.rating) is not None
        ]
        if pairs:
            people, model = zip(*pairs, strict=True)
            equal, close = (mean(abs(a - b) <= most for a, b in pairs) for most in (0, 1))
            found.append(Agreement(judge, len(pairs), quadratic_kappa(people, model), equal, close))
    return tuple(found)

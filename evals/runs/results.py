"""A run as it is read back: what it was made with, its cases, and the figures that follow from them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from evals.figures import ALL, Figure, figures
from evals.judges.judging import Judgement, judgements
from evals.judges.material import Judge
from evals.measures import HEADLINES, MEASURES
from evals.runs.case import Case
from evals.runs.folder import RunFolder
from evals.runs.manifest import MANIFEST, Manifest
from evals.subject import Indexed

__all__ = ["Results", "load_results", "write_summary"]


@dataclass(frozen=True)
class Results:
    """A run; `complete` tells whether every planned case is there."""

    name: str
    manifest: Manifest
    cases: tuple[Case, ...]
    failures: tuple[Indexed, ...]

    @property
    def planned(self) -> int:
        """How many cases there are to be."""
        return sum(plan.cases for plan in self.manifest.units)

    @property
    def complete(self) -> bool:
        """Whether every planned case is there."""
        return len(self.cases) >= self.planned

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, computed once."""
        return figures(self.cases)

    def figure(self, measure: str, slice: str = ALL) -> Figure | None:
        """Return one figure; None if the run does not have it."""
        return next((each for each in self.figures if (each.measure, each.slice) == (measure, slice)), None)

    def as_json(self) -> dict[str, object]:
        """Return the run without its cases; values to six decimals."""
        return {
            "name": self.name,
            "complete": self.complete,
            "cases": len(self.cases),
            "planned": self.planned,
            "failed": sum(bool(case.error) for case in self.cases),
            "not_indexed": [asdict(each) for each in self.failures],
            "figures": [_figure(each) for each in self.figures],
            "measures": [asdict(MEASURES[name]) for name in dict.fromkeys(each.measure for each in self.figures)],
            "headlines": list(HEADLINES),
            "manifest": json.loads(MANIFEST.dump_json(self.manifest)),
        }


def load_results(path: Path) -> Results:
    """Read a run, whether it is done or not; NotFound or InvalidInput says what is wrong with the folder."""
    folder = RunFolder.existing(path)
    rated = judgements(folder)
    cases = tuple(_rated(case, rated.get(case.id, {})) for case in folder.cases())
    return Results(path.resolve().name, folder.manifest(), cases, folder.failed_documents())


def write_summary(path: Path) -> Results:
    """Write summary.json into a run's folder and return the run."""
    results = load_results(path)
    (path / "summary.json").write_text(json.dumps(results.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
    return results


def _rated(case: Case, rated: Mapping[Judge, Judgement]) -> Case:
    """Add the judges' ratings, 1 to 5, as measures from 0 to 1."""
    ratings = {judge: each.rating for judge, each in rated.items() if each.rating is not None}
    added = {f"judge_{judge}": (rating - 1) / 4 for judge, rating in ratings.items()}
    return replace(case, metrics={**case.metrics, **added}) if added else case


def _figure(figure: Figure) -> dict[str, object]:
    bounds = figure.interval
    return {
        "slice": figure.slice,
        "measure": figure.measure,
        "n": figure.n,
        "value": round(figure.value, 6),
        "interval": None if bounds is None else [round(bounds.low, 6), round(bounds.high, 6)],
    }

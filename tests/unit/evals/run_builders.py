"""Short ways to say a case, a run and its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.runs.case import CASE, Case, Task
from evals.runs.folder import RunFolder
from evals.runs.log import Log
from evals.runs.manifest import Manifest, UnitPlan
from evals.runs.results import Results
from evals.subject import Setting

__all__ = ["case", "manifest", "results", "written"]


def case(
    id: str,
    metrics: Mapping[str, float] | None = None,
    *,
    task: Task = Task.ANSWER,
    slices: Mapping[str, str] | None = None,
    confidence: float | None = 0.8,
    **others: object,
) -> Case:
    """Return a case of the unit "shop"."""
    answerable = "abstained" not in (metrics or {})
    known: dict[str, object] = {
        "facts": {"answerable": answerable, "right": bool((metrics or {}).get("containment"))},
        "answer": "An answer.",
        "milliseconds": 5.0,
        "question": f"Question {id}?",
        **others,
    }
    fields = {"id": id, "unit": "shop", "task": task, "slices": slices or {"language": "en"}, "confidence": confidence}
    return CASE.validate_python({**fields, "metrics": dict(metrics or {"containment": 1.0}), **known})


def manifest(cases: int, *, data_hash: str = "data", **settings: Setting) -> Manifest:
    """Return the manifest of a run of one unit."""
    units = (UnitPlan("shop", data_hash, 3, cases),)
    return Manifest(units, dict(settings), {"seed": 13}, "code", {"python": "3"}, "2026-01-01T00:00:00+00:00")


def results(name: str, cases: Sequence[Case], *, data_hash: str = "data", **settings: Setting) -> Results:
    """Return a complete run."""
    return Results(name, manifest(len(cases), data_hash=data_hash, **settings), tuple(cases), ())


def written(path: Path, cases: Sequence[Case], *, planned: int | None = None) -> Path:
    """Write a run's folder and return its path."""
    folder = RunFolder(path)
    folder.begin(manifest(len(cases) if planned is None else planned))
    log = Log(folder.cases_file("shop"), CASE)
    for each in cases:
        log.append(each)
    log.close()
    return path

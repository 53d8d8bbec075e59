"""`/v1/evaluations`: runs that `knowdesk eval run` wrote into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi import Path as InPath

from api.evaluations import EvaluationRuns
from api.openapi import problems
from api.schemas.evaluations import (
    CasesQuery,
    EvaluationCasesOut,
    EvaluationComparisonOut,
    EvaluationDetailOut,
    EvaluationsOut,
    RunName,
)
from api.state import SettingsOf

__all__ = ["router"]

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])
Run = Annotated[RunName, InPath(description="Name of a run: that of its folder.")]
Before = Annotated[RunName, InPath(description="Name of the run that it was compared with.")]


async def _runs(settings: SettingsOf) -> EvaluationRuns:
    return EvaluationRuns(Path(settings.evaluations_dir) if settings.evaluations_dir else None)


RunsOf = Annotated[EvaluationRuns, Depends(_runs)]


@router.get("", responses=problems(takes_input=False))
def list_evaluations(runs: RunsOf) -> EvaluationsOut:
    """List the evaluation runs with their headline figures, the newest first."""
    return EvaluationsOut(available=runs.available, items=runs.runs())


@router.get("/{run}", responses=problems(404))
def show_evaluation(run: Run, runs: RunsOf) -> EvaluationDetailOut:
    """Show a run: every measure over all cases and each slice, and what it was made with."""
    return runs.run(run)


@router.get("/{run}/cases", responses=problems(404))
def list_evaluation_cases(run: Run, query: Annotated[CasesQuery, Query()], runs: RunsOf) -> EvaluationCasesOut:
    """List the cases of a run or of one of its slices, the worst first: failures, then by a measure."""
    return runs.cases(run, query)


@router.get("/{run}/comparisons/{before}", responses=problems(404))
def show_evaluation_comparison(run: Run, before: Before, runs: RunsOf) -> EvaluationComparisonOut:
    """Show what changed since another run, with the tests that tell whether it is more than chance."""
    return runs.comparison(run, before)

"""Runs of evaluations as their folders hold them: figures, cases, comparisons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import CONTROL, Model
from api.schemas.evaluation_examples import CASE, COMPARED, FIGURE, RUN, RUN_DETAIL

__all__ = [
    "CasesQuery",
    "EvaluationCaseOut",
    "EvaluationCasesOut",
    "EvaluationComparisonOut",
    "EvaluationDetailOut",
    "EvaluationOut",
    "EvaluationsOut",
    "FigureOut",
    "MeasureOut",
    "RunName",
]

RunName = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=rf"^[^{CONTROL}/\\.][^{CONTROL}/\\]*$")
]
_Value = str | int | float | bool | None
_Name = Annotated[str, StringConstraints(max_length=200, pattern=rf"^[^{CONTROL}]*$")]


class FigureOut(Model):
    """A measure over the `n` cases of a slice."""

    slice: str = Field(description="`all`, or such as `language=ja`.")
    measure: str
    n: int
    value: float
    interval: tuple[float, float] | None = Field(description="Bounds of the 95 % interval, by the bootstrap.")

    model_config = ConfigDict(json_schema_extra={"examples": [FIGURE]})


class MeasureOut(Model):
    """What a measure means."""

    name: str
    label: str
    explanation: str
    higher_is_better: bool
    unit: Literal["share", "score", "ms"]


class EvaluatedUnitOut(Model):
    """A knowledge base with what was asked of it."""

    name: str
    documents: int
    cases: int


class EvaluationOut(Model):
    """A run in short."""

    name: str = Field(description="That of its folder.")
    started: str = Field(description="ISO 8601.")
    complete: bool = Field(description="Whether every planned case is there.")
    cases: int
    planned: int
    failed: int
    units: tuple[EvaluatedUnitOut, ...]
    headlines: tuple[FigureOut, ...] = Field(description="Over all cases; what to read first. Empty until it is done.")

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})


class EvaluationsOut(Model):
    """The runs, the newest first."""

    available: bool = Field(description="Whether the server has a folder of runs: `KNOWDESK_EVALUATIONS_DIR`.")
    items: tuple[EvaluationOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"available": True, "items": [RUN]}]})


class EvaluationDetailOut(EvaluationOut):
    """A run with all its figures, and what it was made with."""

    figures: tuple[FigureOut, ...]
    measures: tuple[MeasureOut, ...]
    settings: dict[str, _Value]
    options: dict[str, _Value]
    versions: dict[str, str]
    code: str = Field(description="Hash of the sources of engine and ingestion.")
    comparisons: tuple[str, ...] = Field(description="Runs that this one was compared with, as the run before it.")

    model_config = ConfigDict(json_schema_extra={"examples": [RUN_DETAIL]})


class CasesQuery(Model):
    """Which cases of a run to list, the worst first."""

    slice: _Name = Field(default="all", description="Only those of this slice.")
    measure: _Name = Field(default="", description="Worst by this measure; if empty, the first headline that there is.")
    limit: int = Field(default=50, ge=1, le=200, description="At most so many.")


class EvaluationCaseOut(Model):
    """What was asked, what came back, and how it was judged."""

    id: str
    unit: str
    task: Literal["search", "answer"]
    question: str
    slices: dict[str, str]
    metrics: dict[str, float]
    milliseconds: float
    expected: tuple[str, ...] = Field(description="Gold answers or documents.")
    found: tuple[str, ...] = Field(description="Documents that came back, the best first.")
    answer: str | None = Field(description="null where none was given.")
    quotes: tuple[str, ...]
    confidence: float | None
    error: str = Field(description="Why the system failed; empty if it did not.")

    model_config = ConfigDict(json_schema_extra={"examples": [CASE]})


class EvaluationCasesOut(Model):
    """Cases, the worst first."""

    measure: str = Field(description="What they are ordered by; empty where no case has a measure.")
    total: int = Field(description="Cases of the slice.")
    items: tuple[EvaluationCaseOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"measure": "containment", "total": 1, "items": [CASE]}]})


class DifferenceOut(Model):
    """A measure over the cases of a slice that both runs have."""

    slice: str
    measure: str
    n: int
    before: float
    after: float
    change: float
    interval: tuple[float, float] | None = Field(description="Of the change: bounds of the 95 % interval.")
    p: float | None = Field(description="Of the paired randomisation test.")
    adjusted_p: float | None = Field(description="The same after Holm's correction over the slices of the measure.")
    verdict: Literal["better", "worse", "unproven"]


class ChangedSettingOut(Model):
    """What was set differently."""

    name: str
    before: str
    after: str


class ChangedCaseOut(Model):
    """A case that got better or worse."""

    id: str
    measure: str
    gain: float
    question: str


class EvaluationComparisonOut(Model):
    """What changed between two runs over the same cases, and whether it is more than chance."""

    before: str
    after: str
    cases: int
    only_before: int
    only_after: int
    settings: tuple[ChangedSettingOut, ...]
    differences: tuple[DifferenceOut, ...]
    changed: tuple[ChangedCaseOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [COMPARED]})

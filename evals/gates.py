"""Gates: thresholds that a run must keep, from a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from engine.errors import InvalidInput
from evals.comparison import Comparison, Verdict
from evals.figures import ALL, Figure
from evals.measures import MEASURES
from evals.runs.results import Results

__all__ = ["Gate", "GateOutcome", "check_gates", "load_gates"]


class Gate(BaseModel):
    """A threshold for a measure over a slice.

    `least` and `most` bound the value or, with `certain`, the end of its 95 % interval that is nearer to the bound.
    `no_regression` asks for a baseline that the run is not proven to be worse than. `fewest` is how many cases there
    must be, so that a gate cannot pass for want of data.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    measure: str
    slice: str = ALL
    least: float | None = None
    most: float | None = None
    certain: bool = False
    no_regression: bool = False
    fewest: int = 1

    @model_validator(mode="after")
    def _asks_for_something(self) -> Gate:
        if self.measure not in MEASURES:
            near = get_close_matches(self.measure, MEASURES, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(MEASURES)}"
            raise ValueError(f"{self.measure!r} is not a measure; {hint}")
        if self.least is None and self.most is None and not self.no_regression:
            raise ValueError("needs least, most or no_regression")
        return self


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    gate: tuple[Gate, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """Whether a gate held, and why not in words."""

    name: str
    passed: bool
    reason: str

    def as_json(self) -> dict[str, object]:
        """Return the row of `--json`."""
        return asdict(self)


def load_gates(path: Path) -> tuple[Gate, ...]:
    """Read the [[gate]] tables of a TOML file; InvalidInput names every fault, by gate and field."""
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).gate
    except FileNotFoundError as error:
        raise InvalidInput(f"There is no file {path.name}.", remedy="Check --gates.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path.name} is not TOML: {error}.", remedy="Correct that line.") from error
    except ValidationError as error:
        faults = "; ".join(_fault(each["loc"], each["type"], each["msg"]) for each in error.errors(include_url=False))
        known = ", ".join(Gate.model_fields)
        raise InvalidInput(f"{path.name}: {faults}.", remedy=f"A [[gate]] has {known}.") from error


def check_gates(
    gates: Sequence[Gate], results: Results, comparison: Comparison | None = None
) -> tuple[GateOutcome, ...]:
    """Check each gate, and that the run is complete; InvalidInput if one needs a baseline and there is none."""
    if comparison is None and any(gate.no_regression for gate in gates):
        raise InvalidInput("A gate asks for no_regression.", remedy="Give the run to compare with: --baseline RUN.")
    figures = {(each.measure, each.slice): each for each in results.figures}
    outcomes = [_outcome(gate, figures, comparison) for gate in gates]
    if not results.complete:
        reason = f"{len(results.cases)} of {results.planned} cases are there"
        outcomes.insert(0, GateOutcome("the run is complete", passed=False, reason=reason))
    return tuple(outcomes)


def _outcome(gate: Gate, figures: Mapping[tuple[str, str], Figure], comparison: Comparison | None) -> GateOutcome:
    reasons = list(_reasons(gate, figures.get((gate.measure, gate.slice)), comparison))
    return GateOutcome(_name(gate), not reasons, "; ".join(reasons))


def _reasons(gate: Gate, figure: Figure | None, comparison: Comparison | None) -> Iterator[str]:
    if figure is None:
        yield "the run has no such figure"
        return
    if figure.n < gate.fewest:
        yield f"{figure.n} cases, at least {gate.fewest} are needed"
    low, high = (figure.interval.low, figure.interval.high) if gate.certain and figure.interval else (figure.value,) * 2
    said = " (the end of the 95 % interval)" if gate.certain and figure.interval else ""
    if gate.least is not None and low < gate.least:
        yield f"{low:.4g}{said} is below {gate.least:g}"
    if gate.most is not None and high > gate.most:
        yield f"{high:.4g}{said} is above {gate.most:g}"
    if gate.no_regression and comparison is not None:
        yield from _regression(gate, comparison)


def _regression(gate: Gate, comparison: Comparison) -> Iterator[str]:
    found = [each for each in comparison.differences if (each.measure, each.slice) == (gate.measure, gate.slice)]
    if not found:
        yield "the baseline has no such figure"
    for each in found:
        if each.verdict is Verdict.WORSE:
            p = "" if each.adjusted_p is None else f", p = {each.adjusted_p:.4f}"
            yield f"worse than the baseline: {each.before:.4g} → {each.after:.4g}{p}"


def _name(gate: Gate) -> str:
    bounds = [f"{sign} {bound:g}" for sign, bound in ((">=", gate.least), ("<=", gate.most)) if bound is not None]
    wanted = " and ".join([*bounds, *["no regression"] * gate.no_regression])
    return f"{gate.measure} over {gate.slice}: {wanted}"


def _fault(place: tuple[int | str, ...], kind: str, message: str) -> str:
    number = next((each + 1 for each in place if isinstance(each, int)), None)
    field = str(place[-1]) if isinstance(place[-1], str) else ""
    where = f"gate {number}" + (f", {field}" if field else "") if number else field
    said = {"extra_forbidden": "is not a known field", "missing": "is missing"}.get(kind, message)
    return f"{where}: {said.removeprefix('Value error, ')}"

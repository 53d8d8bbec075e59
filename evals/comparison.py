"""Compare two runs case by case: what changed, where, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from engine.errors import InvalidInput
from evals.figures import ALL, OVER_CASES, slices_of, value_over
from evals.measures import MEASURES, Unit
from evals.report import mean
from evals.runs.case import Case
from evals.runs.results import Results
from evals.statistics import Interval, bootstrap_of, holm, mean_interval, sign_flip_p

__all__ = ["ALPHA", "ChangedCase", "Comparison", "Difference", "Verdict", "compare"]

Pair = tuple[Case, Case]
ALPHA = 0.05
MOST_RESAMPLED = 5000  # pairs; measures over all cases are slow to compute
DECISIVE = ("containment", "abstained", "mrr@10")  # by what a case is said to have changed: the first that it has


class Verdict(StrEnum):
    """What a difference amounts to."""

    BETTER = "better"
    WORSE = "worse"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the `n` cases of a slice that both runs have it for: its mean in each, and their difference.

    `interval` is the paired bootstrap's. `p` is that of the paired randomisation test, `adjusted_p` the same after
    Holm's correction over the slices of the measure; both are None for measures that are not means over cases, which
    the interval alone decides, over all cases only.
    """

    slice: str
    measure: str
    n: int
    before: float
    after: float
    interval: Interval | None
    p: float | None
    adjusted_p: float | None

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before

    @property
    def verdict(self) -> Verdict:
        """Better or worse where chance is an unlikely explanation; never for times, which the machine's load moves."""
        timed = MEASURES[self.measure].unit is Unit.MILLISECONDS
        if timed or self.change == 0 or not self._beyond_chance:
            return Verdict.UNPROVEN
        better = (self.change > 0) == MEASURES[self.measure].higher_is_better
        return Verdict.BETTER if better else Verdict.WORSE

    @property
    def _beyond_chance(self) -> bool:
        if self.adjusted_p is not None:
            return self.adjusted_p < ALPHA
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high

    def as_json(self) -> dict[str, object]:
        """Return the row of `--json`."""
        return {**asdict(self), "change": self.change, "verdict": self.verdict}


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case whose value of a measure is not the same in both runs; `gain` is above 0 where it got better."""

    measure: str
    gain: float
    before: Case
    after: Case

    def as_json(self) -> dict[str, object]:
        """Return the row of `--json`."""
        return {"id": self.after.id, "measure": self.measure, "gain": self.gain, "question": self.after.question}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the same cases; `only_before` and `only_after` count the cases that the other run has not."""

    before: str
    after: str
    cases: int
    only_before: int
    only_after: int
    differences: tuple[Difference, ...]
    changed: tuple[ChangedCase, ...]
    settings: tuple[tuple[str, str, str], ...]

    def verdicts(self, verdict: Verdict) -> tuple[Difference, ...]:
        """Return the differences of one verdict, the surest first."""
        found = [each for each in self.differences if each.verdict is verdict]
        return tuple(sorted(found, key=lambda each: (each.adjusted_p or 0.0, -abs(each.change))))

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {
            "before": self.before,
            "after": self.after,
            "cases": self.cases,
            "only_before": self.only_before,
            "only_after": self.only_after,
            "settings": [{"name": name, "before": old, "after": new} for name, old, new in self.settings],
            "differences": [
                {**asdict(each), "change": each.change, "verdict": each.verdict} for each in self.differences
            ],
            "changed": [
                {"id": each.after.id, "measure": each.measure, "gain": each.gain, "question": each.after.question}
                for each in self.changed
            ],
        }


def compare(before: Results, after: Results) -> Comparison:
    """Compare the cases that both runs have; InvalidInput if there are none, or their data are not the same."""
    old, new = {case.id: case for case in before.cases}, {case.id: case for case in after.cases}
    shared = sorted(old.keys() & new.keys())
    _check(before, after, shared)
    pairs = [(old[case], new[case]) for case in shared]
    return Comparison(
        before=before.name,
        after=after.name,
        cases=len(pairs),
        only_before=len(old) - len(shared),
        only_after=len(new) - len(shared),
        differences=tuple(each for measure in MEASURES for each in _differences(measure, pairs)),
        changed=tuple(_changed(pairs)),
        settings=_changed_settings(before, after),
    )


def _check(before: Results, after: Results, shared: Sequence[str]) -> None:
    if not shared:
        remedy = "Compare runs over the same data, sample and seed."
        raise InvalidInput(f"Runs {before.name} and {after.name} have no case in common.", remedy=remedy)
    hashes = {plan.name: plan.data_hash for plan in before.manifest.units}
    changed = [p.name for p in after.manifest.units if p.name in hashes and hashes[p.name] != p.data_hash]
    if changed:
        remedy = "Run both over the same data, or compare other sets."
        raise InvalidInput(f"The data of {', '.join(changed)} are not the same in both runs.", remedy=remedy)


def _differences(measure: str, pairs: Sequence[Pair]) -> list[Difference]:
    """Return the differences of one measure over every slice, with p-values corrected over the slices."""
    if measure in OVER_CASES:
        over = _over(measure, pairs)
        return [over] if over else []
    after_of = {after.id: after for _, after in pairs}
    found = []
    for name, members in slices_of([before for before, _ in pairs]).items():
        both = [(before, after_of[before.id]) for before in members]
        if (difference := _paired(name, measure, both)) is not None:
            found.append(difference)
    adjusted = dict(zip([each.slice for each in found], holm([each.p or 0.0 for each in found]), strict=True))
    return [replace(each, adjusted_p=adjusted[each.slice]) for each in found]


def _paired(name: str, measure: str, pairs: Sequence[Pair]) -> Difference | None:
    both = [(old.metrics, new.metrics) for old, new in pairs if measure in old.metrics and measure in new.metrics]
    if not both:
        return None
    changes = [new[measure] - old[measure] for old, new in both]
    before, after = mean(old[measure] for old, _ in both), mean(new[measure] for _, new in both)
    return Difference(name, measure, len(both), before, after, mean_interval(changes), sign_flip_p(changes), None)


def _over(measure: str, pairs: Sequence[Pair]) -> Difference | None:
    """Compare a measure that is not a mean over cases by resampling pairs of cases."""
    before, after = (value_over(measure, [pair[side] for pair in pairs]) for side in (0, 1))
    if before is None or after is None:
        return None
    interval = bootstrap_of(pairs, lambda drawn: _change(measure, drawn)) if len(pairs) <= MOST_RESAMPLED else None
    return Difference(ALL, measure, len(pairs), before, after, interval, None, None)


def _change(measure: str, pairs: Sequence[Pair]) -> float | None:
    before, after = (value_over(measure, [pair[side] for pair in pairs]) for side in (0, 1))
    return None if before is None or after is None else after - before


def _changed(pairs: Sequence[Pair]) -> list[ChangedCase]:
    """Return the cases that got better or worse in what counts most, the largest changes first."""
    found = []
    for before, after in pairs:
        measure = next(
            (m for m in ("containment", "abstained", "mrr@10") if m in before.metrics and m in after.metrics), ""
        )
        gain = after.metrics[measure] - before.metrics[measure] if measure else 0.0
        if gain:
            found.append(ChangedCase(measure, gain, before, after))
    return sorted(found, key=lambda each: (-abs(each.gain), each.gain, each.after.id))


def _changed_settings(before: Results, after: Results) -> tuple[tuple[str, str, str], ...]:
    old = {**before.manifest.settings, **before.manifest.options, "code": before.manifest.code}
    new = {**after.manifest.settings, **after.manifest.options, "code": after.manifest.code}
    names = dict.fromkeys([*old, *new])
    return tuple((name, str(old.get(name)), str(new.get(name))) for name in names if old.get(name) != new.get(name))

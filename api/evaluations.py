"""Runs of evaluations, read from the folders that `knowdesk eval run` wrote; nothing is computed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from api.schemas.evaluations import (
    CasesQuery,
    EvaluationCaseOut,
    EvaluationCasesOut,
    EvaluationComparisonOut,
    EvaluationDetailOut,
    EvaluationOut,
    FigureOut,
)
from engine.errors import BackendFailed, EngineError, NotFound
from engine.observability import get_logger

__all__ = ["COMPARISONS", "EvaluationRuns"]

COMPARISONS: Final = "comparisons"
SHOWN: Final = 200  # runs in a list
ALL: Final = "all"
logger = get_logger(__name__)


class EvaluationRuns:
    """The runs in a folder; without one there are none. Only what lies directly in the folder is ever opened."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def available(self) -> bool:
        """Whether there is a folder to look into."""
        return self._folder is not None

    def runs(self) -> tuple[EvaluationOut, ...]:
        """Return the newest runs in short; those that cannot be read are left out, with a line in the log."""
        found = []
        for path in self._paths():
            try:
                found.append(_in_short(_run(path)))
            except EngineError:
                logger.warning("an evaluation run cannot be read: %s", path.name)
        return tuple(sorted(found, key=lambda run: (run.started, run.name), reverse=True)[:SHOWN])

    def run(self, name: str) -> EvaluationDetailOut:
        """Return a run with all its figures, or raise NotFound."""
        return _run(self._path(name))

    def cases(self, name: str, query: CasesQuery) -> EvaluationCasesOut:
        """Return the cases of a slice, the worst first: those that failed, then by the measure."""
        path = self._path(name)
        run = _run(path)
        chosen = [case for case in _cases(path) if query.slice == ALL or query.slice in _slices(case)]
        headlines = [figure.measure for figure in run.headlines]
        measured = {measure for case in chosen for measure in case["metrics"]}
        by = query.measure or next((each for each in headlines if each in measured), "")
        higher = {each.name: each.higher_is_better for each in run.measures}.get(by, True)
        ordered = sorted(chosen, key=lambda case: _badness(case, by, higher=higher))
        with _understood(path.name):
            items = tuple(EvaluationCaseOut(**_only(each, EvaluationCaseOut)) for each in ordered[: query.limit])
        return EvaluationCasesOut(measure=by, total=len(chosen), items=items)

    def comparison(self, name: str, before: str) -> EvaluationComparisonOut:
        """Return the comparison of a run with the one before it that `knowdesk eval compare --keep` wrote."""
        folder = self._path(name) / COMPARISONS
        found = next((path for path in folder.glob("*.json") if path.stem == before), None)
        if found is None:
            raise NotFound("These runs were not compared.", remedy="Run `knowdesk eval compare BEFORE AFTER --keep`.")
        with _understood(name):
            return EvaluationComparisonOut.model_validate(_comparison(loads(found.read_text(encoding="utf-8"))))

    def _paths(self) -> list[Path]:
        if self._folder is None or not self._folder.is_dir():
            return []
        return [path for path in self._folder.iterdir() if (path / "manifest.json").is_file()]

    def _path(self, name: str) -> Path:
        found = next((path for path in self._paths() if path.name == name), None)
        if found is None:
            raise NotFound("There is no such run.", remedy="List the runs, or set KNOWDESK_EVALUATIONS_DIR.")
        return found


def _run(path: Path) -> EvaluationDetailOut:
    """Read a run; one that is under way has no summary yet, and so no figures."""
    summary = path / "summary.json"
    newest = summary if summary.is_file() else path / "manifest.json"
    with _understood(path.name):
        return _read(path, newest.stat().st_mtime_ns)


@lru_cache(maxsize=SHOWN)
def _read(path: Path, changed_ns: int) -> EvaluationDetailOut:  # noqa: ARG001
    manifest = loads((path / "manifest.json").read_text(encoding="utf-8"))
    file = path / "summary.json"
    summary: dict[str, Any] = loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    figures = [FigureOut(**each) for each in summary.get("figures", ())]
    over_all = {each.measure: each for each in figures if each.slice == ALL}
    return EvaluationDetailOut(
        name=path.name,
        started=manifest["started"],
        complete=summary.get("complete", False),
        cases=summary.get("cases", 0),
        planned=sum(unit["cases"] for unit in manifest["units"]),
        failed=summary.get("failed", 0),
        units=[{key: unit[key] for key in ("name", "documents", "cases")} for unit in manifest["units"]],  # type: ignore[arg-type]
        headlines=[over_all[each] for each in summary.get("headlines", over_all) if each in over_all],  # type: ignore[arg-type]
        figures=figures,  # type: ignore[arg-type]
        measures=summary.get("measures", ()),
        comparisons=tuple(sorted(each.stem for each in (path / COMPARISONS).glob("*.json"))),
        **{key: manifest[key] for key in ("settings", "options", "versions", "code")},
    )


def _in_short(run: EvaluationDetailOut) -> EvaluationOut:
    return EvaluationOut(**{name: getattr(run, name) for name in EvaluationOut.model_fields})


def _cases(path: Path) -> list[dict[str, Any]]:
    """Return the cases of all units, each once; a line that is not ended yet is passed over."""
    found: dict[str, dict[str, Any]] = {}
    with _understood(path.name):
        for file in sorted((path / "cases").glob("*.jsonl")):
            with file.open(encoding="utf-8") as lines:
                whole = (loads(line) for line in lines if line.endswith("\n"))
                found |= {case["id"]: case for case in whole}
    return list(found.values())


def _slices(case: Mapping[str, Any]) -> set[str]:
    return {f"{key}={value}" for key, value in case["slices"].items()}


def _badness(case: Mapping[str, Any], measure: str, *, higher: bool) -> tuple[bool, bool, float, str]:
    value = case["metrics"].get(measure)
    return not case.get("error"), value is None, (value or 0.0) * (1 if higher else -1), case["id"]


def _only(value: Mapping[str, Any], model: type[EvaluationCaseOut]) -> dict[str, Any]:
    return {key: each for key, each in value.items() if key in model.model_fields}


def _comparison(value: dict[str, Any]) -> dict[str, Any]:
    """Return a comparison with its intervals as pairs, as figures have them."""
    rows: Sequence[dict[str, Any]] = value["differences"]
    bounds = [row["interval"] for row in rows]
    pairs = [each and (each["low"], each["high"]) for each in bounds]
    return {**value, "differences": [{**row, "interval": pair} for row, pair in zip(rows, pairs, strict=True)]}


@contextmanager
def _understood(name: str) -> Iterator[None]:
    """Raise BackendFailed for files that this version does not know."""
    try:
        yield
    except (OSError, UnicodeDecodeError, JSONDecodeError, ValidationError, LookupError, TypeError) as error:
        remedy = "Run the evaluation again into a new folder."
        raise BackendFailed(f"The run {name} cannot be read.", remedy=remedy) from error

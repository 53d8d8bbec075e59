"""Evaluate units with a system into a folder: one call for programs and notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from evals.runs.execute import Execution, Progress, execute
from evals.runs.folder import RunFolder
from evals.runs.manifest import Manifest, code_version, now, versions
from evals.runs.results import Results, write_summary
from evals.runs.units import Unit
from evals.subject import Setting

__all__ = ["Watch", "begin", "evaluate"]

Watch = Callable[[Iterable[Progress]], None]


def evaluate(
    units: Sequence[Unit], how: Execution, *, options: Mapping[str, Setting] | None = None, watch: Watch | None = None
) -> Results:
    """Carry out the units, or what is left of them, and return the run; `watch` consumes the progress.

    `options` are kept in the manifest. Conflict if the folder was begun with other data, settings, options or code.
    """
    begin(units, how.folder, settings=how.open_system().settings, options=options or {})
    (watch or _drain)(execute(units, how))
    return write_summary(how.folder.path)


def begin(
    units: Iterable[Unit], folder: RunFolder, *, settings: Mapping[str, Setting], options: Mapping[str, Setting]
) -> Manifest:
    """Write the manifest of a run, or check it against the one that is there."""
    plans = tuple(unit.plan() for unit in units)
    return folder.begin(Manifest(plans, dict(settings), dict(options), code_version(), versions(), now()))


def _drain(progress: Iterable[Progress]) -> None:
    for _ in progress:
        pass

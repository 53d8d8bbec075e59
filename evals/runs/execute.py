"""Carry out the units of a run: one process each where there are several workers, resumable at any moment."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BackendFailed, EngineError
from evals.runs.case import CASE, Case
from evals.runs.folder import RunFolder
from evals.runs.log import read_log
from evals.runs.units import Event, Unit, Work
from evals.subject import Desk, System

__all__ = ["Execution", "Progress", "ask_desk", "execute"]

POLL_S = 0.5


@dataclass(frozen=True, slots=True)
class Progress:
    """How many cases of how many are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Execution:
    """How to carry out units: `open_system` makes the system in each process, `cache` keeps indexes for other runs."""

    folder: RunFolder
    open_system: Callable[[], System]
    cache: Path | None = None
    workers: int = 1


def execute(units: Sequence[Unit], how: Execution) -> Iterator[Progress]:
    """Carry out what is not done yet of each unit, the longest first, and yield how far it has come.

    The indexes lie in the run's folder until all is done, so that a run that was killed goes on where it was.
    """
    with how.folder.lock("run"):
        plans = {plan.name: plan for plan in how.folder.manifest().units}
        total = sum(plan.cases for plan in plans.values())
        order = sorted(units, key=lambda unit: -plans[unit.name].size)
        left = [unit for unit in order if _done(how.folder, unit.name) < plans[unit.name].cases]
        if min(how.workers, len(left)) <= 1:
            yield from _here(left, how, total)
        else:
            yield from _in_processes(left, how, total)
        shutil.rmtree(how.folder.indexes, ignore_errors=True)


def ask_desk(units: Sequence[Unit], folder: RunFolder, desk: Desk, *, threads: int = 1) -> Iterator[Progress]:
    """Ask a knowledge base that is there already, with `threads` questions under way at once."""
    with folder.lock("run"):
        total = sum(plan.cases for plan in folder.manifest().units)
        count = _all_done(folder)
        for unit in units:
            with folder.writing(unit.name) as (cases, _):
                for case in unit.ask(desk, _ids(folder, unit), threads=threads):
                    cases.append(case)
                    count += 1
                    yield Progress(count, total)


def _here(units: Sequence[Unit], how: Execution, total: int) -> Iterator[Progress]:
    system = how.open_system() if units else None
    for unit in units:
        count = _all_done(how.folder)
        for event in _carried_out(unit, how, system):
            count += isinstance(event, Case)
            yield Progress(count, total)


def _carried_out(unit: Unit, how: Execution, system: System | None = None) -> Iterator[Event]:
    """Run a unit, write what it yields, and yield it; end when the process that started this one as a worker ends."""
    starter = multiprocessing.parent_process()
    with how.folder.writing(unit.name) as (cases, documents):
        work = Work(system or how.open_system(), how.cache or how.folder.indexes, _ids(how.folder, unit))
        for event in unit.run(work):
            if starter and os.getppid() != starter.pid:
                return
            if isinstance(event, Case):
                cases.append(event)
            else:
                documents.append(event)
            yield event


def _in_processes(units: Sequence[Unit], how: Execution, total: int) -> Iterator[Progress]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(how.workers, mp_context=context) as pool:
        running = [pool.submit(_process, unit, how) for unit in units]
        while not all(each.done() for each in running):
            yield Progress(_all_done(how.folder), total)
            time.sleep(POLL_S)
        for each in running:
            if problem := each.result():
                raise BackendFailed(problem, remedy="Run the same command again to go on.")
        yield Progress(_all_done(how.folder), total)


def _process(unit: Unit, how: Execution) -> str:
    """Carry out a unit in this process; return what went wrong, since not every error survives the way back."""
    try:
        for _ in _carried_out(unit, how):
            pass
    except EngineError as error:
        return f"{unit.name}: {error}"
    return ""


def _ids(folder: RunFolder, unit: Unit) -> frozenset[str]:
    return frozenset(case.id for case in read_log(folder.cases_file(unit.name), CASE))


def _all_done(folder: RunFolder) -> int:
    return sum(_done(folder, plan.name) for plan in folder.manifest().units)


def _done(folder: RunFolder, unit: str) -> int:
    """Count the cases that were written whole."""
    file = folder.cases_file(unit)
    return file.read_bytes().count(b"\n") if file.exists() else 0

"""Runs that go on where they were, in one process and in several, also after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from engine.errors import BackendFailed
from evals.http_desk import HttpDesk
from evals.runs.beir_unit import BeirUnit
from evals.runs.case import Case
from evals.runs.execute import Execution, Progress, ask_desk, execute
from evals.runs.folder import RunFolder
from evals.runs.manifest import Manifest
from evals.runs.question_unit import QuestionUnit
from evals.runs.results import load_results, write_summary
from evals.runs.units import Event, Work
from tests.unit.evals.conftest import CORPUS
from tests.unit.evals.fake_system import FakeSubject, FakeSystem
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[3]
WriteBeir = Callable[..., Path]
Json = dict[str, Any]


def begun(path: Path, *units: BeirUnit | QuestionUnit) -> RunFolder:
    folder = RunFolder(path)
    plans = tuple(unit.plan() for unit in units)
    folder.begin(Manifest(plans, {}, {}, "code", {}, "2026-01-01T00:00:00+00:00"))
    return folder


def figures(path: Path) -> Mapping[tuple[str, str], float]:
    """Return what must not depend on how the run was carried out: everything but times."""
    found = load_results(path)
    assert found.complete
    return {(each.slice, each.measure): each.value for each in found.figures if not each.measure.endswith("_ms")}


def run(path: Path, *units: BeirUnit, system: FakeSystem, workers: int = 1) -> list[Progress]:
    how = Execution(begun(path, *units), lambda: system, None, workers)
    return list(execute(units, how))


def test_a_run_is_complete_and_tells_how_far_it_is(beir: Path, system: FakeSystem, tmp_path: Path) -> None:
    progress = run(tmp_path / "run", BeirUnit(beir), system=system)
    assert progress[-1] == Progress(10, 10)
    assert [each.done for each in progress] == sorted(each.done for each in progress)
    assert not (tmp_path / "run" / "indexes").exists()
    assert load_results(tmp_path / "run").complete


def test_running_it_again_asks_nothing(beir: Path, system: FakeSystem, tmp_path: Path) -> None:
    run(tmp_path / "run", BeirUnit(beir), system=system)
    opened = len(system.opened)
    assert run(tmp_path / "run", BeirUnit(beir), system=system) == []
    assert len(system.opened) == opened


@pytest.mark.parametrize("stop_after", [1, 4, 7, 9])
def test_an_interrupted_run_ends_with_the_same_figures(
    beir: Path, system: FakeSystem, tmp_path: Path, stop_after: int
) -> None:
    run(tmp_path / "whole", BeirUnit(beir), system=system)
    how = Execution(begun(tmp_path / "cut", BeirUnit(beir)), FakeSystem)
    with closing(cast("Generator[Progress, None, None]", execute([BeirUnit(beir)], how))) as going:
        while next(going).done < stop_after:
            pass
    with how.folder.cases_file("shop").open("ab") as file:
        file.write(b'{"id":"shop/te')
    run(tmp_path / "cut", BeirUnit(beir), system=system)
    assert figures(tmp_path / "cut") == figures(tmp_path / "whole")
    assert len(load_results(tmp_path / "cut").cases) == 10


def test_a_broken_system_fails_cases_and_not_the_run(
    beir: Path, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = FakeSubject.search

    def failing(self: FakeSubject, query: str, *, limit: int) -> object:
        if "invoice" in query:
            raise BackendFailed("Store is down.")
        return search(self, query, limit=limit)

    monkeypatch.setattr(FakeSubject, "search", failing)
    run(tmp_path / "run", BeirUnit(beir), system=system)
    found = load_results(tmp_path / "run")
    assert found.complete
    failed = [case for case in found.cases if case.error]
    assert {case.question for case in failed} == {"how comes an invoice"}
    figure = found.figure("failed")
    assert figure is not None
    assert figure.value == len(failed) / 10


def test_documents_that_fail_are_kept(write_beir: WriteBeir, system: FakeSystem, tmp_path: Path) -> None:
    rows = [{"_id": "returns", "text": "30 days"}, {"_id": "empty", "text": ""}]
    folder = write_beir(corpus=rows, qrels={"test": "q1\treturns\t1\n"})
    run(tmp_path / "run", BeirUnit(folder), system=system)
    assert [each.uri for each in load_results(tmp_path / "run").failures] == ["empty"]


def test_a_desk_that_is_there_is_asked_by_several_threads(beir: Path, system: FakeSystem, tmp_path: Path) -> None:
    unit = BeirUnit(beir, withheld=False)
    folder = begun(tmp_path / "run", unit)
    with system.open(tmp_path / "index") as subject:
        list(subject.add(unit._splits[0].corpus))
        progress = list(ask_desk([unit], folder, subject, threads=3))
    assert progress[-1] == Progress(8, 8)
    assert load_results(tmp_path / "run").complete


SCRIPT = """
import sys, time
from pathlib import Path
from evals.runs.beir_unit import BeirUnit
from evals.runs.execute import Execution, execute
from evals.runs.folder import RunFolder
from tests.unit.evals.fake_system import FakeSubject, FakeSystem

answer = FakeSubject.answer
def slow(self, *args, **others):
    time.sleep({pause})
    return answer(self, *args, **others)
FakeSubject.answer = slow

if __name__ == "__main__":
    units = [BeirUnit(Path(each)) for each in sys.argv[2:]]
    for _ in execute(units, Execution(RunFolder(Path(sys.argv[1])), FakeSystem, None, {workers})):
        pass
"""


def started(tmp_path: Path, run_path: Path, *folders: Path, pause: float, workers: int) -> subprocess.Popen[bytes]:
    script = tmp_path / f"go{workers}.py"
    script.write_text(SCRIPT.format(pause=pause, workers=workers), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    return subprocess.Popen([sys.executable, script, run_path, *folders], env=environment, cwd=tmp_path)  # noqa: S603


@pytest.fixture
def two(write_beir: WriteBeir) -> tuple[Path, Path]:
    return write_beir(name="one"), write_beir(name="two")


def lines(path: Path) -> int:
    return sum(file.read_bytes().count(b"\n") for file in (path / "cases").glob("*.jsonl"))


def report(path: Path) -> Json:
    """Return the report as it is printed, without its name and times."""
    found = write_summary(path).as_json()
    figures, manifest = cast("Sequence[Json]", found["figures"]), cast("Json", found["manifest"])
    timeless = [each for each in figures if not str(each["measure"]).endswith("_ms")]
    return {**found, "name": "", "figures": timeless, "manifest": {**manifest, "started": ""}}


def answers(path: Path) -> list[Case]:
    return [replace(case, milliseconds=0.0) for case in load_results(path).cases]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_with_the_same_cases_figures_and_report(
    two: tuple[Path, Path], system: FakeSystem, tmp_path: Path, workers: int
) -> None:
    units = [BeirUnit(each) for each in two]
    run(tmp_path / "whole", *units, system=system)
    begun(tmp_path / "killed", *units)
    process = started(tmp_path, tmp_path / "killed", *two, pause=0.15, workers=workers)
    until(lambda: lines(tmp_path / "killed") >= 5 or process.poll() is not None)
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert 5 <= lines(tmp_path / "killed") < 20
    run(tmp_path / "killed", *units, system=system)
    assert figures(tmp_path / "killed") == figures(tmp_path / "whole")
    assert report(tmp_path / "killed") == report(tmp_path / "whole")
    assert answers(tmp_path / "killed") == answers(tmp_path / "whole")


def test_the_unit_with_most_to_do_begins_first(
    write_beir: WriteBeir, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [{"_id": f"page{n}", "text": f"page {n}"} for n in range(4)]
    broad = BeirUnit(write_beir(name="broad", corpus=[*CORPUS, *more]), limit=1, withheld=False)
    long = BeirUnit(write_beir(name="long"))
    begun_units, carry_out = list[str](), BeirUnit.run

    def noted(unit: BeirUnit, work: Work) -> Iterator[Event]:
        begun_units.append(unit.name)
        return carry_out(unit, work)

    monkeypatch.setattr(BeirUnit, "run", noted)
    run(tmp_path / "run", broad, long, system=system)
    assert (broad.plan().size, long.plan().size) == (10, 14)
    assert begun_units == ["long", "broad"]


def test_several_processes_give_the_same_figures(two: tuple[Path, Path], system: FakeSystem, tmp_path: Path) -> None:
    units = [BeirUnit(each) for each in two]
    run(tmp_path / "whole", *units, system=system)
    begun(tmp_path / "parallel", *units)
    assert started(tmp_path, tmp_path / "parallel", *two, pause=0, workers=2).wait(timeout=120) == 0
    assert figures(tmp_path / "parallel") == figures(tmp_path / "whole")


def test_the_http_desk_is_a_desk() -> None:
    assert {"search", "answer", "stored_text"} <= set(dir(HttpDesk))


def test_a_worker_whose_starter_was_killed_before_the_unit_began_does_nothing(
    beir: Path, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("multiprocessing.parent_process", lambda: SimpleNamespace(pid=-1))
    assert run(tmp_path / "run", BeirUnit(beir), system=system) == []
    assert not load_results(tmp_path / "run").complete


def test_a_run_outlives_the_shell_that_started_it(
    beir: Path, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parents = count(1000)
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    assert run(tmp_path / "run", BeirUnit(beir), system=system)[-1] == Progress(10, 10)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evals.bench.jobs.commands
from engine.errors import BackendFailed
from evals.bench.cli import app
from evals.bench.jobs.big_pdf import BigPdfBench
from evals.bench.jobs.crash import CrashBench, CrashOptions, Round
from evals.bench.watching import Watched


def _crash(differences: int) -> Callable[..., CrashBench]:
    def bench(scratch: Path, options: CrashOptions, *, say: Callable[[str], None]) -> CrashBench:
        assert scratch.is_dir()
        say("ingesting")
        return CrashBench(options, 40, 12.0, 3.0, 40, (Round(options.kills, 1, 45, 5, 2, differences),), (1.0, 2.0))

    return bench


@pytest.mark.parametrize(("differences", "status"), [(0, 0), (1, 1)])
def test_a_difference_fails_the_command(monkeypatch: pytest.MonkeyPatch, differences: int, status: int) -> None:
    monkeypatch.setattr(evals.bench.jobs.commands, "bench_crash", _crash(differences))
    result = CliRunner().invoke(app, ["crash", "--files", "25", "--kills", "2", "--seed", "9", "--json"])
    assert result.exit_code == status
    found = json.loads(result.stdout)
    assert (found["files"], found["kills"], found["differences"]) == (25, 2, differences)
    assert found["rounds"][0]["most_embedded_again_after_one_kill"] == 2


def test_memory_and_speed_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def bench(scratch: Path, *, pages: int, seed: int, say: Callable[[str], None]) -> BigPdfBench:
        return BigPdfBench(pages, 3.0, Watched(12.0, 400.0, 200.0, 550.0), 2.0, 5.0, 1.0)

    monkeypatch.setattr(evals.bench.jobs.commands, "bench_pdf", bench)
    result = CliRunner().invoke(app, ["pdf", "--pages", "100"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["peak_mb"]["together"] == 550


def test_a_job_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def bench(*_: object, **options: object) -> BigPdfBench:
        raise BackendFailed("The process of the job failed.", remedy="it is broken")

    monkeypatch.setattr(evals.bench.jobs.commands, "bench_pdf", bench)
    result = CliRunner().invoke(app, ["pdf"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "it is broken" in result.stderr

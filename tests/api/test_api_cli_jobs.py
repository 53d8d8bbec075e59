from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import ingestion.jobs.ahead
from api.cli import progress
from engine.settings import load_settings
from ingestion.jobs.service import JobService, open_ledger
from ingestion.jobs.values import Job
from tests.api.desk import Desk
from tests.fakes.postgres import environment
from tests.waiting import until

COMMAND = (sys.executable, "-c", "from api.cli.main import main; main()")


@pytest.fixture
def folder(tmp_path: Path, pages: Path) -> Path:
    """A copy of the pages that may be changed."""
    return shutil.copytree(pages, tmp_path / "folder")


def test_an_ingest_is_a_job_that_is_listed_and_shown(open_desk: Desk, folder: Path) -> None:
    assert open_desk.json("jobs", "list") == {"items": []}
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 this is none")
    open_desk.json("ingest", str(folder), "--kb", "shop", status=1)
    (job,) = open_desk.json("jobs", "list")["items"]
    assert (job["knowledge_base"], job["state"]) == ("shop", "done_with_failures")
    assert job["sources"] == [{"kind": "place", "location": str(folder)}]
    assert open_desk.json("jobs", "show", job["id"]) == job
    assert open_desk.json("jobs", "list", "--state", "running") == {"items": []}
    assert open_desk.json("jobs", "list", "--kb", "other") == {"items": []}
    (folder / "broken.pdf").write_text("It is text now.")
    again = open_desk.json("jobs", "retry", job["id"])
    assert (again["state"], again["retry_of"]) == ("done", job["id"])
    assert again["report"]["documents"]["added"] == 1
    assert [each["id"] for each in open_desk.json("jobs", "list")["items"]] == [again["id"], job["id"]]
    assert len(open_desk.json("jobs", "list", "--limit", "1")["items"]) == 1


def test_people_see_tables_and_each_failure(open_desk: Desk, folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    open_desk("ingest", str(folder))
    listed = open_desk("jobs", "list").stdout
    assert listed.splitlines()[0].split()[:3] == ["Id", "State", "Knowledge"]
    assert "done_with_failures" in listed.splitlines()[1]
    shown = open_desk("jobs", "show", listed.splitlines()[1].split()[0])
    assert "5 of 5, 1 failed" in shown.stdout
    assert "empty.md" in shown.stderr


def test_jobs_that_cannot_be_cancelled_retried_or_found(open_desk: Desk, folder: Path) -> None:
    open_desk("ingest", str(folder))
    (job,) = open_desk.json("jobs", "list")["items"]
    for words in (("cancel", job["id"]), ("retry", job["id"]), ("show", "nothing"), ("list", "--state", "asleep")):
        result = open_desk("jobs", *words)
        assert (result.exit_code, result.stdout) == (2, ""), words
        assert result.stderr


def test_listing_needs_no_engine_and_leaves_the_folder_to_its_owner(desk: Desk, folder: Path) -> None:
    desk("ingest", str(folder))
    loaded = subprocess.run(  # noqa: S603
        [*COMMAND[:2], f"import sys\n{COMMAND[2]}", "--data-dir", str(desk.data_dir), "jobs", "list", "--json"],
        env=environment(desk.data_dir),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert '"state": "done"' in loaded.stdout
    assert loaded.stderr == ""


def test_asking_loads_neither_the_job_system_nor_what_only_other_commands_need() -> None:
    code = "import sys, api.cli.ask, engine.assembly, api.schemas.answers; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    unwanted = {
        "dbos",
        "mcp",
        "tenacity",
        "psutil",
        "torch",
        "rich.console",
        "rich.progress",
        "engine.guard.personal_data",
        "engine.domain.event",
        "engine.domain.graph",
        "engine.domain.quality",
        "engine.persistence.event_tables",
        "engine.persistence.graph_tables",
        "engine.persistence.quality_tables",
    }
    assert not unwanted & set(loaded.stdout.split())


def test_an_interrupt_cancels_and_the_same_command_goes_on(
    open_desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: JobService, job_id: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(JobService, "follow", interrupted)
    assert open_desk("ingest", str(folder)).exit_code == 130
    monkeypatch.undo()


def test_a_job_that_was_cancelled_elsewhere_is_told(
    open_desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = progress.ended

    def cancelled(jobs: JobService, job: Job) -> Job:
        threading.Timer(0.2, lambda: ledger.cancel(job.id)).start()
        return ended(jobs, job)

    ledger = open_ledger(load_settings(data_dir=open_desk.data_dir))
    parsed = ingestion.jobs.ahead.Ahead._outcome

    def slow(*arguments: object) -> object:
        time.sleep(0.3)
        return parsed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ingestion.jobs.ahead.Ahead, "_outcome", slow)
    monkeypatch.setattr(progress, "ended", cancelled)
    result = open_desk("ingest", str(folder))
    ledger.close()
    assert result.exit_code == 2
    assert "cancelled" in result.stderr


def test_an_ingest_that_is_killed_goes_on_with_the_same_command(tmp_path: Path) -> None:
    folder, data = tmp_path / "many", tmp_path / "data"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.md").write_text(f"# Page {number}\n\nThe lamp of page {number} shines.\n")
    words = [*COMMAND, "--data-dir", str(data), "ingest", str(folder), "--json"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment(data))  # noqa: S603
    ledger = open_ledger(load_settings(data_dir=data))
    found = until(ledger.jobs, lambda jobs: jobs and jobs[0].progress.phase)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert ledger.job(found[0].id).is_active
    ended = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True, env=environment(data), timeout=120)  # noqa: S603
    assert '"added": 60' in ended.stdout
    assert [job.id for job in ledger.jobs()] == [found[0].id]
    assert ledger.job(found[0].id).state == "done"
    ledger.close()

from __future__ import annotations

import logging
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from engine.errors import BackendFailed
from ingestion.jobs.ledger import Ledger, new_id
from ingestion.jobs.system import System, silence


@pytest.mark.sqlite
def test_the_state_is_a_file_in_the_folder(tmp_path: Path) -> None:
    system = System(tmp_path / "jobs")
    assert system.url == f"sqlite:///{tmp_path / 'jobs' / 'jobs.db'}"
    assert System(tmp_path / "jobs", "sqlite:///elsewhere.db").url == system.url
    assert not system.is_shared


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg", "postgres+psycopg2"])
def test_or_on_the_server_that_holds_the_other_tables(tmp_path: Path, scheme: str) -> None:
    system = System(tmp_path, f"{scheme}://me:secret@db.example:5433/knowdesk")
    assert system.url == "postgresql://me:secret@db.example:5433/knowdesk"


def test_those_who_share_a_server_have_one_name_and_each_an_owner(tmp_path: Path) -> None:
    one, other = (System(tmp_path / name, "postgresql://me@db.example/knowdesk") for name in ("one", "other"))
    assert one.name == other.name == "knowdesk"
    assert one.owner != other.owner
    assert one.is_shared


def test_a_server_that_is_away_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(BackendFailed, match="database failed"):
        assert System(tmp_path, "postgresql://nobody@127.0.0.1:9/nothing").exists


@pytest.mark.sqlite
def test_a_folder_has_a_name_of_its_own_that_stays(tmp_path: Path) -> None:
    one, other = System(tmp_path / "one"), System(tmp_path / "other")
    assert one.name == System(tmp_path / "one").name != other.name
    assert one.name.startswith("knowdesk-")
    assert one.owner != other.owner


def test_it_exists_once_it_is_made(tmp_path: Path) -> None:
    system = System(tmp_path / "jobs")
    assert not system.exists
    assert system.owner  # a process that dies here has made nothing
    assert not system.exists
    system.prepare()
    system.made()
    assert system.exists


@pytest.mark.sqlite
def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    system = System(tmp_path / "jobs")
    system.prepare()
    with sqlite3.connect(tmp_path / "jobs" / "jobs.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_record_that_is_not_there_is_empty_and_not_made(tmp_path: Path) -> None:
    ledger = Ledger(System(tmp_path / "jobs"))
    assert ledger.jobs() == []
    ledger.close()
    assert not (tmp_path / "jobs").exists()


def test_the_library_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    silence()
    logging.getLogger("dbos").error("It failed.")
    assert capfd.readouterr() == ("", "")


def test_ids_sort_by_time_and_do_not_repeat() -> None:
    ids = [new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert [each[:22] for each in ids] == sorted(each[:22] for each in ids)


def test_those_who_name_a_folder_at_once_agree(tmp_path: Path) -> None:
    together = Barrier(8)

    def named(_: int) -> str:
        together.wait(timeout=10)
        return System(tmp_path / "jobs").owner

    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(named, range(8)))
    assert len(names) == 1
    assert [file.name for file in (tmp_path / "jobs").iterdir()] == ["owner"]

"""What only the embedded store does: owning a folder, outliving its process, serving threads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import BackendFailed, Conflict, EngineError, Misconfigured, NotFound
from engine.ports import StoreQuery
from engine.stores.edge import EdgeStore
from engine.stores.naming import safe_name
from tests.fakes.stores import DIMENSION, chunk, folder, idf, ids, sparse, unit

ROOT = Path(__file__).resolve().parents[3]
QUERY = StoreQuery(dense=unit(1.0), sparse=sparse({1: 1.0}), context=sparse({1: 1.0}))
OWNER = """
import sys, pathlib
from engine.stores.edge import EdgeStore
from tests.fakes.stores import chunk, sparse
store = EdgeStore(pathlib.Path(sys.argv[1]))
store.create("kb", 4)
store.upsert("kb", [chunk(f"{n}", f"d{n % 10}", terms={1: 1.0}, around={1: 2.0}) for n in range(200)])
store.delete_document("kb", "d3")
print("ready", flush=True)
sys.stdin.read()
"""
TRIAL = """
import sys, pathlib
from engine.errors import Conflict
from engine.stores.edge import EdgeStore
try:
    EdgeStore(pathlib.Path(sys.argv[1]))
except Conflict as error:
    print(error)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with folder() as path:
        yield path / "data"


def python(code: str, data: Path) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", code, str(data)], cwd=ROOT, text=True, **pipes)  # type: ignore[call-overload,no-any-return]  # noqa: S603


def state(data: Path) -> Path:
    return data / "index" / safe_name("kb") / "state.json"


def filled(data: Path, count: int = 100) -> EdgeStore:
    store = EdgeStore(data)
    store.create("kb", DIMENSION)
    store.upsert("kb", [chunk(f"{n}", f"d{n % 10}", terms={1: 1.0, 10 + n: 1.0}) for n in range(count)])
    return store


def test_everything_is_there_after_reopening(data: Path) -> None:
    store = filled(data)
    store.delete_document("kb", "d3")
    before, records = store.search("kb", QUERY), list(store.records("kb"))
    store.close()
    store = EdgeStore(data)
    assert store.exists("kb")
    assert list(store.records("kb")) == records
    assert store.search("kb", QUERY) == before
    with pytest.raises(Conflict):
        store.create("kb", DIMENSION + 1)
    store.close()


def test_what_was_written_survives_a_kill_and_the_folder_is_free(data: Path) -> None:
    with python(OWNER, data) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        owner.send_signal(signal.SIGKILL)
    store = EdgeStore(data)
    assert store.count("kb") == 180
    result = store.search("kb", QUERY)
    assert len(result.dense) == len(result.sparse) == len(result.context) == 100
    assert result.sparse[0].score == pytest.approx(idf(180, 180), abs=1e-5)
    store.close()


def test_a_second_process_is_told_who_has_the_folder(data: Path) -> None:
    store = filled(data)
    with python(TRIAL, data) as trial:
        message, _ = trial.communicate(timeout=60)
    assert f"in use by process {os.getpid()}" in message
    assert "Stop that process, or use the server that it runs." in message
    assert store.count("kb") == 100
    store.close()
    with python(TRIAL, data) as trial:
        assert trial.communicate(timeout=60)[0] == ""


def test_a_second_store_in_this_process_is_refused_at_once(data: Path) -> None:
    store = EdgeStore(data)
    began = time.monotonic()
    with pytest.raises(Conflict, match="in use"):
        EdgeStore(data)
    assert time.monotonic() - began < 1
    store.close()
    EdgeStore(data).close()


def test_an_owner_without_a_name_is_another_process(data: Path) -> None:
    store = EdgeStore(data)
    (data / "index.pid").write_text("?")
    with pytest.raises(Conflict, match="another process"):
        EdgeStore(data)
    store.close()


def test_a_folder_that_cannot_be_written_is_misconfigured(data: Path) -> None:
    data.write_text("a file")
    for path in (data, data / "below"):
        with pytest.raises(Misconfigured, match="cannot be written"):
            EdgeStore(path)


def test_a_closed_store_says_so(data: Path) -> None:
    store = filled(data)
    closer = threading.Thread(target=store.close)
    closer.start()
    closer.join(timeout=60)
    store.close()
    for call in (lambda: store.count("kb"), lambda: store.exists("kb"), lambda: store.create("new", DIMENSION)):
        with pytest.raises(BackendFailed, match="closed"):
            call()


def test_threads_search_while_others_write(data: Path) -> None:
    store = filled(data, 0)
    errors: list[BaseException] = []
    done = threading.Event()

    def work(step: int) -> None:
        try:
            for n in range(step, 120, 2):
                store.upsert("kb", [chunk(f"{n}.{i}", f"d{n}", terms={1: 1.0, n: 1.0}) for i in range(3)])
                if n % 4 == 0:
                    store.delete_document("kb", f"d{n}")
        except EngineError as error:
            errors.append(error)

    def look() -> None:
        try:
            while not done.is_set():
                for hits in (store.search("kb", QUERY).dense, store.search("kb", QUERY).sparse):
                    assert len(set(ids(hits))) == len(hits) <= 100
        except (EngineError, AssertionError) as error:
            errors.append(error)

    writers = [threading.Thread(target=work, args=(step,)) for step in range(2)]
    readers = [threading.Thread(target=look) for _ in range(2)]
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join(timeout=60)
    done.set()
    for thread in readers:
        thread.join(timeout=60)
    assert errors == []
    assert store.count("kb") == 270
    store.close()


def test_an_index_that_is_dropped_under_a_reader_is_not_found(data: Path) -> None:
    store = filled(data, 600)
    records = store.records("kb")
    next(records)
    store.drop("kb")
    with pytest.raises(NotFound):
        list(records)
    assert not state(data).parent.exists()
    store.close()


def test_leftovers_of_a_crash_are_swept(data: Path) -> None:
    store = filled(data)
    store.close()
    leftover = state(data).parent / "shard-0123456789ab"
    leftover.mkdir()
    store = EdgeStore(data)
    assert store.count("kb") == 100
    assert not leftover.exists()
    store.close()


def test_a_crash_while_an_index_is_created_leaves_none(data: Path) -> None:
    store = filled(data)
    store.close()
    state(data).unlink()
    store = EdgeStore(data)
    assert not store.exists("kb")
    store.create("kb", DIMENSION + 1)
    assert store.count("kb") == 0
    assert len(list(state(data).parent.glob("shard-*"))) == 1
    store.close()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1, "shard": 3}', "\x00"])
def test_a_damaged_state_is_named_and_can_be_dropped(data: Path, text: str) -> None:
    filled(data).close()
    state(data).write_text(text)
    store = EdgeStore(data)
    with pytest.raises(BackendFailed, match=r"state\.json cannot be read"):
        store.count("kb")
    store.drop("kb")
    store.create("kb", DIMENSION)
    assert store.count("kb") == 0
    store.close()


def test_an_index_of_a_newer_version_is_refused(data: Path) -> None:
    filled(data).close()
    kept = json.loads(state(data).read_text())
    state(data).write_text(json.dumps({**kept, "format": 2}))
    store = EdgeStore(data)
    with pytest.raises(Misconfigured, match="format 2, this version knows 1"):
        store.count("kb")
    store.close()


def test_a_failure_inside_names_no_document(data: Path) -> None:
    filled(data).close()
    for segment in state(data).parent.glob("shard-*/segments/*/*"):
        if segment.is_file():
            segment.write_bytes(b"secret")
    store = EdgeStore(data)
    with pytest.raises(BackendFailed, match="while opening an index") as failure:
        store.count("kb")
    assert "secret" not in str(failure.value)
    store.close()

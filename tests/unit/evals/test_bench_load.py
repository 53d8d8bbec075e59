"""Load in a closed loop: how much is asked, what is counted, and that nothing leaves this machine."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from rich.table import Table
from typer.testing import CliRunner

from engine.assembly import build_engine
from engine.errors import BackendFailed, InvalidInput
from engine.settings import load_settings
from evals.bench.cli import app
from evals.bench.latency import Latency
from evals.bench.load import Level, LoadOptions, bench_load, saturation
from evals.bench.load_command import show_load
from evals.bench.overload import Overload, bench_overload
from evals.bench.sample import ingest_folder
from evals.bench.service import HttpApi
from tests.fakes.postgres import environment

QUESTIONS = ("one", "two", "three")
PAUSE_S = 0.05


@dataclass
class Desk:
    """A server that answers at once, and fails where it is asked to; it counts how many it works on at a time."""

    fails: frozenset[str] = frozenset()
    bodies: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    working: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    room: int = 1000
    status: int = 503

    def answer(self, path: str, body: dict[str, str]) -> int:
        with self.lock:
            self.bodies.append((path, body))
            self.working += 1
            self.most = max(self.most, self.working)
            full = self.working > self.room
        threading.Event().wait(0.02)
        with self.lock:
            self.working -= 1
        return self.status if full or self.fails & set(body.values()) else 200


@contextmanager
def opened(desk: Desk) -> Iterator[HttpApi]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = desk.answer(self.path, body)
            self.send_response(status)
            if status == 503:
                self.send_header("Retry-After", str(PAUSE_S))
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.server_port}") as client:
            yield HttpApi(client, "kb", os.getpid())
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def levels(desk: Desk, options: LoadOptions) -> list[Level]:
    with opened(desk) as api:
        return list(bench_load(api, QUESTIONS, options, say=lambda _: None))


def test_each_call_is_made_as_often_as_wanted_by_so_many_at_a_time() -> None:
    desk = Desk()
    found = levels(desk, LoadOptions((1, 4), requests=12, seconds=60.0))
    assert [(each.call, each.clients) for each in found] == [
        ("/v1/search", 1),
        ("/v1/search", 4),
        ("/v1/answer", 1),
        ("/v1/answer", 4),
    ]
    assert all(each.latency and each.latency.calls == 12 and not each.errors for each in found)
    assert all(each.peak_mb > 5 and 0 < each.throughput < 12 / 0.02 * 4 for each in found)
    assert all(each.latency and each.latency.p50_ms >= 20 for each in found)
    assert 1 < desk.most <= 4
    searched = [body for path, body in desk.bodies if path == "/v1/search"]
    assert {body["query"] for body in searched} == set(QUESTIONS)
    assert all("question" in body for path, body in desk.bodies if path == "/v1/answer")
    assert {body["knowledge_base"] for _, body in desk.bodies} == {"kb"}


def test_one_client_never_asks_twice_at_a_time() -> None:
    desk = Desk()
    levels(desk, LoadOptions((1,), requests=6, seconds=60.0))
    assert desk.most == 1


def test_a_level_ends_with_its_time() -> None:
    found = levels(Desk(), LoadOptions((2,), requests=100_000, seconds=1.0))
    assert all(each.latency and 1 < each.latency.calls < 300 for each in found)
    assert all(1.0 <= each.seconds < 60 for each in found)


def test_failures_are_counted_by_kind_and_have_no_time() -> None:
    found = levels(Desk(frozenset({"two"})), LoadOptions((1,), requests=9, seconds=60.0))
    assert [each.errors for each in found] == [{"503": 3}, {"503": 3}]
    assert all(each.latency and each.latency.calls == 6 for each in found)


def test_a_service_that_is_gone_is_counted_too() -> None:
    with opened(Desk()) as api:
        gone = HttpApi(httpx.Client(base_url=api.client.base_url), "kb", os.getpid())
    found = next(bench_load(gone, QUESTIONS, LoadOptions((2,), 4, 60.0), say=lambda _: None))
    gone.client.close()
    assert (found.latency, found.throughput) == (None, 0.0)
    assert found.errors == {"ConnectError": 4}


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "[2001:db8::1]", "example.org"])
def test_load_is_put_on_this_machine_alone_and_names_may_lead_anywhere(host: str) -> None:
    with httpx.Client(base_url=f"http://{host}:9") as client, pytest.raises(InvalidInput, match="not on this machine"):
        next(bench_load(HttpApi(client, "kb"), QUESTIONS, LoadOptions(), say=lambda _: None))


def test_without_questions_nothing_is_asked() -> None:
    desk = Desk()
    with opened(desk) as api, pytest.raises(InvalidInput, match="nothing to ask"):
        next(bench_load(api, (), LoadOptions(), say=lambda _: None))
    assert desk.bodies == []


def test_the_table_shows_times_and_errors() -> None:
    good = Level("/v1/search", 4, 2.0, Latency(10, 1.4, 2.0, 3.0, 1.5), {"503": 2}, 300.2)
    table, saturated = show_load([good, Level("/v1/answer", 1, 2.0, None, {"ConnectError": 4}, 0.0)])
    assert isinstance(table, Table)
    rows = [list(column.cells) for column in table.columns]
    assert [cells[0] for cells in rows] == ["/v1/search", "4", "10", "503: 2", "5.0", "1", "2", "3", "300"]
    assert [cells[1] for cells in rows][2:6] == ["0", "ConnectError: 4", "0.0", ""]
    assert saturated == "Saturated: /v1/search with 4"


def test_a_service_is_saturated_by_the_fewest_clients_that_get_all_it_can_do() -> None:
    def level(clients: int, calls: int) -> Level:
        return Level("/v1/search", clients, 1.0, Latency(calls, 1.0, 1.0, 1.0, 1.0), {}, 1.0)

    assert saturation([level(1, 50), level(4, 97), level(16, 100), level(64, 90)]) == {"/v1/search": 4}
    assert saturation([level(1, 10), level(4, 20)]) == {"/v1/search": 4}


@pytest.mark.parametrize("levels", [[], [Level("/v1/search", 4, 2.0, None, {"503": 9}, 0.0)]])
def test_what_was_never_answered_is_not_saturated(levels: list[Level]) -> None:
    assert saturation(levels) == {}
    assert list(show_load(levels))[-1] == "Saturated: nothing was answered"


def test_who_is_refused_comes_back_when_it_was_told_to() -> None:
    desk = Desk(frozenset(QUESTIONS))
    began = time.perf_counter()
    found = levels(desk, LoadOptions((1,), requests=3, seconds=60.0))[0]
    assert found.errors == {"503": 3}
    assert time.perf_counter() - began >= 3 * PAUSE_S


def overloaded(desk: Desk) -> Overload:
    with opened(desk) as api:
        return bench_overload(api, QUESTIONS, clients=6, seconds=1.5, say=lambda _: None)


def test_an_overload_tells_refusals_from_errors_and_comes_to_its_end() -> None:
    found = overloaded(Desk(room=1))
    assert found.answered
    assert found.answered.calls >= 1
    assert set(found.refused) == {"503"}
    assert found.errors == {}
    assert found.seconds >= 1.5
    assert found.recovery_s > 0
    assert found.before_mb > 5
    assert found.peak_mb >= found.before_mb * 0.9
    for part in ("by 6 clients", "answered, p95", "503: ", "Answered again after", "Memory"):
        assert part in found.told()


def test_what_is_no_refusal_is_an_error() -> None:
    found = overloaded(Desk(room=1, status=500))
    assert (set(found.errors), found.refused) == ({"500"}, {})
    assert found.as_json()["errors"] == found.errors


def test_a_service_that_answers_nobody_cannot_be_overloaded() -> None:
    with pytest.raises(BackendFailed, match="answers nobody"):
        overloaded(Desk(frozenset(QUESTIONS)))


def test_a_real_service_is_asked_in_a_process_of_its_own(tmp_path: Path) -> None:
    pages, queries = tmp_path / "pages", tmp_path / "queries.jsonl"
    pages.mkdir()
    (pages / "kettle.md").write_text("# Kettle\n\nDescale the kettle every month.\n", encoding="utf-8")
    queries.write_text('{"text": "How often is the kettle descaled?"}\n', encoding="utf-8")
    engine = build_engine(load_settings(data_dir=tmp_path / "data"))
    try:
        ingest_folder(engine, "tiny", pages)
    finally:
        engine.close()
    words = ["load", "--kb", "tiny", "--data-dir", str(tmp_path / "data"), "--queries", str(queries)]
    words += ["--clients", "1", "--clients", "3", "--requests", "6", "--json"]
    result = CliRunner().invoke(app, words, env=environment(tmp_path / "data"))
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["knowledge_base"] == "tiny"
    assert [(each["call"], each["clients"], each["latency"]["calls"]) for each in found["levels"]] == [
        ("/v1/search", 1, 6),
        ("/v1/search", 3, 6),
        ("/v1/answer", 1, 6),
        ("/v1/answer", 3, 6),
    ]
    assert all(each["errors"] == {} and each["peak_mb"] > 50 for each in found["levels"])


@pytest.mark.parametrize(
    "words", [["--kb", "shop"], ["--clients", "65"], ["--clients", "0"], ["--requests", "0"], ["--overload", "17"]]
)
def test_what_is_not_bounded_or_not_whole_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["load", *words]).exit_code == 2

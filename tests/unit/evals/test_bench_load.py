"""Load in a closed loop: how much is asked, what is counted, and that nothing leaves this machine."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from engine.assembly import build_engine
from engine.errors import InvalidInput
from engine.settings import load_settings
from evals.bench.cli import app
from evals.bench.latency import Latency
from evals.bench.load import Level, LoadOptions, bench_load
from evals.bench.load_command import show_load
from evals.bench.sample import ingest_folder
from evals.bench.service import HttpApi

QUESTIONS = ("one", "two", "three")


@dataclass
class Desk:
    """A server that answers at once, and fails where it is asked to; it counts how many it works on at a time."""

    fails: frozenset[str] = frozenset()
    bodies: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    working: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, path: str, body: dict[str, str]) -> int:
        with self.lock:
            self.bodies.append((path, body))
            self.working += 1
            self.most = max(self.most, self.working)
        threading.Event().wait(0.02)
        with self.lock:
            self.working -= 1
        return 503 if self.fails & set(body.values()) else 200


@contextmanager
def opened(desk: Desk) -> Iterator[HttpApi]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(desk.answer(self.path, body))
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
    found = levels(Desk(), LoadOptions((2,), requests=100_000, seconds=0.3))
    assert all(each.latency and 1 < each.latency.calls < 100 for each in found)
    assert all(0.3 <= each.seconds < 20 for each in found)


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
    table = show_load([good, Level("/v1/answer", 1, 2.0, None, {"ConnectError": 4}, 0.0)])
    rows = [list(column.cells) for column in table.columns]
    assert [cells[0] for cells in rows] == ["/v1/search", "4", "10", "503: 2", "5.0", "1", "2", "3", "300"]
    assert [cells[1] for cells in rows][2:6] == ["0", "ConnectError: 4", "0.0", ""]


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
    result = CliRunner().invoke(app, [*words, "--clients", "1", "--clients", "3", "--requests", "6", "--json"])
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


@pytest.mark.parametrize("words", [["--kb", "shop"], ["--clients", "65"], ["--clients", "0"], ["--requests", "0"]])
def test_what_is_not_bounded_or_not_whole_is_refused(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["load", *words]).exit_code == 2

"""Soaks: what clients do and notice, and what is told of growth."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import pytest
from rich.console import Console, Group
from typer.testing import CliRunner

from evals.bench.cli import app
from evals.bench.latency import Latency
from evals.bench.soak import traffic
from evals.bench.soak.command import show_soak
from evals.bench.soak.measuring import Drift, Window, drift
from evals.bench.soak.traffic import Client, Seen, Task, clients_of

WINDOW = Window(60.0, {"search": Latency.of([10.0])}, {}, 400.0, 100.0, 200.0, 50, 28)


@dataclass
class Desk:
    """A service with pages in memory; `bad` says what it does wrong."""

    bad: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    polls: int = 0

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == self.bad:
            return httpx.Response(503)
        if request.method == "DELETE":
            del self.pages[request.url.path.rpartition("/")[2]]
            return httpx.Response(204)
        return httpx.Response(200, json=self.content(request))

    def content(self, request: httpx.Request) -> dict[str, Any]:
        if request.url.path == "/v1/search":
            found = [] if self.bad == "loses" else [{"uri": uri, "text": text} for uri, text in self.pages.items()]
            return {"passages": found}
        if request.url.path.startswith("/v1/jobs/"):
            self.polls += 1
            return self.job(finished=self.polls > 1)
        if request.method == "GET":
            uri = request.url.params["uri"]
            return {"items": [{"id": uri}] if uri in self.pages else []}
        if request.url.path == "/v1/documents":
            return self.upload(request.read().decode())
        return {}

    def upload(self, body: str) -> dict[str, Any]:
        parts = body.split('filename="')[1:]
        self.pages |= {part.partition('"')[0]: part for part in parts}
        failures: list[dict[str, str]] = [{}] if self.bad == "refuses" else []
        return {"failures": failures} if "true" in body else self.job(finished=False)

    def job(self, *, finished: bool) -> dict[str, Any]:
        state = "failed" if self.bad == "job" else "done"
        return {"id": "7", "state": state, "finished_at": "today" if finished else None}


def did(desk: Desk, name: str, number: int = 0) -> str:
    """Do one round of a task and return what was wrong."""
    task = next(each for each in clients_of("desk", ("Does it boil?",)) if each.name == name)
    with httpx.Client(transport=httpx.MockTransport(desk.answer), base_url="http://desk") as client:
        return task.once(client, number)


@pytest.mark.parametrize("name", ["search", "answer", "edit", "job"])
def test_a_service_that_works_has_no_faults(name: str) -> None:
    assert did(Desk(), name) == ""


@pytest.mark.parametrize(
    ("bad", "name", "fault"),
    [("loses", "edit", "not found"), ("refuses", "edit", "not ingested"), ("job", "job", "failed")],
)
def test_what_is_wrong_is_named(bad: str, name: str, fault: str) -> None:
    assert did(Desk(bad), name) == fault


def test_an_edit_is_found_only_in_its_own_page_and_edition() -> None:
    desk = Desk()
    assert did(desk, "edit", 4) == ""
    assert list(desk.pages) == ["soak-0.md"]
    assert "edition 4." in desk.pages["soak-0.md"]


def test_a_job_leaves_nothing_behind() -> None:
    desk = Desk()
    assert did(desk, "job", 3) == ""
    assert not desk.pages


def test_a_job_that_never_ends_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "JOB_S", 0.0)
    assert did(Desk(), "job") == "not finished"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (httpx.ConnectError("no"), "ConnectError"),
        (httpx.HTTPStatusError("", request=httpx.Request("GET", "/"), response=httpx.Response(503)), "503"),
    ],
)
def test_what_fails_is_noted_and_the_client_goes_on(wrong: httpx.HTTPError, fault: str) -> None:
    seen, done = Seen(), threading.Event()

    def once(_client: httpx.Client, number: int) -> str:
        if number == 0:
            raise wrong
        done.set()
        return ""

    Client(Task("ask", once, 0.0), "http://127.0.0.1:1", seen, done).run()
    times, faults = seen.taken()
    assert faults == {f"ask: {fault}": 1}
    assert len(times["ask"]) == 1
    assert seen.taken() == ({}, Counter())


def windows(*memory: float, p50: Mapping[int, float] | None = None) -> list[Window]:
    slow = p50 or {}
    return [
        replace(WINDOW, memory_mb=each, latency={"search": Latency.of([slow.get(at, 10.0)])})
        for at, each in enumerate(memory)
    ]


def test_growth_while_warming_up_does_not_count() -> None:
    grown = drift(windows(100.0, 400.0, 400.0, 404.0))
    assert grown
    assert grown.memory == pytest.approx(1.01)
    assert grown.flat


@pytest.mark.parametrize(
    "found",
    [windows(400.0, 400.0, 430.0, 460.0), windows(*[400.0] * 8, p50={6: 14.0, 7: 14.0})],
    ids=["memory", "times"],
)
def test_growth_afterwards_is_not_flat(found: list[Window]) -> None:
    grown = drift(found)
    assert grown
    assert not grown.flat


def test_few_windows_are_not_compared() -> None:
    assert drift([WINDOW] * 3) is None


def shown(found: list[Window], grown: Drift | None) -> str:
    console = Console(width=200)
    with console.capture() as captured:
        console.print(Group(*show_soak(found, grown)))
    return captured.get()


def test_the_table_names_faults_and_what_has_grown() -> None:
    found = [replace(WINDOW, faults={"job: failed": 2}), *[WINDOW] * 3]
    text = shown(found, drift(found))
    assert "job: failed 2" in text
    assert "memory 1.00" in text
    assert "search 1.00: flat" in text
    assert "Too few windows" in shown(found[:1], None)


def test_a_short_soak_of_a_real_service() -> None:
    result = CliRunner().invoke(app, ["soak", "--minutes", "0.15", "--window", "2", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert len(found["windows"]) >= 4
    assert {"search", "answer"} <= {task for window in found["windows"] for task in window["latency"]}
    assert found["last_quarter_over_second"]["memory"] > 0
    assert all(window["memory_mb"] > 0 for window in found["windows"])

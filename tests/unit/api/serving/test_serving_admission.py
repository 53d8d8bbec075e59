from __future__ import annotations

import json
from functools import partial

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from api.serving.admission import Admission, is_let_in
from engine.serving import Served, Stop, serving


class Busy:
    """An app whose requests stay until the gate opens."""

    def __init__(self) -> None:
        self.gate = anyio.Event()
        self.running = self.most = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        await self.gate.wait()
        self.running -= 1
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def _call(app: Admission, ended: list[Message], path: str = "/v1/answer") -> None:
    async def send(message: Message) -> None:
        ended.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    await app({"type": "http", "path": path, "headers": []}, receive, send)


def _statuses(ended: list[Message]) -> list[int]:
    return [message["status"] for message in ended if message["type"] == "http.response.start"]


def test_what_finds_the_queue_full_is_refused_at_once_and_the_rest_is_answered() -> None:
    async def scene() -> tuple[list[int], list[int], int]:
        busy, ended = Busy(), list[Message]()
        app = Admission(busy, running=2, queued=3, wait_s=5)
        async with anyio.create_task_group() as group:
            for _ in range(9):
                group.start_soon(_call, app, ended)
            await anyio.wait_all_tasks_blocked()
            refused = _statuses(ended)
            busy.gate.set()
        return refused, _statuses(ended), busy.most

    refused, all_of_them, most = anyio.run(scene)
    assert refused == [503] * 4
    assert sorted(all_of_them) == [200] * 5 + [503] * 4
    assert most == 2


def test_a_refusal_is_a_problem_document_with_retry_after() -> None:
    async def scene() -> list[Message]:
        busy, ended = Busy(), list[Message]()
        app = Admission(busy, running=1, queued=0, wait_s=0.01)
        async with anyio.create_task_group() as group:
            group.start_soon(_call, app, [])
            await anyio.wait_all_tasks_blocked()
            await _call(app, ended)
            busy.gate.set()
        return ended

    start, body = anyio.run(scene)
    assert dict(start["headers"])[b"retry-after"] == b"1"
    assert json.loads(body["body"])["type"] == "/problems/overloaded"


def test_patience_ends_and_the_place_is_not_lost() -> None:
    async def scene() -> list[int]:
        busy, ended = Busy(), list[Message]()
        app = Admission(busy, running=1, queued=5, wait_s=0.01)
        async with anyio.create_task_group() as group:
            group.start_soon(_call, app, [])
            await anyio.wait_all_tasks_blocked()
            await _call(app, ended)
            busy.gate.set()
        await _call(app, ended)
        assert app.waiting == 0
        return _statuses(ended)

    assert anyio.run(scene) == [503, 200]


def test_who_went_away_while_waiting_takes_no_work() -> None:
    async def scene() -> tuple[list[int], int]:
        busy, ended, stop = Busy(), list[Message](), Stop()
        busy.gate.set()
        stop.ask()
        with serving(Served(stop=stop)):
            await _call(Admission(busy, running=1, queued=1, wait_s=1), ended)
        return _statuses(ended), busy.most

    assert anyio.run(scene) == ([504], 0)


@pytest.mark.parametrize("path", ["/health/ready", "/health/live", "/metrics", "/v1/jobs/7/events"])
def test_probes_and_followers_take_no_place(path: str) -> None:
    async def scene() -> int:
        busy = Busy()
        app = Admission(busy, running=1, queued=0, wait_s=0)
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(partial(_call, app, [], path))
            await anyio.wait_all_tasks_blocked()
            busy.gate.set()
        return busy.most

    assert is_let_in(path)
    assert anyio.run(scene) == 3


def test_an_answer_needs_a_place() -> None:
    assert not is_let_in("/v1/answer")

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.bench.kills.command import told
from evals.bench.kills.run import Clients, Outage, bench_kills, faults_of, repeated
from evals.bench.kills.writes import KINDS, Write, sent, writes_of


@dataclass
class Desk:
    """A service that keeps marks in memory; `bad` says what it does wrong."""

    bad: str = ""
    marks: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    replies: dict[str, dict[str, Any]] = field(default_factory=dict)

    def client(self) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self.answer), base_url="http://desk")

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/v1/audit/verification":
            return httpx.Response(200, json={"broken_at": 3 if self.bad == "audit" else None})
        if request.method == "POST" and path != "/v1/search":
            return self.write(path, request.read().decode(), request.headers.get("idempotency-key", ""))
        return httpx.Response(200, json=self.read(path))

    def write(self, path: str, body: str, key: str) -> httpx.Response:
        if key in self.replies and self.bad != "forgets replies":
            return httpx.Response(200, json=self.replies[key], headers={"Idempotency-Replayed": "true"})
        if path == "/v1/documents":
            kind, mark = "document", body.partition("# ")[2].split("\n")[0]
        elif path == "/v1/answer":
            kind, mark = "question", json.loads(body)["question"].split()[-1]
        elif path == "/v1/feedback":
            kind, mark = "feedback", json.loads(body)["comment"]
        else:
            kind, mark = "canned reply", json.loads(body)["shortcut"]
        self.marks[kind][mark] += 0 if self.bad == f"loses {kind}" else 1
        self.replies[key] = {"number": len(self.replies)}
        return httpx.Response(200, json=self.replies[key])

    def read(self, path: str) -> dict[str, Any]:
        documents, questions, feedback, canned = (self.marks[kind].elements() for kind in KINDS)
        if path == "/v1/documents":
            titles = sorted(set(documents))
            return {"items": [{"id": t, "title": t, "chunk_count": 1} for t in titles], "next_cursor": None}
        if path.endswith("/versions"):
            return {"items": [{}] * self.marks["document"][path.split("/")[-2]]}
        if path == "/v1/search":
            return {"passages": [] if self.bad == "index" else [{}]}
        if path.startswith("/v1/customers/"):
            turns = [{"role": "customer", "text": f"kettle {each}"} for each in questions]
            return {"conversations": [{"turns": [*turns, {"role": "assistant", "text": "No."}]}]}
        if path == "/v1/feedback":
            return {"items": [{"comment": each} for each in feedback], "next_cursor": None}
        return {"items": [{"shortcut": each} for each in canned]}


def few(kind: str, number: int = 3) -> list[Write]:
    return list(islice(writes_of(kind, seed=7), number))


def acknowledged(desk: Desk) -> Clients:
    clients = Clients()
    for kind in KINDS:
        clients.write(desk.client(), iter(few(kind)))
    return clients


def test_the_same_seed_makes_the_same_writes_and_no_mark_comes_twice() -> None:
    assert few("document") == few("document") != few("canned reply")
    made = [write for kind in KINDS for seed in (1, 2) for write in islice(writes_of(kind, seed=seed), 50)]
    assert len({write.mark for write in made}) == len({write.key for write in made}) == len(made)
    questions = [write.about for write in made if write.kind == "question"]
    assert 20 < questions.count("") < 80
    assert all(write.about for write in made if write.kind == "feedback")


def test_nothing_is_wrong_with_a_service_that_keeps_what_it_acknowledged() -> None:
    desk = Desk()
    clients = acknowledged(desk)
    assert len(clients.acknowledged) == 12
    assert faults_of(desk.client(), clients.acknowledged) == []
    assert repeated(desk.client(), clients) == []
    assert faults_of(desk.client(), clients.acknowledged) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_write_is_found(kind: str) -> None:
    desk = Desk(f"loses {kind}")
    clients = acknowledged(desk)
    found = faults_of(desk.client(), clients.acknowledged)
    assert sorted(found) == sorted(f"{kind} {write.mark} is there 0 times" for write in few(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_that_is_there_twice_is_found(kind: str) -> None:
    desk = Desk()
    clients = acknowledged(desk)
    desk.marks[kind][few(kind)[0].mark] += 1
    assert faults_of(desk.client(), clients.acknowledged) == [f"{kind} {few(kind)[0].mark} is there 2 times"]


def test_what_got_no_reply_may_be_there_or_not_but_not_twice() -> None:
    desk = Desk()
    there, absent, twice = few("canned reply")
    desk.marks["canned reply"].update({there.mark: 1, twice.mark: 2})
    found = faults_of(desk.client(), (), [there, absent, twice])
    assert found == [f"canned reply {twice.mark} is there 2 times"]


def test_what_nobody_wrote_an_index_without_it_and_a_broken_record_are_found() -> None:
    stray = Desk()
    stray.marks["feedback"]["stray"] += 1
    assert faults_of(stray.client(), ()) == ["feedback stray is there 1 times"]
    unfound = Desk("index")
    (write,) = few("document", 1)
    sent(unfound.client(), write)
    assert faults_of(unfound.client(), [write]) == [f"document {write.mark} is there 0 times"]
    assert faults_of(Desk("audit").client(), ()) == ["the record of changes is broken"]


def test_another_reply_than_before_is_found() -> None:
    desk = Desk()
    clients = acknowledged(desk)
    desk.bad = "forgets replies"
    assert len(repeated(desk.client(), clients)) == 12


def test_clients_stop_where_no_reply_comes_and_what_is_refused_is_told() -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("gone")

    clients = Clients()
    clients.write(httpx.Client(transport=httpx.MockTransport(breaks), base_url="http://x"), iter(few("feedback")))
    assert [write.mark for write in clients.unanswered] == [few("feedback")[0].mark]
    refusing = httpx.MockTransport(lambda _: httpx.Response(409, json={}))
    clients.write(httpx.Client(transport=refusing, base_url="http://x"), iter(few("canned reply")))
    assert clients.refused == ["canned reply: 409"]


def test_the_outages_are_summed_up() -> None:
    first = Outage(0.5, 2.0, {"document": 2}, 3, ("x is there 0 times",))
    found = told([first, Outage(1.25, 4.0, {"document": 1, "feedback": 4}, 1, ())])
    assert found["acknowledged"] == {"document": 3, "feedback": 4}
    assert (found["kills"], found["unanswered"], found["ready_again_s"]) == (2, 4, 4.0)
    assert found["faults"] == ["x is there 0 times"]
    assert told([])["kills"] == 0


def test_a_real_service_that_is_killed_has_kept_what_it_acknowledged(tmp_path: Path) -> None:
    (outage,) = bench_kills(tmp_path / "data", kills=1, seed=3, say=lambda _: None)
    assert outage.faults == ()
    assert outage.unanswered > 0
    assert sum(outage.acknowledged.values()) >= 0

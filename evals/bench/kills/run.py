"""Kill a service that is written to, start it again, and look for every write that it had acknowledged."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from engine.errors import BackendFailed
from evals.bench.kills.writes import KINDS, KNOWLEDGE_BASE, WARM, Reply, Write, sent, warm_up, writes_of
from evals.bench.service import started

__all__ = ["Clients", "Outage", "bench_kills", "faults_of", "repeated"]

CLIENTS = 2  # of each kind
LONGEST_S = 2.0
"""Until the kill at most, from when one write of each kind was acknowledged."""
EARLY = 0.25  # of the kills come so soon after the first write
PATIENCE_S = 120.0
TICK_S = 0.005


@dataclass(slots=True)
class Clients:
    """Clients that write until there is no reply; what was acknowledged, and what was sent and got no reply."""

    acknowledged: dict[Write, Reply] = field(default_factory=dict)
    unanswered: list[Write] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def at_work(self) -> bool:
        """Tell whether one write of each kind was acknowledged, or something went wrong."""
        return bool(self.refused) or len({write.kind for write in list(self.acknowledged)}) == len(KINDS)

    def write(self, client: httpx.Client, writes: Iterator[Write]) -> None:
        """Send one after the other."""
        for write in writes:
            try:
                reply = sent(client, write)
            except httpx.HTTPError:
                self.unanswered.append(write)
                return
            if not reply.acknowledged:
                self.refused.append(f"{write.kind}: {reply.status}")
                return
            self.acknowledged[write] = reply


@dataclass(frozen=True, slots=True)
class Outage:
    """One kill: when, what had been acknowledged by then since the last, and what was wrong afterwards.

    `after_s` counts from the first write.
    """

    after_s: float
    ready_again_s: float
    acknowledged: dict[str, int]
    unanswered: int
    faults: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the entry of the document that `--json` prints."""
        return asdict(self)


def bench_kills(data_dir: Path, *, kills: int, seed: int, say: Callable[[str], None]) -> Iterator[Outage]:
    """Kill the service of a new data folder so often, each time at a moment that the seed decides on."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    written = [WARM]
    with started(data_dir) as (client, _):
        client.post("/v1/knowledge-bases", json={"name": KNOWLEDGE_BASE}).raise_for_status()
        warm_up(client)
    for number in range(kills):
        waits, moment = chance.random() >= EARLY, chance.uniform(0, LONGEST_S)
        clients, after = _killed(data_dir, moment, waits=waits, seed=seed + number)
        began = time.perf_counter()
        with started(data_dir) as (client, _):
            ready = time.perf_counter() - began
            written += clients.acknowledged
            faults = [*clients.refused, *faults_of(client, written, clients.unanswered), *repeated(client, clients)]
            written += clients.unanswered
            faults += faults_of(client, written)
        say(f"kill {number + 1} after {after:.1f} s: {len(clients.acknowledged)} acknowledged, {len(faults)} faults")
        counts = Counter(write.kind for write in clients.acknowledged)
        yield Outage(after, ready, dict(counts), len(clients.unanswered), tuple(faults))


def faults_of(client: httpx.Client, written: Collection[Write], unanswered: Collection[Write] = ()) -> list[str]:
    """Return what is lost or there twice; of what was not answered, one is as right as none."""
    faults = list[str]()
    for name, kind in KINDS.items():
        sure, maybe = ({each.mark for each in writes if each.kind == name} for writes in (written, unanswered))
        there = kind.found(client)
        for mark in sorted(there.keys() | sure):
            if there[mark] > 1 or (there[mark] == 0 and mark in sure) or mark not in sure | maybe:
                faults.append(f"{name} {mark} is there {there[mark]} times")
    record = client.get("/v1/audit/verification").raise_for_status().json()
    return faults if record["broken_at"] is None else [*faults, "the record of changes is broken"]


def repeated(client: httpx.Client, clients: Clients) -> list[str]:
    """Send everything again: what was acknowledged is replied to as before, what was not answered is done."""
    faults = list[str]()
    for write, before in clients.acknowledged.items():
        again = sent(client, write)
        if (again.status, again.content, again.replayed) != (before.status, before.content, True):
            faults.append(f"{write.kind} {write.mark}: {again.status}, another reply than before")
    for write in clients.unanswered:
        done = sent(client, write)
        if not done.acknowledged:
            faults.append(f"{write.kind} {write.mark}: {done.status} when it was sent again")
    return faults


def _killed(data_dir: Path, moment: float, *, waits: bool, seed: int) -> tuple[Clients, float]:
    """Write with several clients until the service is killed: at the moment, or so long after all are at work."""
    clients, kinds = Clients(), list(KINDS) * CLIENTS
    with started(data_dir) as (client, process), ThreadPoolExecutor(len(kinds)) as threads:
        warm_up(client)
        ended = [
            threads.submit(clients.write, client, writes_of(kind, seed=seed * len(kinds) + number))
            for number, kind in enumerate(kinds)
        ]
        began = time.perf_counter()
        while waits and not clients.at_work() and time.perf_counter() < began + PATIENCE_S:
            time.sleep(TICK_S)
        time.sleep(moment)
        if process.poll() is not None:
            raise BackendFailed("The service ended before it was killed.", remedy="Run `knowdesk serve` to see why.")
        process.kill()
        after = time.perf_counter() - began
        for each in ended:
            each.result()
    return clients, after

"""Clients that ask a service again and again, each as soon as it has its answer: a closed loop."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import count

import anyio
import httpx

from engine.errors import InvalidInput
from evals.bench.latency import Latency
from evals.bench.service import HttpApi
from evals.bench.watching import peak_memory

__all__ = ["CALLS", "Asked", "Level", "LoadOptions", "ask", "bench_load", "saturation"]

CALLS: Mapping[str, str] = {"/v1/search": "query", "/v1/answer": "question"}  # and what the text is called there
CALL_S = 60.0  # a request that takes longer is an error
WARM_UP = 8
SATURATED = 0.95


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How many clients at a time, and when a level ends: after so many requests, or so many seconds."""

    clients: tuple[int, ...] = (1, 4, 16, 64)
    requests: int = 400
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Level:
    """So many clients at one call: times of what succeeded (None if nothing did), what failed by kind, and memory.

    `peak_mb` is the most resident memory of the service's process and its children while the level ran.
    """

    call: str
    clients: int
    seconds: float
    latency: Latency | None
    errors: Mapping[str, int]
    peak_mb: float

    @property
    def throughput(self) -> float:
        """Successful requests a second."""
        return self.latency.calls / self.seconds if self.latency else 0.0

    def as_json(self) -> dict[str, object]:
        """Return the entry of the document that `--json` prints."""
        return {**asdict(self), "requests_per_s": round(self.throughput, 2)}


@dataclass(slots=True)
class Asked:
    """What became of the requests of a level: times of what succeeded, and how often what else came back."""

    milliseconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


def bench_load(
    api: HttpApi, questions: Sequence[str], options: LoadOptions, *, say: Callable[[str], None]
) -> Iterator[Level]:
    """Ask the questions in turn, over and over, at each level; InvalidInput unless the service is on loopback."""
    url = str(api.client.base_url).rstrip("/")
    if not _on_loopback(api.client.base_url.host):
        raise InvalidInput(f"{url} is not on this machine.", remedy="Put load on a service of your own only.")
    if not questions:
        raise InvalidInput("There is nothing to ask.", remedy="Name a file with questions.")
    for call, key in CALLS.items():
        bodies = [{"knowledge_base": api.knowledge_base, key: text} for text in questions]
        anyio.run(ask, url + call, bodies, LoadOptions((1,), WARM_UP, CALL_S))
        for clients in options.clients:
            say(f"{call}, {clients} at a time")
            level = LoadOptions((clients,), options.requests, options.seconds)
            with peak_memory(api.pid) as peak:
                began = time.perf_counter()
                seen = anyio.run(ask, url + call, bodies, level)
                seconds = time.perf_counter() - began
            times = Latency.of(seen.milliseconds) if seen.milliseconds else None
            yield Level(call, clients, seconds, times, dict(seen.errors), peak.together / 1e6)


def saturation(levels: Sequence[Level]) -> dict[str, int]:
    """Return, by call, the fewest clients with which the service answers as much as it can (95 % of the most).

    A call that was never answered is left out.
    """
    found: dict[str, int] = {}
    for call in dict.fromkeys(level.call for level in levels):
        mine = [level for level in levels if level.call == call]
        most = max(level.throughput for level in mine)
        if most:
            found[call] = min(level.clients for level in mine if level.throughput >= SATURATED * most)
    return found


def _on_loopback(host: str) -> bool:
    """Tell whether the host is a loopback address; names, which may lead anywhere, are none."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def ask(url: str, bodies: Sequence[Mapping[str, str]], level: LoadOptions) -> Asked:
    """Ask at one level; who is refused waits as long as `Retry-After` says."""
    (clients,) = level.clients
    seen, numbers, until = Asked(), count(), time.perf_counter() + level.seconds
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)

    async def loop(client: httpx.AsyncClient) -> None:
        while time.perf_counter() < until and (number := next(numbers)) < level.requests:
            began = time.perf_counter()
            try:
                response = await client.post(url, json=bodies[number % len(bodies)])
            except httpx.HTTPError as error:
                seen.errors[type(error).__name__] += 1
                continue
            if response.is_success:
                seen.milliseconds.append((time.perf_counter() - began) * 1000)
            else:
                seen.errors[str(response.status_code)] += 1
                await anyio.sleep(float(response.headers.get("Retry-After", 0)))

    asking = httpx.AsyncClient(timeout=CALL_S, limits=limits, trust_env=False)
    async with asking as client, anyio.create_task_group() as tasks:
        for _ in range(clients):
            tasks.start_soon(loop, client)
    return seen

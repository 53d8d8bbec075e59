"""What the clients of a soak do, again and again: search, ask, edit a page and look for it, have a job done."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from evals.bench.service import CALL_S

__all__ = ["Client", "Seen", "Task", "clients_of", "working"]

JOB_S = 120.0
POLL_S = 0.1
EDITED = 4  # pages
FILES = 5  # of a job
DONE = "done"


@dataclass(slots=True)
class Seen:
    """Times of what succeeded, in milliseconds, and what went wrong, by task; since the last `taken`."""

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, task: str, milliseconds: float, fault: str = "") -> None:
        """Add one round of a task."""
        with self.lock:
            if fault:
                self.faults[f"{task}: {fault}"] += 1
            else:
                self.milliseconds.setdefault(task, []).append(milliseconds)

    def taken(self) -> tuple[dict[str, list[float]], Counter[str]]:
        """Return what was noted, and begin anew."""
        with self.lock:
            found = self.milliseconds, self.faults
            self.milliseconds, self.faults = {}, Counter()
        return found


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do in the `number`th round, which returns what was wrong with it, and the pause after each round."""

    name: str
    once: Callable[[httpx.Client, int], str]
    pause_s: float


@dataclass(frozen=True, slots=True)
class Client:
    """Does one task until it is told to stop."""

    task: Task
    url: str
    seen: Seen
    done: threading.Event

    def run(self) -> None:
        """Go on and on; what fails is noted."""
        with httpx.Client(base_url=self.url, timeout=CALL_S, trust_env=False) as client:
            for number in count():
                if self.done.is_set():
                    return
                began = time.perf_counter()
                try:
                    fault = self.task.once(client, number)
                except httpx.HTTPStatusError as error:
                    fault = str(error.response.status_code)
                except httpx.HTTPError as error:
                    fault = type(error).__name__
                self.seen.note(self.task.name, (time.perf_counter() - began) * 1000, fault)
                self.done.wait(self.task.pause_s)


@contextmanager
def working(tasks: Sequence[Task], url: str) -> Iterator[Seen]:
    """Have a client do each task until the end of the block."""
    seen, done = Seen(), threading.Event()
    threads = [threading.Thread(target=Client(task, url, seen, done).run) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        done.set()
        for thread in threads:
            thread.join()


def clients_of(knowledge_base: str, questions: Sequence[str]) -> tuple[Task, ...]:
    """Return the tasks: two clients that search and two that ask, an editor, and one who has jobs done."""
    desk = _Desk(knowledge_base, questions)
    readers = (Task("search", desk.search, 0.2), Task("answer", desk.answer, 0.2))
    return (*readers, *readers, Task("edit", desk.edit, 1.0), Task("job", desk.job, 5.0))


@dataclass(frozen=True, slots=True)
class _Desk:
    knowledge_base: str
    questions: Sequence[str]

    def search(self, client: httpx.Client, number: int) -> str:
        self._posted(client, "/v1/search", query=self.questions[number % len(self.questions)])
        return ""

    def answer(self, client: httpx.Client, number: int) -> str:
        self._posted(client, "/v1/answer", question=self.questions[number % len(self.questions)])
        return ""

    def edit(self, client: httpx.Client, number: int) -> str:
        """Upload another version of a page and look for what it says now."""
        page, edition = f"soak-{number % EDITED}.md", f"edition {number}"
        report = self._uploaded(client, {page: f"# Soak {number % EDITED}\n\nThe soak page is {edition}.\n"}, wait=True)
        if report["failures"]:
            return "not ingested"
        found = self._posted(client, "/v1/search", query=f"soak page {edition}")["passages"]
        return "" if any(each["uri"] == page and f"{edition}." in each["text"] for each in found) else "not found"

    def job(self, client: httpx.Client, number: int) -> str:
        """Have a job ingest some pages, wait for its end, and delete them."""
        pages = {
            f"soak-job-{at}.md": f"# Soak job {number}, {at}\n\nIt says {number * FILES + at}.\n" for at in range(FILES)
        }
        job, until = self._uploaded(client, pages, wait=False), time.monotonic() + JOB_S
        while job["finished_at"] is None:
            if time.monotonic() > until:
                return "not finished"
            time.sleep(POLL_S)
            job = _json(client.get(f"/v1/jobs/{job['id']}"))
        for page in pages:
            query = {"knowledge_base": self.knowledge_base, "uri": page}
            for document in _json(client.get("/v1/documents", params=query))["items"]:
                client.delete(f"/v1/documents/{document['id']}").raise_for_status()
        return "" if job["state"] == DONE else str(job["state"])

    def _posted(self, client: httpx.Client, path: str, **body: str) -> dict[str, Any]:
        return _json(client.post(path, json={"knowledge_base": self.knowledge_base, **body}))

    def _uploaded(self, client: httpx.Client, pages: Mapping[str, str], *, wait: bool) -> dict[str, Any]:
        files = [("files", (name, text.encode(), "text/markdown")) for name, text in pages.items()]
        data = {"knowledge_base": self.knowledge_base, "wait": str(wait).lower()}
        return _json(client.post("/v1/documents", data=data, files=files))


def _json(response: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = response.raise_for_status().json()
    return found

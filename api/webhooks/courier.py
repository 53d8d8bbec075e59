"""Delivers what is queued for webhooks, in the background, and tries again what did not arrive."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, Protocol

from tenacity import RetryCallState, Retrying, wait_exponential

from api.webhooks.sending import Sent, sender_of
from engine.domain.webhook import Delivery, DeliveryState, Due, Notice, WebhookEvent
from engine.errors import EngineError
from engine.observability import get_logger
from engine.ports import WebhookRepository
from engine.service import Engine
from engine.settings import Settings
from ingestion.jobs.values import Job, JobState

__all__ = ["Backoff", "Courier", "JobList", "started_courier"]

logger = get_logger(__name__)
GONE: Final = 410
AT_ONCE: Final = 4  # webhooks that are told at the same time
LEASE_S: Final = 60.0  # after that an attempt counts as lost with its process
KEPT_S: Final = 30 * 86_400.0
ENDS: Final = {
    JobState.DONE: WebhookEvent.JOB_DONE,
    JobState.DONE_WITH_FAILURES: WebhookEvent.JOB_DONE,
    JobState.FAILED: WebhookEvent.JOB_FAILED,
}


class JobList(Protocol):
    """What knows how jobs ended."""

    def jobs(self, *, states: Collection[JobState] = ()) -> Sequence[Job]:
        """Return the jobs in any of `states`."""
        ...


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often a message is tried, over some 17 hours; the pauses grow fourfold from the first to the longest."""

    attempts: int = 9
    first_s: float = 5.0
    longest_s: float = 12 * 3600.0
    disable_after: int = 3

    def pause(self, attempt: int) -> float:
        """Return how long to wait after the attempt of that number, from 1."""
        wait = wait_exponential(self.first_s, self.longest_s, exp_base=4)
        state = RetryCallState(Retrying(), None, (), {})
        state.attempt_number = attempt
        return wait(state)


class Courier:
    """Works in a thread of its own from `start` to `close`; what is not delivered by then is kept for the next one."""

    def __init__(
        self,
        webhooks: WebhookRepository,
        jobs: JobList,
        send: Callable[[Due, float], Sent],
        *,
        backoff: Backoff | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._webhooks = webhooks
        self._jobs = jobs
        self._send = send
        self._backoff = backoff or Backoff()
        self._clock = clock
        self._announced: set[str] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self, every_s: float = 1.0) -> None:
        """Begin to look for messages, so often; what became of old ones is forgotten."""
        self._webhooks.forget(self._clock() - KEPT_S)
        self._every_s = every_s
        self._thread.start()

    def close(self) -> None:
        """Finish the attempts that are under way, begin no other."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def deliver(self) -> int:
        """Announce the jobs that ended and try once what is due; return how many messages were tried."""
        hooks = [hook for hook in self._webhooks.webhooks() if hook.enabled]
        if not hooks:
            return 0
        if any(hook.events & set(ENDS.values()) for hook in hooks):
            self._announce_jobs()
        by_webhook = defaultdict[str, list[Due]](list)
        for due in self._webhooks.claim(self._clock(), lease_s=LEASE_S, limit=AT_ONCE):
            by_webhook[due.delivery.webhook_id].append(due)
        if not by_webhook:
            return 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self._try_all, by_webhook.values()))
        return sum(map(len, by_webhook.values()))

    def _run(self) -> None:
        while not self._ended.wait(self._every_s):
            try:
                while self.deliver() and not self._ended.is_set():
                    pass
            except EngineError as error:
                logger.warning("webhooks wait: %s", error.message)
            except Exception:
                logger.exception("webhooks wait")

    def _announce_jobs(self) -> None:
        """Jobs are told of once: a message that is queued already is not queued again, after a restart either."""
        for job in self._jobs.jobs(states=ENDS):
            if job.id not in self._announced:
                self._webhooks.announce(_notice(job, self._clock()))
                self._announced.add(job.id)

    def _try_all(self, dues: Sequence[Due]) -> None:
        for due in dues:
            if self._ended.is_set():
                return  # its lease ends, and it is tried by whoever works then
            now = self._clock()
            sent = self._send(due, now)
            self._webhooks.settle(self._settled(due.delivery, sent, now), disable_after=self._disabled_after(sent))

    def _settled(self, delivery: Delivery, sent: Sent, now: float) -> Delivery:
        tried = replace(delivery, status=sent.status, error=sent.error, next_at=None)
        if sent.arrived:
            return replace(tried, state=DeliveryState.DELIVERED)
        if sent.status == GONE or delivery.attempts >= self._backoff.attempts:
            return replace(tried, state=DeliveryState.FAILED)
        return replace(tried, next_at=now + self._backoff.pause(delivery.attempts))

    def _disabled_after(self, sent: Sent) -> int:
        return 1 if sent.status == GONE else self._backoff.disable_after


def _notice(job: Job, now: float) -> Notice:
    counts = {"files": job.progress.files, "failed": job.progress.failed, "chunks": job.progress.chunks}
    about = {"job_id": job.id, "knowledge_base": job.spec.knowledge_base, "state": str(job.state)}
    return Notice(ENDS[job.state], job.id, job.finished_at or now, {**about, **counts})


def started_courier(engine: Engine, jobs: JobList, settings: Settings) -> Courier | None:
    """Start to deliver what an engine queues; None if it keeps no webhooks."""
    if engine.parts.webhooks is None:
        return None
    courier = Courier(engine.parts.webhooks, jobs, sender_of(settings).send)
    courier.start()
    return courier

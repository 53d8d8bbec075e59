from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from api.webhooks.courier import Backoff, Courier
from api.webhooks.sending import Sent
from engine.domain.webhook import DeliveryError, DeliveryState, Due, Notice, Webhook, WebhookEvent
from engine.errors import BackendFailed
from engine.persistence.webhooks import SqlWebhookRepository
from ingestion.jobs.values import Job, JobProgress, JobSpec, JobState
from tests.fakes.repositories import database

ALL = frozenset(WebhookEvent)
HOOK = Webhook("a", "https://a.example/", ALL, 0.0)
NOTICE = Notice(WebhookEvent.HANDED_OVER, "1", 10.0, {"conversation_id": "c"})


@dataclass
class FakeSender:
    """Answers as it is told, the last answer again and again."""

    answers: list[Sent] = field(default_factory=lambda: [Sent(200)])
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, due: Due, now: float) -> Sent:
        self.sent.append((due.url, due.delivery.payload))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass
class Jobs:
    """A list of jobs."""

    all: list[Job] = field(default_factory=list)

    def jobs(self, *, states: Collection[JobState] = ()) -> Sequence[Job]:
        return [job for job in self.all if job.state in states]


@dataclass
class World:
    """A courier with all that it works with, and a clock that stands still."""

    webhooks: SqlWebhookRepository
    sender: FakeSender
    jobs: Jobs
    now: float = 100.0

    def courier(self) -> Courier:
        return Courier(self.webhooks, self.jobs, self.sender.send, clock=lambda: self.now)


@pytest.fixture
def world() -> Iterator[World]:
    with database() as engine:
        webhooks = SqlWebhookRepository(engine)
        webhooks.add(HOOK, "whsec_QUFBQQ==")
        yield World(webhooks, FakeSender(), Jobs())


def _job(name: str, state: JobState, finished_at: float | None = 50.0) -> Job:
    progress = JobProgress(files=3, failed=1, chunks=9, uri="private/path.md")
    return Job(name, JobSpec("kb", ()), state, 40.0, finished_at=finished_at, progress=progress)


def test_pauses_grow_fourfold_up_to_the_longest() -> None:
    backoff = Backoff()
    pauses = [backoff.pause(attempt) for attempt in range(1, backoff.attempts)]
    assert pauses[:4] == [5, 20, 80, 320]
    assert max(pauses) == backoff.longest_s == 43_200
    assert 16 < sum(pauses) / 3600 < 20


def test_what_is_queued_is_delivered_once(world: World) -> None:
    world.webhooks.announce(NOTICE)
    courier = world.courier()
    assert (courier.deliver(), courier.deliver()) == (1, 0)
    assert [url for url, _ in world.sender.sent] == [HOOK.url]
    (done,) = world.webhooks.deliveries("a")
    assert (done.state, done.status, done.attempts, done.error) == (DeliveryState.DELIVERED, 200, 1, "")


def test_a_failure_is_tried_again_by_another_process_when_its_time_has_come(world: World) -> None:
    world.sender.answers = [Sent(503, DeliveryError.STATUS), Sent(None, DeliveryError.TIMEOUT), Sent(204)]
    world.webhooks.announce(NOTICE)
    for pause in (5.0, 20.0):
        world.courier().deliver()
        (waiting,) = world.webhooks.deliveries("a")
        assert (waiting.state, waiting.next_at) == (DeliveryState.PENDING, world.now + pause)
        world.now += pause - 1
        assert world.courier().deliver() == 0
        world.now += 1
    world.courier().deliver()
    assert world.webhooks.deliveries("a")[0].state is DeliveryState.DELIVERED
    assert len({payload for _, payload in world.sender.sent}) == 1


def test_an_attempt_whose_process_died_is_made_again(world: World) -> None:
    world.webhooks.announce(NOTICE)
    world.webhooks.claim(world.now, lease_s=60)
    assert world.courier().deliver() == 0
    world.now += 61
    assert world.courier().deliver() == 1


def test_it_gives_up_after_the_last_attempt_and_disables_after_three_messages(world: World) -> None:
    world.sender.answers = [Sent(500, DeliveryError.STATUS)]
    for number in range(3):
        assert world.webhooks.webhook("a").enabled
        world.webhooks.announce(Notice(NOTICE.event, f"{number}", world.now, {}))
        for _ in range(Backoff().attempts):
            world.courier().deliver()
            world.now += 43_200
    assert not world.webhooks.webhook("a").enabled
    assert {each.state for each in world.webhooks.deliveries("a")} == {DeliveryState.FAILED}
    assert len(world.sender.sent) == 27


def test_a_receiver_that_is_gone_for_good_is_believed_at_once(world: World) -> None:
    world.sender.answers = [Sent(410, DeliveryError.STATUS)]
    world.webhooks.announce(NOTICE)
    world.courier().deliver()
    assert not world.webhooks.webhook("a").enabled
    assert world.webhooks.deliveries("a")[0].attempts == 1


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (JobState.DONE, "job.done"),
        (JobState.DONE_WITH_FAILURES, "job.done"),
        (JobState.FAILED, "job.failed"),
        (JobState.CANCELLED, None),
        (JobState.RUNNING, None),
    ],
)
def test_the_end_of_a_job_is_told_once_across_restarts(world: World, state: JobState, event: str | None) -> None:
    world.jobs.all = [_job("j", state)]
    for _ in range(2):
        courier = world.courier()
        courier.deliver()
        courier.deliver()
    assert [json.loads(payload)["type"] for _, payload in world.sender.sent] == ([event] if event else [])


def test_what_is_told_of_a_job_is_its_figures(world: World) -> None:
    world.jobs.all = [_job("j", JobState.DONE_WITH_FAILURES)]
    world.courier().deliver()
    told = json.loads(world.sender.sent[0][1])
    assert told["data"] == {
        "job_id": "j",
        "knowledge_base": "kb",
        "state": "done_with_failures",
        "files": 3,
        "failed": 1,
        "chunks": 9,
    }
    assert told["timestamp"] == "1970-01-01T00:00:50+00:00"


def test_jobs_that_nobody_wants_to_hear_of_are_not_looked_at(world: World) -> None:
    world.webhooks.change(Webhook("a", HOOK.url, frozenset({WebhookEvent.HANDED_OVER}), 0.0))
    world.jobs.all = [_job("j", JobState.DONE)]
    assert world.courier().deliver() == 0


def test_in_the_background_it_survives_a_database_that_fails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = iter([BackendFailed("The database failed.")])
    real, delivered = world.webhooks.webhooks, threading.Event()

    def webhooks() -> tuple[Webhook, ...]:
        for failure in failures:
            raise failure
        if world.sender.sent:
            delivered.set()
        return real()

    monkeypatch.setattr(world.webhooks, "webhooks", webhooks)
    world.webhooks.announce(NOTICE)
    courier = world.courier()
    courier.start(every_s=0.01)
    assert delivered.wait(5)
    began = time.monotonic()
    courier.close()
    assert time.monotonic() - began < 1


def test_nothing_new_is_sent_once_it_is_closed_and_nothing_is_lost(world: World) -> None:
    for number in range(3):
        world.webhooks.announce(Notice(NOTICE.event, f"{number}", 10.0 + number, {}))
    courier = world.courier()
    real = world.sender.send

    def send(due: Due, now: float) -> Sent:
        courier.close()
        return real(due, now)

    world.sender.send = send  # type: ignore[method-assign]
    courier = world.courier()
    courier.deliver()
    assert len(world.sender.sent) == 1
    world.sender.send = real  # type: ignore[method-assign]
    world.now += 61
    assert world.courier().deliver() == 2


def test_closing_before_the_start_is_no_trouble(world: World) -> None:
    world.courier().close()


@pytest.mark.parametrize(("made_at", "told"), [(50.9, 1), (51.0, 0)])
def test_a_job_that_ended_in_the_second_of_a_webhook_is_told_of(world: World, made_at: float, told: int) -> None:
    world.webhooks.delete("a")
    world.webhooks.add(replace(HOOK, created_at=made_at), "whsec_QUFBQQ==")
    world.jobs.all = [_job("quick", JobState.DONE)]  # the job system tells whole seconds of it
    assert world.courier().deliver() == told

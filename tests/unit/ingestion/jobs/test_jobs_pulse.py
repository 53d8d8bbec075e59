from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

import ingestion.jobs.pulse
from ingestion.jobs.pulse import Pulse, Stopped
from ingestion.jobs.values import JobProgress


class _Clock:
    """Time that only passes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    return _Clock(monkeypatch)


def _pulse(
    published: list[JobProgress], *, cancelled: Callable[[], bool] = lambda: False, stop: threading.Event | None = None
) -> Pulse:
    return Pulse(published.append, cancelled, stop or threading.Event())


def test_progress_is_published_twice_a_second_and_a_new_phase_at_once(clock: _Clock) -> None:
    published: list[JobProgress] = []
    pulse = _pulse(published)
    pulse.note(phase="parsing")
    for done in range(10):
        pulse.note(files=done)
        clock.now += 0.1
    assert [each.files for each in published] == [0, 5]
    pulse.note(phase="writing")
    assert published[-1].phase == "writing"


def test_every_publication_carries_the_time_of_day(monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[JobProgress] = []
    monkeypatch.setattr(time, "time", lambda: 1_750_000_000.0)
    _pulse(published).beat()
    assert published[0].beat == 1_750_000_000.0


def test_rates_and_the_time_left_are_of_this_run(clock: _Clock) -> None:
    published: list[JobProgress] = []
    pulse = _pulse(published)
    pulse.note(phase="parsing", files=100, files_total=200, chunks=500)
    assert published[-1].files_per_second is None
    clock.now += 10
    pulse.note(files=120, chunks=600)
    last = published[-1]
    assert (last.files_per_second, last.chunks_per_second, last.seconds_left) == (2.0, 10.0, 40.0)


def test_a_file_that_is_parsed_page_by_page_counts_in_part(clock: _Clock) -> None:
    published: list[JobProgress] = []
    pulse = _pulse(published)
    pulse.note(phase="parsing", files_total=1)
    clock.now += 20
    pulse.note(pages=5, parsed=0.25)
    last = published[-1]
    assert (last.files_per_second, last.pages_per_second, last.seconds_left) == (0.013, 0.25, 60.0)
    clock.now += 20
    pulse.note(files=1, parsed=0.0, pages=20)
    assert (published[-1].pages_per_second, published[-1].seconds_left) == (0.5, 0.0)


def test_without_progress_nobody_knows_the_time_left(clock: _Clock) -> None:
    published: list[JobProgress] = []
    pulse = _pulse(published)
    pulse.note(phase="parsing", files_total=5)
    clock.now += 60
    pulse.beat()
    assert published[-1].seconds_left is None
    assert published[-1].files_per_second == 0


def test_it_stops_when_it_is_told_to() -> None:
    stop = threading.Event()
    pulse = _pulse([], stop=stop)
    pulse.beat()
    stop.set()
    for sign in (
        pulse.beat,
        pulse.check,
        lambda: pulse.note(files=1),
        lambda: pulse.sleep(60),
        lambda: pulse.pause(60),
    ):
        with pytest.raises(Stopped):
            sign()


def test_somebody_elses_cancellation_is_seen_soon(clock: _Clock) -> None:
    asked: list[float] = []
    stop = threading.Event()

    def cancelled() -> bool:
        asked.append(clock.now)
        return clock.now > 1000.5

    pulse = _pulse([], cancelled=cancelled, stop=stop)

    def live() -> None:
        for _ in range(100):
            pulse.beat()
            clock.now += 0.05

    with pytest.raises(Stopped):
        live()
    assert stop.is_set()
    assert asked[-1] < 1001
    assert len(asked) <= 4


def test_a_pause_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion.jobs.pulse, "_PUBLISH_S", 0.0)
    monkeypatch.setattr(ingestion.jobs.pulse, "_CANCELLED_S", 0.02)
    published: list[JobProgress] = []
    _pulse(published).pause(0.1)
    assert len(published) >= 3


def test_stopped_is_no_error_that_a_parser_or_a_pipeline_would_catch() -> None:
    assert not issubclass(Stopped, Exception)

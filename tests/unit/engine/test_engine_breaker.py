from __future__ import annotations

import pytest

from engine.breaker import Breaker
from engine.errors import BackendFailed
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Prompt
from tests.fakes.openai_server import Mode, fake_openai


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    breaker = Breaker(limit=2, pause_s=60)
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()


def test_a_success_forgets_the_failures() -> None:
    breaker = Breaker(limit=2, pause_s=60)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.allows()


def test_one_is_let_through_after_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("engine.breaker.time.monotonic", lambda: now)
    breaker = Breaker(limit=1, pause_s=10)
    breaker.failed()
    assert not breaker.allows()
    now = 111.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


def test_a_server_that_keeps_failing_is_left_alone() -> None:
    with fake_openai(Mode.UNAUTHORIZED) as server:
        model = OpenAICompatibleGenerator(server.url, "", "m", retries=0, breaker=Breaker(limit=2, pause_s=60))
        for _ in range(4):
            with pytest.raises(BackendFailed):
                list(model.stream(Prompt("s", "u")))
        model.close()
        assert len(server.requests) == 2

from __future__ import annotations

import pytest

from api.serving.probing import Probe
from engine.errors import BackendFailed
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Probed
from tests.fakes.openai_server import Mode, fake_openai


class Backend:
    def __init__(self) -> None:
        self.asked = 0
        self.away = False

    def probe(self) -> None:
        self.asked += 1
        if self.away:
            raise BackendFailed("It is away.", remedy="Start it.")


def test_a_backend_is_asked_once_in_a_while() -> None:
    times = iter([0.0, 9.9, 10.0, 10.0])
    backend, probe = Backend(), Probe(fresh_s=10.0, clock=times.__next__)
    assert (probe.check("llm", backend).ok, probe.check("llm", backend).ok, backend.asked) == (True, True, 1)
    backend.away = True
    check = probe.check("llm", backend)
    assert (check.ok, check.detail, backend.asked) == (False, "It is away. Start it.", 2)


def test_a_language_model_that_answers_can_be_reached() -> None:
    with fake_openai() as server:
        generator = OpenAICompatibleGenerator(server.url, "", "m")
        assert isinstance(generator, Probed)
        generator.probe()


@pytest.mark.parametrize(("mode", "told"), [(Mode.UNAUTHORIZED, "refuses the key"), (Mode.ALWAYS_ERROR, "fails")])
def test_a_language_model_that_refuses_is_named(mode: Mode, told: str) -> None:
    with fake_openai(mode) as server, pytest.raises(BackendFailed, match=told):
        OpenAICompatibleGenerator(server.url, "", "m").probe()


def test_a_language_model_that_is_away_is_named() -> None:
    with fake_openai() as server:
        url = server.url
    with pytest.raises(BackendFailed, match="cannot be reached"):
        OpenAICompatibleGenerator(url, "", "m").probe()

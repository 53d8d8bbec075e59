"""What a reply took, where the server says so."""

from __future__ import annotations

import pytest

from engine.domain.answer import Answer
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Prompt
from engine.serving import Served, serving
from tests.fakes.openai_server import Mode, fake_openai


class Tally:
    """Adds up tokens."""

    def __init__(self) -> None:
        self.counted = list[tuple[int, int]]()

    def stage(self, name: str, seconds: float) -> None: ...

    def answered(self, answer: Answer) -> None: ...

    def tokens(self, *, prompt: int, completion: int) -> None:
        self.counted.append((prompt, completion))


@pytest.mark.parametrize(("mode", "counted"), [(Mode.COUNTED, [(12, 3)]), (Mode.NORMAL, [])])
def test_tokens_are_counted_where_the_server_counts_them(mode: Mode, counted: list[tuple[int, int]]) -> None:
    tally = Tally()
    with fake_openai(mode) as server, serving(Served(observer=tally)):
        generator = OpenAICompatibleGenerator(server.url, "", "m")
        said = "".join(generator.stream(Prompt("Answer.", "How long?")))
        generator.close()
    assert said == "It takes 5 days [1]."
    assert tally.counted == counted


def test_without_an_observer_nobody_counts() -> None:
    with fake_openai(Mode.COUNTED) as server:
        generator = OpenAICompatibleGenerator(server.url, "", "m")
        assert "".join(generator.stream(Prompt("Answer.", "How long?"))) == "It takes 5 days [1]."
        generator.close()

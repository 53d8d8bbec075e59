"""What every adapter of the Generator port must do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

import pytest

from engine.errors import BackendFailed
from engine.generation.masked import MaskedGenerator
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Generator, Prompt
from tests.fakes.generation import ScriptedGenerator
from tests.fakes.openai_server import Mode, fake_openai

PROMPT = Prompt(system="Answer briefly.", user="How long does a refund take?")
Maker = Callable[[tuple[str, ...], bool], AbstractContextManager[Generator]]


def scripted(pieces: tuple[str, ...], fails: bool) -> AbstractContextManager[Generator]:
    return nullcontext(ScriptedGenerator(*pieces, error=BackendFailed("It broke.") if fails else None))


@contextmanager
def openai_compatible(pieces: tuple[str, ...], fails: bool) -> Iterator[Generator]:
    mode = Mode.CUT_OFF if fails else Mode.NORMAL
    with (
        fake_openai(mode, pieces) as server,
        closing(OpenAICompatibleGenerator(server.url, "key", "fake-model", timeout_s=10, retries=0)) as generator,
    ):
        yield generator


def masked(pieces: tuple[str, ...], fails: bool) -> AbstractContextManager[Generator]:
    return nullcontext(MaskedGenerator(scripted(pieces, fails).__enter__()))


@pytest.fixture(params=[scripted, openai_compatible, masked], ids=lambda maker: maker.__name__)
def maker(request: pytest.FixtureRequest) -> Maker:
    chosen: Maker = request.param
    return chosen


def test_the_pieces_arrive_in_order(maker: Maker) -> None:
    pieces = ("退款需要", " 5 ", "个工作日[1]。", "\n\n😀")
    with maker(pieces, False) as generator:
        assert "".join(generator.stream(PROMPT)) == "".join(pieces)


def test_an_empty_reply_is_an_empty_stream(maker: Maker) -> None:
    with maker((), False) as generator:
        assert list(generator.stream(PROMPT)) == []


def test_the_model_has_a_name(maker: Maker) -> None:
    with maker((), False) as generator:
        assert generator.model


def test_what_came_before_a_failure_is_kept(maker: Maker) -> None:
    with maker(("It takes ", "5 days"), True) as generator:
        stream = generator.stream(PROMPT)
        assert next(stream) == "It takes "
        with pytest.raises(BackendFailed) as caught:
            list(stream)
        assert PROMPT.user not in str(caught.value)


def test_streams_do_not_mix(maker: Maker) -> None:
    with maker(("a", "b", "c"), False) as generator:
        one, two = generator.stream(PROMPT), generator.stream(PROMPT)
        assert [next(one), next(two), next(one), next(two)] == ["a", "a", "b", "b"]
        assert [*one, *two] == ["c", "c"]


def test_several_threads_may_stream(maker: Maker) -> None:
    found: list[str] = []
    with maker(("a", "b"), False) as generator:
        threads = [threading.Thread(target=lambda: found.append("".join(generator.stream(PROMPT)))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
    assert found == ["ab"] * 4


def test_a_stream_may_be_abandoned(maker: Maker) -> None:
    with maker(("a", "b", "c"), False) as generator:
        stream = generator.stream(PROMPT)
        assert next(stream) == "a"
        stream.close()  # type: ignore[attr-defined]
        assert "".join(generator.stream(PROMPT)) == "abc"

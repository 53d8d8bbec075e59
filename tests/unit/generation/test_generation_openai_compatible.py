from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.errors import BackendFailed, Misconfigured
from engine.generation import failures
from engine.generation.openai_compatible import OpenAICompatibleGenerator
from engine.ports import Prompt
from tests.fakes.openai_server import FakeOpenAI, Mode, fake_openai

PROMPT = Prompt(system="secret instructions", user="secret question")


OPENED: list[OpenAICompatibleGenerator] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "FIRST_PAUSE_S", 0.01)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[FakeOpenAI]:
    with fake_openai(request.param) as running:
        yield running


def generator(
    server: FakeOpenAI, *, timeout_s: float = 10, retries: int = 2, key: str = "key"
) -> OpenAICompatibleGenerator:
    made = OpenAICompatibleGenerator(server.url, key, "fake-model", timeout_s=timeout_s, retries=retries)
    OPENED.append(made)
    return made


def failure(server: FakeOpenAI, *, timeout_s: float = 10, retries: int = 2) -> str:
    with pytest.raises(BackendFailed) as caught:
        list(generator(server, timeout_s=timeout_s, retries=retries).stream(PROMPT))
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    return str(caught.value)


@pytest.mark.parametrize("server", [Mode.NORMAL], indirect=True)
def test_the_request_is_what_the_protocol_says(server: FakeOpenAI) -> None:
    assert "".join(generator(server).stream(PROMPT)) == "It takes 5 days [1]."
    (request,) = server.requests
    assert request["model"] == "fake-model"
    assert request["temperature"] == 0
    assert request["stream"] is True
    assert request["messages"] == [
        {"role": "system", "content": PROMPT.system},
        {"role": "user", "content": PROMPT.user},
    ]
    assert server.keys == ["Bearer key"]


@pytest.mark.parametrize("server", [Mode.NORMAL], indirect=True)
def test_without_a_key_no_other_key_is_sent(server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    list(generator(server, key="").stream(PROMPT))
    assert server.keys == ["Bearer none"]


@pytest.mark.parametrize("server", [Mode.SLOW], indirect=True)
def test_pieces_come_as_they_are_written(server: FakeOpenAI) -> None:
    times = [time.monotonic() for _ in generator(server).stream(PROMPT)]
    assert len(times) == 3
    assert times[-1] - times[0] > 0.08


@pytest.mark.parametrize("server", [Mode.HANGING, Mode.HANGING_LATER, Mode.ENDLESS, Mode.ENDLESS_LINE], indirect=True)
def test_the_deadline_holds(server: FakeOpenAI) -> None:
    model = generator(server, timeout_s=0.4)
    model.prepare()
    begin = time.monotonic()
    with pytest.raises(BackendFailed, match=r"in time|within 0\.4 s"):
        list(model.stream(PROMPT))
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize("server", [Mode.HANGING_LATER], indirect=True)
def test_what_came_before_the_deadline_is_kept(server: FakeOpenAI) -> None:
    model = generator(server, timeout_s=1.5)
    model.prepare()
    stream = model.stream(PROMPT)
    assert next(stream) == "It takes "
    with pytest.raises(BackendFailed):
        next(stream)


@pytest.mark.parametrize("server", [Mode.ERROR_THEN_OK, Mode.LIMITED_THEN_OK], indirect=True)
def test_a_passing_failure_is_tried_again(server: FakeOpenAI) -> None:
    assert "".join(generator(server).stream(PROMPT)) == "It takes 5 days [1]."
    assert len(server.requests) == 2


@pytest.mark.parametrize("server", [Mode.ALWAYS_ERROR], indirect=True)
def test_retries_are_counted(server: FakeOpenAI) -> None:
    assert "HTTP status 503" in failure(server, retries=2)
    assert len(server.requests) == 3


@pytest.mark.parametrize("server", [Mode.ALWAYS_ERROR], indirect=True)
def test_no_retry_begins_that_could_not_end_in_time(server: FakeOpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "FIRST_PAUSE_S", 60)
    begin = time.monotonic()
    assert "HTTP status 503" in failure(server, timeout_s=5)
    assert time.monotonic() - begin < 2
    assert len(server.requests) == 1


@pytest.mark.parametrize("server", [Mode.UNAUTHORIZED], indirect=True)
def test_a_wrong_key_is_not_tried_again(server: FakeOpenAI) -> None:
    message = failure(server)
    assert "401" in message
    assert "llm_api_key" in message
    assert len(server.requests) == 1


@pytest.mark.parametrize("server", [Mode.CUT_OFF], indirect=True)
def test_nothing_is_tried_again_once_text_has_come(server: FakeOpenAI) -> None:
    assert "broke off" in failure(server)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("server", "words"),
    [
        (Mode.GARBAGE, "OpenAI chat protocol"),
        (Mode.BROKEN_JSON, "broke off"),
        (Mode.ERROR_EVENT, "broke off"),
    ],
    indirect=["server"],
)
def test_what_is_no_reply_is_a_failure(server: FakeOpenAI, words: str) -> None:
    assert words in failure(server)


@pytest.mark.parametrize("server", [Mode.EMPTY], indirect=True)
def test_an_empty_reply_is_no_failure(server: FakeOpenAI) -> None:
    assert list(generator(server).stream(PROMPT)) == []


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with fake_openai() as gone:
        pass
    assert "cannot be reached" in failure(gone, retries=1)


@pytest.mark.parametrize("server", [Mode.NORMAL], indirect=True)
def test_a_closed_generator_opens_again(server: FakeOpenAI) -> None:
    model = generator(server)
    list(model.stream(PROMPT))
    model.close()
    model.close()
    assert "".join(model.stream(PROMPT)) == "It takes 5 days [1]."


@pytest.mark.parametrize(("url", "model"), [("", "m"), ("localhost:8000/v1", "m"), ("http://x/v1", "")])
def test_wrong_settings_are_told(url: str, model: str) -> None:
    with pytest.raises(Misconfigured, match="llm_"):
        OpenAICompatibleGenerator(url, "", model)

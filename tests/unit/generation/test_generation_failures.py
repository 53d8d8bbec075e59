from __future__ import annotations

import httpx
import openai
import pytest

from engine.generation.failures import FIRST_PAUSE_S, as_backend_failure, wait_before_retry

REQUEST = httpx.Request("POST", "http://127.0.0.1/v1/chat/completions")


def status(code: int, **headers: str) -> openai.APIStatusError:
    response = httpx.Response(code, headers=headers, request=REQUEST)
    return openai.APIStatusError("server says secret", response=response, body=None)


@pytest.mark.parametrize(
    "error",
    [
        status(408),
        status(429),
        status(500),
        status(503),
        openai.APIConnectionError(request=REQUEST),
        openai.APITimeoutError(request=REQUEST),
        httpx.RemoteProtocolError("gone"),
    ],
    ids=repr,
)
def test_passing_failures_wait_longer_each_time(error: Exception) -> None:
    assert [wait_before_retry(error, attempt) for attempt in range(3)] == [
        FIRST_PAUSE_S,
        2 * FIRST_PAUSE_S,
        4 * FIRST_PAUSE_S,
    ]


@pytest.mark.parametrize("error", [status(400), status(401), status(404), ValueError("x"), KeyError("x")], ids=repr)
def test_lasting_failures_are_not_tried_again(error: Exception) -> None:
    assert wait_before_retry(error, 0) is None


def test_the_server_may_say_how_long_to_wait() -> None:
    assert wait_before_retry(status(429, **{"retry-after": "7"}), 0) == 7
    assert wait_before_retry(status(429, **{"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}), 0) == FIRST_PAUSE_S


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (status(401), "llm_api_key"),
        (status(404), "llm_model"),
        (status(418), "HTTP status 418"),
        (openai.APITimeoutError(request=REQUEST), "did not answer in time"),
        (httpx.ReadTimeout("secret"), "did not answer in time"),
        (openai.APIConnectionError(message="secret", request=REQUEST), "cannot be reached"),
        (ValueError("secret"), "broke off (ValueError)"),
    ],
)
def test_failures_name_the_model_and_a_remedy_but_quote_nothing(error: Exception, words: str) -> None:
    told = as_backend_failure(error, "fake-model")
    assert words in str(told)
    assert "fake-model" in told.message
    assert told.remedy
    assert "secret" not in str(told)

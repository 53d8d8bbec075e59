"""Event streams as the client reads them: whatever the network cuts them into, whatever the texts hold."""

from __future__ import annotations

import httpx
import pytest

from api.client.client import Client
from api.client.errors import ApiError
from api.client.events import lines, values
from api.schemas.answers import QuestionIn, TokenOut

TOKENS = {"token": TokenOut}
STREAM = 'event: token\r\ndata: {"text":"Ja,\u2028bitte\u0085 gern.\u2029 はい"}\r\n\r\n: ping\r\n\r\n'


def read(stream: str, *, size: int = 1000) -> list[str]:
    pieces = (stream[at : at + size] for at in range(0, len(stream), size))
    return [found.text for found in values(lines(pieces), TOKENS) if isinstance(found, TokenOut)]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_lines_end_where_the_standard_says_however_the_stream_is_cut(end: str, size: int) -> None:
    stream = "event: token\n\ndata: {}\n".replace("\n", end)
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    assert list(lines(pieces)) == ["event: token", "", "data: {}"]


def test_a_stream_that_ends_within_a_line_gives_the_rest() -> None:
    assert list(lines(["da", "ta: x"])) == ["data: x"]
    assert list(lines([])) == []
    assert list(lines(["", "\r"])) == [""]


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\x1c", "\x1d", "\x1e", "\x0b"], ids=ascii)
def test_separators_within_a_text_do_not_break_it(separator: str, size: int) -> None:
    text = TokenOut(text=f"one{separator}two").model_dump_json()
    assert read(f"event: token\r\ndata: {text}\r\n\r\n", size=size) == [f"one{separator}two"]


@pytest.mark.parametrize(
    ("stream", "texts"),
    [
        ('event:token\ndata:{"text":"a"}\n\n', ["a"]),
        ('event: token\ndata: {"text":\ndata: "a"}\n\n', ["a"]),
        ('data: {"text":"a"}\nevent: token\n\n', ["a"]),
        ('id: 7\nretry: 10\nevent: token\ndata: {"text":"a"}\n\n', ["a"]),
        ('event: token\n\ndata: {"text":"a"}\n\n', []),
        ('event: token\ndata: {"text":"a"}\n\ndata: {"text":"b"}\n\n', ["a"]),
        ('event: token\ndata: {"text":"a"}', []),
        (": ping\n\n: ping\n\n", []),
    ],
    ids=[
        "no space behind the colon",
        "data in two lines",
        "the name comes last",
        "fields that are not needed",
        "a name without data is forgotten",
        "a name holds for one event",
        "an event that was not ended is dropped",
        "signs of life",
    ],
)
def test_events_are_read_as_the_standard_says(stream: str, texts: list[str]) -> None:
    assert read(stream) == texts


def client_of(content: bytes, *, status: int = 200) -> Client:
    """Return a client whose service answers every call with the same bytes."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers={"content-type": "text/event-stream"})

    made = Client("http://service.test")
    made._http = httpx.Client(base_url="http://service.test", transport=httpx.MockTransport(answer))
    return made


def test_a_streamed_answer_may_hold_any_separator() -> None:
    with client_of(STREAM.encode()) as client:
        found = list(client.stream(QuestionIn(knowledge_base="shop", question="Geht das?")))
    assert found == [TokenOut(text="Ja,\u2028bitte\u0085 gern.\u2029 はい")]


def test_a_stream_that_breaks_raises_its_problem_after_what_was_verified() -> None:
    problem = '{"type":"/problems/x","title":"T","status":503,"detail":"Weg\u2028.","instance":"/","new":1}'
    stream = f'event: token\ndata: {{"text":"a"}}\n\nevent: error\ndata: {problem}\n\nevent: token\ndata: {{}}\n\n'
    with client_of(stream.encode()) as client:
        found = client.stream(QuestionIn(knowledge_base="shop", question="Geht das?"))
        assert next(found) == TokenOut(text="a")
        with pytest.raises(ApiError, match="Weg") as caught:
            next(found)
    assert (caught.value.status, caught.value.problem and caught.value.problem.title) == (503, "T")


@pytest.mark.parametrize("content", [b"", b"<html>Bad gateway</html>", b'{"detail": "not ours"}', b"\xff\xfe"])
def test_a_refusal_before_the_stream_is_told_by_its_status(content: bytes) -> None:
    with client_of(content, status=502) as client, pytest.raises(ApiError, match="status 502") as caught:
        list(client.stream(QuestionIn(knowledge_base="shop", question="Geht das?")))
    assert caught.value.problem is None

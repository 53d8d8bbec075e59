from __future__ import annotations

from collections.abc import Sequence

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from api.limits import BodyLimit

LIMIT, UPLOAD_LIMIT = 10, 20


async def _drain(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body, then say how long it was."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "read", "size": size})


def _size_read(chunks: Sequence[bytes], headers: dict[str, str] | None = None, kind: str = "http") -> int:
    sizes: list[int] = []
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})
    waiting.reverse()

    async def receive() -> Message:
        return waiting.pop()

    async def send(message: Message) -> None:
        sizes.append(message["size"])

    scope = {"type": kind, "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()]}
    anyio.run(BodyLimit(_drain, LIMIT, UPLOAD_LIMIT), scope, receive, send)
    return sizes[0]


@pytest.mark.parametrize("chunks", [[], [b""], [b"1234567890"], [b"12345", b"67890"]])
def test_bodies_up_to_the_limit_pass(chunks: list[bytes]) -> None:
    assert _size_read(chunks) == len(b"".join(chunks))


@pytest.mark.parametrize("chunks", [[b"12345678901"], [b"12345", b"678901"]])
def test_streamed_bodies_above_the_limit_are_refused(chunks: list[bytes]) -> None:
    with pytest.raises(HTTPException) as error:
        _size_read(chunks)
    assert error.value.status_code == 413


def test_a_declared_size_is_refused_before_anything_is_read() -> None:
    with pytest.raises(HTTPException) as error:
        _size_read([], {"content-length": "11"})
    assert error.value.status_code == 413


def test_a_declared_size_that_lies_does_not_help() -> None:
    with pytest.raises(HTTPException):
        _size_read([b"12345678901"], {"content-length": "1"})


@pytest.mark.parametrize("declared", ["10", "-1", "many", ""])
def test_other_declarations_are_left_to_the_count(declared: str) -> None:
    assert _size_read([b"123"], {"content-length": declared}) == 3


def test_uploads_have_their_own_limit() -> None:
    upload = {"content-type": "Multipart/Form-Data; boundary=x"}
    assert _size_read([b"x" * UPLOAD_LIMIT], upload) == UPLOAD_LIMIT
    with pytest.raises(HTTPException):
        _size_read([b"x" * (UPLOAD_LIMIT + 1)], upload)


def test_what_is_not_http_passes_uncounted() -> None:
    assert _size_read([b"x" * 100], kind="websocket") == 100

from __future__ import annotations

import anyio
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.serving.attending import REQUEST_ID, Attending
from engine.errors import Stopped
from engine.serving import served

BODY: Message = {"type": "http.request", "body": b"abc", "more_body": False}
GONE: Message = {"type": "http.disconnect"}


async def _answer(_: Scope, receive: Receive, send: Send) -> None:
    body = (await receive())["body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body + served().id.encode()})


async def _call(app: ASGIApp, incoming: list[Message], *, headers: dict[str, str] | None = None) -> list[Message]:
    sent, waiting = list[Message](), list(incoming)

    async def receive() -> Message:
        if not waiting:
            await anyio.sleep_forever()
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    given = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    await app({"type": "http", "path": "/", "headers": given}, receive, send)
    return sent


def _id(sent: list[Message]) -> str:
    return str(dict(sent[0]["headers"])[REQUEST_ID.lower().encode()].decode())


def test_a_request_gets_an_id_that_its_work_knows() -> None:
    sent = anyio.run(_call, Attending(_answer, timeout_s=5), [BODY])
    assert sent[1]["body"] == b"abc" + _id(sent).encode()
    assert len(_id(sent)) == 32
    assert served().id == ""


def test_two_requests_get_two_ids() -> None:
    app = Attending(_answer, timeout_s=5)
    assert _id(anyio.run(_call, app, [BODY])) != _id(anyio.run(_call, app, [BODY]))


@pytest.mark.parametrize(
    ("given", "kept"), [("a-1_b.2:c", True), ("x" * 64, True), ("x" * 65, False), ("two words", False), ("", False)]
)
def test_the_clients_own_id_is_kept_if_it_is_a_plain_word(given: str, kept: bool) -> None:
    async def call() -> list[Message]:
        return await _call(Attending(_answer, timeout_s=5), [BODY], headers={REQUEST_ID: given})

    assert (_id(anyio.run(call)) == given) is kept


def test_work_is_asked_to_stop_when_the_client_goes_away() -> None:
    async def working(_: Scope, receive: Receive, send: Send) -> None:
        await receive()
        assert (await receive())["type"] == "http.disconnect"
        with pytest.raises(Stopped):
            served().stop.check()
        assert (await receive())["type"] == "http.disconnect"
        await send({"type": "http.response.start", "status": 504, "headers": []})

    assert anyio.run(_call, Attending(working, timeout_s=5), [BODY, GONE])[0]["status"] == 504


def test_work_is_asked_to_stop_when_its_time_is_up() -> None:
    async def slow(_: Scope, receive: Receive, send: Send) -> None:
        await anyio.sleep(0.02)
        with pytest.raises(Stopped, match="longer"):
            served().stop.check()
        await _answer(_, receive, send)

    assert anyio.run(_call, Attending(slow, timeout_s=0.01), [BODY])[0]["status"] == 200


def test_what_is_no_request_passes_untouched() -> None:
    seen = list[Scope]()

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        seen.append(scope)

    async def call() -> None:
        async def receive() -> Message:
            return GONE

        async def send(_: Message) -> None: ...

        await Attending(app, timeout_s=1)({"type": "lifespan"}, receive, send)

    anyio.run(call)
    assert seen == [{"type": "lifespan"}]

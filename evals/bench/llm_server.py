"""A server of its own process that speaks the OpenAI chat protocol; the name of the model says how it misbehaves."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

__all__ = ["BEHAVIOURS", "app", "reply"]

BEHAVIOURS = (
    *(
        "faithful",
        "gibberish",
        "wrong_number",
        "wrong_link",
        "denying",
        "wrong_language",
        "empty",
        "endless",
        "thinking",
    ),
    *(
        "cut_off",
        "length_limit",
        "broken_events",
        "no_protocol",
        "rate_limited",
        "down",
        "slow",
        "hanging",
        "hanging_later",
    ),
)
_EVIDENCE = re.compile(r"<evidence\S* id=\"(\d+)\"[^>]*>\n(.*?)\n</evidence", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_FIRST = re.compile(r".{12,}?(?:[。！？]|[.!?](?=\s|$)|\n|$)", re.DOTALL)
_NONSENSE = ("blorp", "quenzel", "vantig", "sproo", "mimblex", "tarquon", "zibberil", "oolakh")
_FOREIGN = (
    "Palautus kestää viisi arkipäivää sen jälkeen, kun tavarat ovat saapuneet varastoon, ja rahat palautetaan. [1] "
)
_LATE_S = 3600.0


def reply(behaviour: str, user: str) -> Iterator[str]:
    """Yield the reply that a model of this behaviour gives to the user's message, in pieces; some never end."""
    evidence = [(number, text) for number, text in _EVIDENCE.findall(user)]
    sentences = [(number, found[0].strip()) for number, text in evidence for found in _FIRST.finditer(text)]
    faithful = [f"{sentence} [{number}] " for number, sentence in sentences[:2]]
    match behaviour:
        case "gibberish":
            words = [_NONSENSE[(at * at + len(user)) % len(_NONSENSE)] for at in range(40)]
            yield from (f"{' '.join(words[at : at + 8]).capitalize()}. [1] " for at in range(0, 40, 8))
        case "wrong_number":
            counted = [(number, text) for number, text in sentences if _NUMBER.search(text)] or sentences
            for number, text in counted[:4]:
                yield f"{_NUMBER.sub(lambda found: str(int(found[0]) + 3), text)} [{number}] "
        case "wrong_link":
            yield f"{faithful[0].rpartition(' [')[0]} https://refunds.evil.example/now [1] " if faithful else ""
        case "denying":
            yield from (_denied(sentence) for sentence in faithful)
        case "wrong_language":
            yield _FOREIGN
        case "endless" | "thinking":
            yield "<think>" if behaviour == "thinking" else ""
            while True:
                yield "and so on "
        case "cut_off" | "length_limit":
            yield faithful[0][: len(faithful[0]) // 2] if faithful else "It"
        case "empty":
            return
        case _:
            yield from faithful


def _denied(sentence: str) -> str:
    """Return an English or CJK sentence with a negation that it had not."""
    english = re.sub(r"\b(is|are|can|will|must|takes?|may)\b", r"\1 not", sentence, count=1)
    return english if english != sentence else sentence.replace("可以", "不可以", 1).replace("ます", "ません", 1)


async def _completions(request: Request) -> Response:
    asked: dict[str, Any] = await request.json()
    behaviour = asked["model"]
    match behaviour:
        case "rate_limited":
            return JSONResponse({"error": {"message": "slow down"}}, 429, {"Retry-After": "30"})
        case "down":
            return JSONResponse({"error": {"message": "overloaded"}}, 503)
        case "no_protocol":
            return PlainTextResponse("<html><body>Welcome to the shop</body></html>")
        case "hanging":
            await asyncio.sleep(_LATE_S)
    user = str(asked["messages"][-1]["content"])
    return StreamingResponse(_events(behaviour, user), media_type="text/event-stream")


async def _events(behaviour: str, user: str) -> AsyncIterator[str]:
    if behaviour == "broken_events":
        yield "data: {not json\n\n"
        return
    yield _event({"role": "assistant", "content": ""})
    for at, piece in enumerate(reply(behaviour, user)):
        if at and behaviour == "hanging_later":
            await asyncio.sleep(_LATE_S)
        for part in piece if behaviour == "slow" else (piece,):
            await asyncio.sleep(0.1 if behaviour == "slow" else 0.001)
            yield _event({"content": part})
    if behaviour != "cut_off":
        yield _event({}, "length" if behaviour == "length_limit" else "stop")
        yield "data: [DONE]\n\n"


def _event(delta: dict[str, str], finish_reason: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    chunk = {"id": "bench", "object": "chat.completion.chunk", "created": 0, "model": "bench", "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n"


async def _models(_: Request) -> Response:
    return JSONResponse({"object": "list", "data": [{"id": name, "object": "model"} for name in BEHAVIOURS]})


app = Starlette(
    routes=[
        Route("/v1/chat/completions", _completions, methods=["POST"]),
        Route("/v1/models", _models, methods=["GET"]),
    ]
)

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")

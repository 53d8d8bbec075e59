"""What every request can reach: the typed lifespan state."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, TypedDict, cast

import anyio
from fastapi import Depends, Request

from engine.service import Engine
from engine.settings import Settings

__all__ = ["AppState", "EngineOf", "SettingsOf", "in_turn"]


class AppState(TypedDict):
    """Made when the app starts, shared by all requests; `writes` is held by the one that changes documents."""

    engine: Engine
    settings: Settings
    writes: anyio.Lock


def _state(request: Request) -> AppState:
    return cast("AppState", request.state)


async def _engine(request: Request) -> Engine:
    return _state(request)["engine"]


async def _settings(request: Request) -> Settings:
    return _state(request)["settings"]


async def _in_turn(request: Request) -> AsyncIterator[None]:
    """Wait, without a thread, until no other request changes documents: an ingestion repairs what looks half done."""
    async with _state(request)["writes"]:
        yield


EngineOf = Annotated[Engine, Depends(_engine)]
SettingsOf = Annotated[Settings, Depends(_settings)]
in_turn = Depends(_in_turn, scope="function")

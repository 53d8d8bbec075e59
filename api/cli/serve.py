"""`knowdesk serve`: the HTTP API."""

from __future__ import annotations

import signal
import sys
from ipaddress import ip_address
from typing import Annotated, Final, NoReturn

import typer

from api.cli.session import Config, DataDir, Session
from engine.errors import InvalidInput

__all__ = ["is_loopback", "serve"]

SECONDS_TO_FINISH: Final = 10  # for open requests, after a stop was asked for


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str | None, typer.Option(help="Loopback address to listen on; default: the setting.")] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on, 0 for any that is free; default: the setting."),
    ] = None,
    data_dir: DataDir = None,
    config: Config = None,
) -> None:
    """Serve the HTTP API on this machine until it is stopped; open requests are finished first.

    Without authentication it listens on a loopback address only.
    """
    session = Session.of(ctx, data_dir, config, as_json=False)
    settings = session.settings()
    address = host or settings.host
    if not is_loopback(address):
        raise InvalidInput(
            f"Without authentication the API is not served on {address}.",
            remedy="Use --host 127.0.0.1, and a proxy that authenticates where others must reach it.",
        )
    with session.engine() as engine:
        import uvicorn

        from api.app import create_app

        signal.signal(signal.SIGTERM, _end)
        uvicorn.run(
            create_app(settings, engine=engine),
            host=address,
            port=settings.port if port is None else port,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )


def _end(*_: object) -> NoReturn:
    """End the process in order: uvicorn raises the signal again when it has finished, the engine is still open."""
    sys.exit(0)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach the address; a name other than localhost could resolve to anything."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

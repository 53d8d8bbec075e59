"""`knowdesk serve`: the HTTP API."""

from __future__ import annotations

import logging
import signal
import sys
from ipaddress import ip_address
from typing import Annotated, Final, NoReturn

import typer

from api.cli.output import complain
from api.cli.session import Config, DataDir, Session
from engine.background import share_arenas
from engine.errors import InvalidInput

__all__ = ["is_loopback", "serve"]

KEEP_ALIVE_S: Final = 75
SERVER_LOGS: Final = ("uvicorn", "uvicorn.error", "uvicorn.asgi")


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

    Unless the setting `auth` is `required`, it asks for no credentials and listens on a loopback address only.
    """
    share_arenas()
    session = Session.of(ctx, data_dir, config, as_json=False)
    settings = session.settings()
    address = host or settings.host
    if settings.auth == "open":
        _check_open(address)
    with session.engine(settings) as engine:
        import uvicorn

        from api.app import create_app
        from engine.observability import configure_logging

        as_json = settings.log_format == "json"
        if as_json:
            configure_logging(as_json=True, level=logging.INFO, names=SERVER_LOGS)
        signal.signal(signal.SIGTERM, _end)
        uvicorn.run(
            create_app(settings, engine=engine),
            host=address,
            port=settings.port if port is None else port,
            timeout_graceful_shutdown=settings.shutdown_timeout_s,
            timeout_keep_alive=KEEP_ALIVE_S,
            access_log=False,
            log_config=None if as_json else uvicorn.config.LOGGING_CONFIG,
        )


def _check_open(address: str) -> None:
    """Say loudly that nobody is asked for credentials; InvalidInput where others could reach that."""
    if not is_loopback(address):
        raise InvalidInput(
            f"Without authentication the API is not served on {address}.",
            remedy="Set KNOWDESK_AUTH=required and make keys with `knowdesk keys create`, or use --host 127.0.0.1.",
        )
    complain(
        "OPEN MODE: whoever reaches this address may read and change everything.",
        "Set KNOWDESK_AUTH=required to ask for keys.",
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

"""`knowdesk mcp`: the Model Context Protocol on standard input and output."""

from __future__ import annotations

import typer

from api.cli.session import Config, DataDir, Session

__all__ = ["mcp"]


def mcp(ctx: typer.Context, *, data_dir: DataDir = None, config: Config = None) -> None:
    """Serve tools and documents to a program that starts this command and speaks the Model Context Protocol.

    It owns the data folder while it runs. Beside a running server use that server's /mcp instead.
    """
    with Session.of(ctx, data_dir, config, as_json=False).assist() as assist:
        import anyio
        from mcp.server.stdio import stdio_server

        from api.mcp.server import build_server
        from api.mcp.tools import Reach

        server = build_server(lambda _: Reach(assist.engine, assist))

        async def serve() -> None:
            async with stdio_server() as (incoming, outgoing):
                await server.run(incoming, outgoing, server.create_initialization_options())

        anyio.run(serve)

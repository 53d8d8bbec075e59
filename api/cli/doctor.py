"""`knowdesk doctor`: check the configuration and what it needs."""

from __future__ import annotations

import typer

from api.cli.output import print_json, print_table
from api.cli.session import AsJson, Config, DataDir, Session

__all__ = ["doctor"]


def doctor(ctx: typer.Context, *, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False) -> None:
    """Check settings, data folder, database, index, models, OCR, servers and fonts; exit status 1 if something failed.

    Nothing is changed, and a server may run meanwhile.
    """
    from api.doctor import Examined, State, examine
    from engine.errors import Misconfigured

    session = Session.of(ctx, data_dir, config, as_json)
    try:
        found = [Examined("settings", State.OK), *examine(session.settings())]
    except Misconfigured as error:
        found = [Examined("settings", State.FAILED, str(error))]
    failed = any(each.state is State.FAILED for each in found)
    if session.as_json:
        checks: list[object] = [{"name": each.name, "state": each.state, "detail": each.detail} for each in found]
        print_json({"ok": not failed, "checks": checks})
    else:
        print_table(("What", "State", "Detail"), [(each.name, each.state, each.detail) for each in found])
    if failed:
        raise typer.Exit(1)

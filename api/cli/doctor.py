"""`knowdesk doctor`: check the configuration and what it needs."""

from __future__ import annotations

import typer

from api.cli.commands import in_session
from api.cli.output import print_table
from api.cli.session import Session

__all__ = ["doctor"]


@in_session
def doctor(session: Session) -> None:
    """Check settings, data folder, database, index, models, OCR, servers and fonts; exit status 1 if something failed.

    Nothing is changed, and a server may run meanwhile.
    """
    from api.doctor import Examined, State, examine
    from engine.errors import Misconfigured

    try:
        found = [Examined("settings", State.OK), *examine(session.settings())]
    except Misconfigured as error:
        found = [Examined("settings", State.FAILED, str(error))]
    failed = any(each.state is State.FAILED for each in found)
    checks = [{"name": each.name, "state": each.state, "detail": each.detail} for each in found]
    rows = [(each.name, each.state, each.detail) for each in found]
    session.publish({"ok": not failed, "checks": checks}, lambda: print_table(("What", "State", "Detail"), rows))
    if failed:
        raise typer.Exit(1)

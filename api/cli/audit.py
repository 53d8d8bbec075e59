"""`knowdesk audit`: the record of who did what over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_json, print_table, print_text
from api.cli.session import Session
from engine.domain.access import DEFAULT_TENANT

__all__ = ["app"]

app = typer.Typer(help="List and verify the record of who did what over HTTP.", no_args_is_help=True)
Tenant = Annotated[str, typer.Option("--tenant", metavar="NAME", help="Whose record.")]


@app.command("list")
@in_session
def list_(
    session: Session,
    *,
    after: Annotated[int, typer.Option(min=0, help="Number of the last entry that is known.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """List the entries, the oldest first."""
    from api.schemas.privacy import AuditEntryOut
    from engine.records import open_records
    from engine.tenancy import tenant_settings

    with open_records(tenant_settings(session.settings(), tenant)) as records:
        found = list(records.audit.entries(after=after, limit=limit))
    if session.as_json:
        print_json({"items": [AuditEntryOut.of(entry).model_dump(mode="json") for entry in found]})
    else:
        rows = ((each.seq, f"{each.at:%Y-%m-%d %H:%M:%S}", each.subject, each.action, each.status) for each in found)
        print_table(("No.", "At", "Who", "Did", "Status"), rows)


@app.command()
@in_session
def verify(
    session: Session,
    *,
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Tell whether nobody changed or dropped an entry; exit status 1 if somebody did."""
    from api.schemas.privacy import VerificationOut
    from engine.audit import verified
    from engine.records import open_records
    from engine.tenancy import tenant_settings

    with open_records(tenant_settings(session.settings(), tenant)) as records:
        found = verified(records.audit)
    if session.as_json:
        print_json(VerificationOut.of(found))
    elif found.broken_at is None:
        print_text(f"{found.entries} entries hold; the last hash is {found.head or 'none'}.")
    else:
        print_text(f"Entry {found.broken_at} does not hold; {found.entries} before it do.")
    if found.broken_at is not None:
        raise typer.Exit(1)

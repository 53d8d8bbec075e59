"""`knowdesk customers`: what is kept of a customer."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_json, print_text
from api.cli.session import Session
from engine.domain.access import DEFAULT_TENANT

__all__ = ["app"]

app = typer.Typer(help="Export and erase what is kept of a customer.", no_args_is_help=True)
CustomerId = Annotated[str, typer.Argument(metavar="ID", help="As it was sent as customer_id with questions.")]
Tenant = Annotated[str, typer.Option("--tenant", metavar="NAME", help="Whose customer.")]


@app.command()
@in_session
def export(
    session: Session,
    *,
    customer_id: CustomerId,
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Print all that is kept of a customer, as JSON."""
    from api.schemas.privacy import CustomerOut
    from engine.records import open_records
    from engine.tenancy import tenant_settings

    with open_records(tenant_settings(session.settings(), tenant)) as records:
        print_json(CustomerOut.kept(records.privacy.export(customer_id)))


@app.command()
@in_session
def erase(
    session: Session,
    *,
    customer_id: CustomerId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    tenant: Tenant = DEFAULT_TENANT,
) -> None:
    """Erase all that is kept of a customer, from the files too, and print a certificate."""
    from api.schemas.privacy import CertificateOut
    from engine.audit import record
    from engine.records import open_records
    from engine.tenancy import tenant_settings

    if not yes:
        typer.confirm("Erase all conversations of this customer?", abort=True, err=True)
    with open_records(tenant_settings(session.settings(), tenant)) as records:
        made = CertificateOut.signed(records.privacy.erase(customer_id))
        target = f"customer_id=sha256:{made.customer_sha256}"
        record(records.audit, subject="command line", action="erase_customer", target=target, status=200)
    if session.as_json:
        print_json(made)
    else:
        print_text(f"Erased {made.erased.conversations} conversations with {made.erased.turns} turns.")

"""`knowdesk encryption`: make keys, and see to it that everything is under the newest."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_json, print_table, print_text
from api.cli.session import Session

__all__ = ["app"]

app = typer.Typer(help="Encrypt what people wrote, and change the key.", no_args_is_help=True)


@app.command()
@in_session
def key(session: Session) -> None:
    """Print a new key, for KNOWDESK_ENCRYPTION_KEYS; it is kept nowhere."""
    from engine.persistence.keyring import new_key

    session.settings()  # wrong ones are named, as by every command
    made = new_key()
    if session.as_json:
        print_json({"key": made})
    else:
        print_text(made)


@app.command()
@in_session
def status(session: Session) -> None:
    """Count the values that are under each key, of all tenants."""
    from engine.encryption import encryption_status

    found = [
        {"tenant": tenant, "column": column, "key": key, "values": number}
        for tenant, columns in encryption_status(session.settings()).items()
        for column, counts in columns.items()
        for key, number in sorted(counts.items())
    ]
    if session.as_json:
        print_json({"items": found})
    else:
        rows = ((each["tenant"], each["column"], each["key"] or "none", each["values"]) for each in found)
        print_table(("Tenant", "Column", "Key", "Values"), rows)


@app.command()
@in_session
def rotate(
    session: Session,
    *,
    decrypt: Annotated[bool, typer.Option("--decrypt", help="Make everything plain, to take the keys away.")] = False,
) -> None:
    """Encrypt what is plain or under an older key with the first one, of all tenants.

    A server may run meanwhile, if it has been started with the same keys. Broken off, the command goes on where it was.
    """
    from engine.encryption import rotate_encryption

    found = rotate_encryption(session.settings(), decrypt=decrypt)
    written = {(tenant, done.table): done.written for tenant, done in found}
    if session.as_json:
        items = [{"tenant": tenant, "table": table, "rows": rows} for (tenant, table), rows in written.items()]
        print_json({"items": items})
    else:
        print_text(f"{'Decrypted' if decrypt else 'Encrypted'} {sum(written.values())} rows.")

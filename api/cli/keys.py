"""`knowdesk keys`: make, list and revoke keys of the HTTP API."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_json, print_table, print_text
from api.cli.session import Session
from engine.domain.access import DEFAULT_TENANT, AccessRole, PublicUse

if TYPE_CHECKING:
    from engine.domain.access import ApiKey

__all__ = ["app"]

app = typer.Typer(help="Make, list and revoke keys of the HTTP API.", no_args_is_help=True)
Tenant = Annotated[str, typer.Option("--tenant", metavar="NAME", help="Whose data the key opens.")]


@app.command()
@in_session
def create(
    session: Session,
    *,
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    role: Annotated[
        list[AccessRole] | None, typer.Option("--role", help="What its owner may do; repeat for several.")
    ] = None,
    public: Annotated[
        bool, typer.Option("--public", help="A key that pages may show: their visitors can chat and nothing else.")
    ] = False,
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", metavar="URL", help="Of the pages of a public key, as https://shop.example; repeat."),
    ] = None,
    knowledge_base: Annotated[
        str, typer.Option("--knowledge-base", metavar="NAME", help="That visitors with a public key may ask.")
    ] = "",
    rate_limits: Annotated[
        str, typer.Option("--rate", metavar="LIMITS", help='Of all visitors together, such as "600/minute".')
    ] = "",
    tenant: Tenant = DEFAULT_TENANT,
    access: Annotated[
        list[str] | None,
        typer.Option(
            "--access",
            metavar="LIST",
            help="Access list that it is on; repeat; default: all documents, for a public key those on no list.",
        ),
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=3650, help="Days until it expires; default: never.")] = None,
) -> None:
    """Make a key and print it; it cannot be printed again."""
    from api.schemas.keys import KeyMadeOut, KeyOut
    from engine.api_keys import KeyRequest
    from engine.errors import InvalidInput
    from engine.records import open_api_keys

    if not public and (origin or knowledge_base or rate_limits):
        raise InvalidInput("Only public keys have origins, knowledge base and rates.", remedy="Say --public, too.")
    use = PublicUse(tuple(origin or ()), knowledge_base, rate_limits) if public else None
    lifetime = None if days is None else timedelta(days=days)
    with open_api_keys(session.settings()) as keys:
        key, text = keys.create(KeyRequest(name, role or (), tenant, access, lifetime, use))
    if session.as_json:
        print_json(KeyMadeOut(key=KeyOut.shown(key), text=text))
    else:
        print_text(text)


@app.command("list")
@in_session
def list_(
    session: Session,
    *,
    tenant: Annotated[str, typer.Option("--tenant", metavar="NAME", help="Only those of one tenant.")] = "",
) -> None:
    """List the keys, without their secrets."""
    from api.schemas.keys import KeyOut
    from engine.records import open_api_keys

    with open_api_keys(session.settings()) as keys:
        found = keys.listed(tenant)
    if session.as_json:
        print_json({"items": [{"tenant": key.tenant, **KeyOut.shown(key).model_dump(mode="json")} for key in found]})
    else:
        print_table(("Id", "Name", "Tenant", "Roles", "Access", "Expires", "Revoked", "Last used"), map(_row, found))


@app.command()
@in_session
def revoke(
    session: Session,
    *,
    key_id: Annotated[str, typer.Argument(metavar="ID", help="The beginning of the key.")],
) -> None:
    """Make a key open nothing from now on, also on a server that runs."""
    from api.schemas.keys import KeyOut
    from engine.records import open_api_keys

    with open_api_keys(session.settings()) as keys:
        key = keys.revoke(key_id)
    if session.as_json:
        print_json(KeyOut.shown(key))
    else:
        print_text(f"Revoked {key.id} ({key.name}).")


def _row(key: ApiKey) -> tuple[str, ...]:
    lists = "all" if key.access is None else ", ".join(key.access) or "public only"
    days = (key.expires_at, key.revoked_at, key.last_used_at)
    return (
        key.id,
        key.name,
        key.tenant,
        f"visitors of {', '.join(key.public.origins)}" if key.public else ", ".join(sorted(key.roles)),
        lists,
        *("" if day is None else f"{day:%Y-%m-%d}" for day in days),
    )

"""`knowdesk proactive`: messages that nobody asked for, and what customers need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text

if TYPE_CHECKING:
    from api.schemas.proactive import OffersOut, ProfileOut

__all__ = ["app"]

app = typer.Typer(help="Draft messages that events give cause for; show what a customer needs.", no_args_is_help=True)


@app.command()
@over_knowledge_base
def draft(
    opened: Opened,
    *,
    customer: Annotated[list[str] | None, typer.Option("--customer", metavar="ID", help="To whom; repeatable.")] = None,
    language: Annotated[str, typer.Option(help="Of the messages (BCP 47); default: the customer's.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="At most so many.")] = 50,
    preview: Annotated[bool, typer.Option("--preview", help="Keep nothing: they do not count for the caps.")] = False,
) -> None:
    """Draft messages that the customers' events give cause for; nothing is sent."""
    from api.schemas.proactive import OffersOut

    wanted, proactive = tuple(customer or ()), opened.assist().proactive
    found = proactive.draft(opened.knowledge_base, wanted, language=language, keep=not preview, limit=limit)
    told = OffersOut.told(found)
    opened.publish(told, lambda: _show(told))


@app.command()
@over_knowledge_base
def profile(
    opened: Opened, *, customer_id: Annotated[str, typer.Argument(metavar="ID", help="As sent as customer_id.")]
) -> None:
    """Show what a customer needs and is interested in, from their conversations and events."""
    from api.schemas.proactive import ProfileOut

    found = ProfileOut.told(opened.assist().proactive.profile(opened.knowledge_base, customer_id))
    opened.publish(found, lambda: _show_profile(found))


def _show(found: OffersOut) -> None:
    for each in found.items:
        print_text(f"{each.customer_id} · {each.rule} · {each.language} · check: {each.verdict.value}", style="bold")
        print_text(each.text, indent=3)
    for held in found.held_back:
        print_text(f"{held.customer_id} · {held.rule} · held back: {held.reason.value}", style="dim")


def _show_profile(found: ProfileOut) -> None:
    print_text(f"{found.conversations} conversations · {found.questions} questions · {', '.join(found.languages)}")
    needs = [(each.name, each.questions, "unmet" if each.unmet else "") for each in found.needs]
    print_table(("Need", "Questions", ""), needs)
    print_table(("Interest", "Kind", "Times"), [(each.name, each.kind.value, each.times) for each in found.interests])

"""`knowdesk suggest`: what an agent could send next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text
from engine.errors import InvalidInput

if TYPE_CHECKING:
    from api.schemas.suggestions import SuggestionsOut
    from engine.domain.conversation import Turn

__all__ = ["conversation", "facts_given", "suggest"]

Turns = Annotated[
    list[str],
    typer.Argument(metavar="TURN...", help='The conversation, oldest first; what begins with "agent:" is the desk\'s.'),
]
Facts = Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Value of a variable.")]


@over_knowledge_base
def suggest(
    opened: Opened,
    *,
    turns: Turns,
    fact: Facts = None,
    group: Annotated[str, typer.Option(help="Group of agents whose habits count.")] = "",
    language: Annotated[str, typer.Option(help="Of the customer (BCP 47); default: detected.")] = "",
) -> None:
    """Suggest what to send next, with evidence and reasons, and what to watch out for."""
    from api.schemas.suggestions import SuggestionsOut
    from engine.domain.suggestion import SuggestionRequest

    said, facts = conversation(turns), facts_given(fact or ())
    request = SuggestionRequest(turns=said, facts=facts, group=group, language=language)
    found = SuggestionsOut.of(opened.assist().suggesting.suggest(opened.knowledge_base, request))
    opened.publish(found, lambda: _show(found))


def conversation(turns: list[str]) -> tuple[Turn, ...]:
    """Return the turns that were given as arguments."""
    from engine.domain.conversation import Role, Turn

    return tuple(
        Turn(Role.AGENT, text[len("agent:") :].strip())
        if text.lower().startswith("agent:")
        else Turn(Role.CUSTOMER, text)
        for text in turns
    )


def facts_given(given: list[str] | tuple[str, ...]) -> dict[str, str]:
    """Return the facts that were given as NAME=VALUE; InvalidInput for anything else."""
    pairs = [each.partition("=") for each in given]
    if any(not name or not sign for name, sign, _ in pairs):
        raise InvalidInput("A fact has no name or no value.", remedy="Write it as --fact order_number=MV-2026-1.")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _show(found: SuggestionsOut) -> None:
    for warning in found.warnings:
        print_text(warning.message, style="yellow")
    for place, item in enumerate(found.items, 1):
        print_text(f"{place}. {item.kind} · {item.confidence:.2f} · {item.reason}", style="bold")
        print_text(item.text, indent=3)
        for option in item.options:
            print_text(f"- {option}", indent=3)
        if item.gaps:
            print_text(f"To fill in: {', '.join(dict.fromkeys(gap.name for gap in item.gaps))}", indent=3)
        for source in dict.fromkeys(f"[{cited.title}] {cited.uri}" for cited in item.evidence):
            print_text(source, style="dim", indent=3)

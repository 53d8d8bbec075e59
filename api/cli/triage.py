"""`knowdesk triage`: sort a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text
from engine.domain.triage import CustomerTier

if TYPE_CHECKING:
    from api.schemas.triage import TriageOut

__all__ = ["triage"]


@over_knowledge_base
def triage(
    opened: Opened,
    *,
    message: Annotated[str, typer.Argument(help="What a customer wrote, in any language.")],
    tier: Annotated[CustomerTier, typer.Option(help="How the customer is treated.")] = CustomerTier.STANDARD,
    language: Annotated[str, typer.Option(help="Language of the message (BCP 47); default: detected.")] = "",
) -> None:
    """Sort a message: intents, category, queue, priority, what it names, and what is still to be asked."""
    from api.schemas.triage import TriageOut
    from engine.domain.triage import TriageRequest

    request = TriageRequest(message, language=language, tier=tier)
    found = TriageOut.of(opened.assist().triage(opened.knowledge_base, request))
    opened.publish(found, lambda: _show(found, message))


def _show(found: TriageOut, message: str) -> None:
    for intent in found.intents:
        said = message[intent.span.start : intent.span.end]
        print_text(f"{intent.id} · {intent.probability:.2f} · {said}", style="bold")
    if not found.intents:
        likeliest = ", ".join(f"{each.id} {each.probability:.2f}" for each in found.candidates[:3])
        print_text(f"None of the intents ({found.none_probability:.2f}). Likeliest: {likeliest or '-'}", style="yellow")
    why = f" ({', '.join(found.reasons)})" if found.reasons else ""
    category = f" · category {found.category}" if found.category else ""
    print_text(f"Queue {found.queue}{category} · priority {found.priority}{why} · {found.language}")
    print_text(f"Mood {found.mood.level} ({found.mood.emotion})")
    for entity in found.entities:
        print_text(f"{entity.kind}: {entity.text}", indent=4)
    for fact in found.missing:
        print_text(f"To ask: {fact.question}", style="dim")

"""`knowdesk triage`: sort a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import print_json, print_text
from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session
from engine.domain.triage import CustomerTier

if TYPE_CHECKING:
    from api.schemas.triage import TriageOut

__all__ = ["triage"]


def triage(
    ctx: typer.Context,
    *,
    message: Annotated[str, typer.Argument(help="What a customer wrote, in any language.")],
    kb: KnowledgeBaseOption = "default",
    tier: Annotated[CustomerTier, typer.Option(help="How the customer is treated.")] = CustomerTier.STANDARD,
    language: Annotated[str, typer.Option(help="Language of the message (BCP 47); default: detected.")] = "",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Sort a message: intents, category, queue, priority, what it names, and what is still to be asked."""
    from api.schemas.triage import TriageOut
    from engine.domain.triage import TriageRequest

    session = Session.of(ctx, data_dir, config, as_json)
    with session.assist() as assist:
        found = TriageOut.of(assist.triage(kb, TriageRequest(message, language=language, tier=tier)))
    if session.as_json:
        print_json(found)
    else:
        _show(found, message)


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

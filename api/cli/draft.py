"""`knowdesk draft`: draft a reply, or rewrite one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text
from api.cli.suggest import Facts, conversation, facts_given
from engine.domain.channel import Channel
from engine.domain.draft import Rewrite, Tone

if TYPE_CHECKING:
    from api.schemas.drafts import DraftOut

__all__ = ["draft"]


@over_knowledge_base
def draft(
    opened: Opened,
    *,
    turns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TURN...", help='The conversation, oldest first; what begins with "agent:" is the desk\'s.'
        ),
    ] = None,
    fact: Facts = None,
    tone: Annotated[Tone, typer.Option(help="How the reply speaks to the customer.")] = Tone.FRIENDLY,
    channel: Annotated[Channel, typer.Option(help="Where it is read or heard.")] = Channel.CHAT,
    language: Annotated[str, typer.Option(help="Of the reply (BCP 47); default: the customer's.")] = "",
    template: Annotated[str, typer.Option(help="Shortcut of the canned reply that is to be the core.")] = "",
    text: Annotated[str, typer.Option("--draft", help="A draft of your own; goes with --rewrite.")] = "",
    rewrite: Annotated[Rewrite | None, typer.Option(help="What to do with it.")] = None,
) -> None:
    """Draft a reply with citations, or rewrite your own draft; say what is missing and what to watch out for."""
    from api.schemas.drafts import DraftOut
    from engine.domain.draft import DraftRequest

    request = DraftRequest(
        turns=conversation(turns or []),
        facts=facts_given(fact or ()),
        tone=tone,
        language=language,
        channel=channel,
        template=template,
        draft=text,
        rewrite=rewrite,
    )
    found = DraftOut.of(opened.assist().drafts.draft(opened.knowledge_base, request))
    opened.publish(found, lambda: _show(found))


def _show(found: DraftOut) -> None:
    print_text(found.text)
    print_text("")
    for cited in dict.fromkeys(f"[{each.title}] {each.uri}" for each in found.citations):
        print_text(cited, style="dim")
    print_text(f"{found.mode.value} · {found.language} · check: {found.check.verdict.value}", style="bold")
    if found.missing:
        print_text(f"To fill in: {', '.join(dict.fromkeys(gap.name for gap in found.missing))}")
    for finding in found.check.findings:
        said = found.text[finding.span.start : finding.span.end]
        print_text(f"{finding.severity.value}: {said} · {finding.rule.value} · {finding.remedy}")
    for warning in found.warnings:
        print_text(warning.message, style="yellow")
    for note in found.notes:
        print_text(f"Note: {note}", style="dim")

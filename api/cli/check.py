"""`knowdesk check`: look a reply over before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_text

if TYPE_CHECKING:
    from api.schemas.checks import FindingOut, PromiseOut, ReplyCheckOut

__all__ = ["check"]

_STYLES = {"pass": "green", "warn": "yellow", "block": "red"}


@over_knowledge_base
def check(
    opened: Opened,
    *,
    text: Annotated[str, typer.Argument(help="The reply, in any language.")],
    language: Annotated[str, typer.Option(help="Of the reply (BCP 47); default: detected.")] = "",
    agent_language: Annotated[str, typer.Option(help="Of the remedies: en, zh-Hans, zh-Hant, ja.")] = "",
    pack: Annotated[
        list[str] | None, typer.Option(help="Rule pack instead of the configured ones; repeatable.")
    ] = None,
    promises: Annotated[bool, typer.Option(help="Compare promises with the policies.")] = True,
    allow: Annotated[list[str] | None, typer.Option(help="Number or address that may stand; repeatable.")] = None,
) -> None:
    """Check a reply before it is sent: words, claims, personal data, red lines, promises."""
    from api.schemas.checks import ReplyCheckOut
    from engine.checks import CheckRequest

    request = CheckRequest(
        text=text,
        language=language,
        agent=agent_language,
        packs=tuple(pack) if pack else None,
        compare=promises,
        allowed=tuple(allow or ()),
    )
    found = ReplyCheckOut.of(opened.engine.checks.check(opened.knowledge_base, request))
    opened.publish(found, lambda: _show(found, text))


def _show(found: ReplyCheckOut, text: str) -> None:
    print_text(found.verdict.value, style=_STYLES[found.verdict.value])
    for finding in found.findings:
        _show_finding(finding, text)
    for promise in found.promises:
        _show_promise(promise, text)


def _show_finding(finding: FindingOut, text: str) -> None:
    said = text[finding.span.start : finding.span.end]
    hidden = " · disguised" if finding.disguised else ""
    print_text(f"{finding.severity.value}: {said} · {finding.rule.value} · {finding.id}{hidden}", style="bold")
    print_text(finding.remedy, indent=4)


def _show_promise(promise: PromiseOut, text: str) -> None:
    told = ", ".join((*promise.due, *promise.amounts)) or "no term"
    said = text[promise.span.start : promise.span.end]
    print_text(f"promise: {said} · {promise.matter.value} · {told} · {promise.standing.value}", style="bold")
    if promise.citation:
        print_text(f"{promise.citation.title} · {promise.citation.uri}", style="dim", indent=4)
        print_text(promise.citation.quote, indent=4)

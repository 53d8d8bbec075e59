"""`knowdesk insights quality`, `replies` and `digest`: how well the desk serves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text

if TYPE_CHECKING:
    from api.schemas.quality import CheckedRepliesOut, QualityFiguresOut, QualityOut
    from engine.domain.insights import Period
    from engine.insights.quality.service import ServiceQuality

__all__ = ["digest", "quality", "replies"]

Days = Annotated[int, typer.Option("--days", min=1, max=3660, help="How far to look back.")]
AsKept = Annotated[bool, typer.Option("--as-kept", help="Do not check new replies first.")]
_COLUMNS = ("", "Replies", "Warned", "Blocked", "Promises kept", "CSAT", "Solved")


@over_knowledge_base
def quality(opened: Opened, *, days: Days = 30, as_kept: AsKept = False) -> None:
    """Show how well bot and agents replied: findings, promises kept, satisfaction; by agent, team and topic."""
    from api.schemas.quality import QualityOut

    service, period = _checked(opened, days, as_kept)
    found = QualityOut.told(service.report(opened.knowledge_base, period))
    opened.publish(found, lambda: _show(found))


@over_knowledge_base
def replies(
    opened: Opened,
    *,
    agent: Annotated[str | None, typer.Option("--agent", metavar="ID", help="Of this agent.")] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", help="pass, warn or block.")] = None,
    days: Days = 30,
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="At most so many.")] = 20,
    as_kept: AsKept = False,
) -> None:
    """List the replies behind the figures with what was found in them, the newest first."""
    from api.schemas.quality import replies_page
    from engine.domain.check import Verdict
    from engine.domain.quality import ReplyFilter
    from engine.errors import InvalidInput

    if verdict is not None and verdict not in set(Verdict):
        raise InvalidInput(f"There is no verdict {verdict!r}.", remedy=f"Choose one of {', '.join(Verdict)}.")
    service, period = _checked(opened, days, as_kept)
    wanted = ReplyFilter(agent=agent, verdict=Verdict(verdict) if verdict else None)
    found = service.replies(opened.knowledge_base, period, wanted, limit=limit)
    page = replies_page(found, service.texts(found), limit)
    opened.publish(page, lambda: _list(page))


@over_knowledge_base
def digest(
    opened: Opened,
    *,
    out: Annotated[Path, typer.Option("--out", help="File to write, .html or .csv.")],
    language: Annotated[str, typer.Option("--language", help="en, zh-Hans, zh-Hant or ja.")] = "en",
    week: Annotated[
        datetime | None, typer.Option("--week", formats=["%Y-%m-%d"], help="A day of it; default: last week.")
    ] = None,
    as_kept: AsKept = False,
) -> None:
    """Write the digest of a week beside the week before: quality, promises missed, topics, gaps."""
    from engine.insights.quality.digest import csv_digest, html_digest, week_of

    service, _ = _checked(opened, 7, as_kept)
    period = week_of(week.date() if week else None, datetime.now(UTC).date())
    told = service.digest(opened.knowledge_base, period)
    write = csv_digest if out.suffix.lower() == ".csv" else html_digest
    out.write_text(write(told, language), encoding="utf-8", newline="")
    done: dict[str, object] = {"written": str(out), "since": period.since.isoformat()}
    opened.publish(done, lambda: print_text(f"Wrote {out}."))


def _checked(opened: Opened, days: int, as_kept: bool) -> tuple[ServiceQuality, Period]:
    from engine.domain.insights import Period

    assist = opened.assist()
    if not as_kept:
        assist.read_on(opened.knowledge_base)
    now = datetime.now(UTC)
    return assist.quality, Period(now - timedelta(days=days), now)


def _show(found: QualityOut) -> None:
    parts = (("All replies", found.total), ("Assistant", found.assistant), ("Agents", found.people))
    print_table(_COLUMNS, [_row(name, figures) for name, figures in parts])
    for title, groups in (("Agent", found.agents), ("Team", found.teams), ("Topic", found.topics)):
        if groups:
            rows = [_row(each.name or "(none)", each.figures) for each in groups]
            print_table((title, *_COLUMNS[1:]), rows)
    told = (*found.total.findings.items(), *((f"promise {state}", n) for state, n in found.total.promises.items()))
    print_table(("Found", "Times"), told)


def _row(name: str, figures: QualityFiguresOut) -> tuple[object, ...]:
    kept, solved = (f"{share:.0%}" if share is not None else "" for share in (figures.kept, figures.solved))
    csat = f"{figures.csat:.1f}" if figures.csat is not None else ""
    return name, figures.replies, figures.warned, figures.blocked, kept, csat, solved


def _list(page: CheckedRepliesOut) -> None:
    for reply in page.items:
        who = reply.agent or reply.role.value
        print_text(f"{reply.said_at:%Y-%m-%d %H:%M} · {who} · {reply.verdict.value}", style="bold")
        print_text(reply.text, indent=3)
        for finding in reply.findings:
            print_text(f"{finding.severity.value}: {finding.text} · {finding.rule.value} · {finding.id}", indent=3)
        for promise in reply.promises:
            print_text(f"promise: {promise.text} · due {promise.due:%Y-%m-%d} · {promise.state.value}", indent=3)

"""`knowdesk insights`: what customers ask, what the knowledge lacks, how they feel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import Opened, over_knowledge_base
from api.cli.output import print_table, print_text
from api.cli.quality import digest, quality, replies
from api.cli.upkeep import contradictions, proposals_app, staleness

if TYPE_CHECKING:
    from api.schemas.insights import GapsOut, HeatMapOut, TopicsOut
    from engine.domain.insights import Period
    from engine.insights.questions import QuestionInsights

__all__ = ["app"]

app = typer.Typer(
    help="What customers ask, what the knowledge lacks or says wrong, how they feel.", no_args_is_help=True
)
app.add_typer(proposals_app, name="proposals")
app.command()(contradictions)
app.command()(staleness)
app.command()(quality)
app.command()(replies)
app.command()(digest)
Days = Annotated[int, typer.Option("--days", min=1, max=3660, help="How far to look back.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="At most so many.")]
AsKept = Annotated[bool, typer.Option("--as-kept", help="Do not read new questions first.")]


@app.command()
@over_knowledge_base
def topics(opened: Opened, *, days: Days = 30, limit: Limit = 20, as_kept: AsKept = False) -> None:
    """Show what customers asked, beside the period of the same length before."""
    from api.schemas.insights import TopicsOut

    questions, period = _read(opened, days, as_kept)
    found = TopicsOut.told(period, questions.topics(opened.knowledge_base, period, limit=limit))
    opened.publish(found, lambda: _show_topics(found))


@app.command()
@over_knowledge_base
def gaps(opened: Opened, *, days: Days = 30, limit: Limit = 20, as_kept: AsKept = False) -> None:
    """Show what the knowledge lacked, what cost most first."""
    from api.schemas.insights import GapsOut

    questions, period = _read(opened, days, as_kept)
    found = GapsOut.told(period, questions.gaps(opened.knowledge_base, period, limit=limit))
    opened.publish(found, lambda: _show_gaps(found))


@app.command()
@over_knowledge_base
def sentiment(
    opened: Opened,
    *,
    days: Days = 30,
    interval: Annotated[str, typer.Option("--interval", help="day, week or month.")] = "week",
    as_kept: AsKept = False,
) -> None:
    """Show how customers felt about each topic: how many questions had each mood, from 1 to 5."""
    from api.schemas.insights import HeatMapOut
    from engine.insights.heatmap import interval_named

    chosen = interval_named(interval)
    questions, period = _read(opened, days, as_kept)
    cells = questions.heat_map(opened.knowledge_base, period, chosen)
    found = HeatMapOut.told(chosen, period, cells, questions.names(opened.knowledge_base))
    opened.publish(found, lambda: _show_moods(found))


@app.command()
@over_knowledge_base
def forecast(
    opened: Opened,
    *,
    days: Annotated[int, typer.Option("--days", min=1, max=60, help="So many days, today the first.")] = 7,
    topic: Annotated[str, typer.Option("--topic", metavar="ID", help="Questions of this topic alone.")] = "",
    as_kept: AsKept = False,
) -> None:
    """Show how many questions the coming days will bring, with the interval of 9 in 10."""
    from api.schemas.insights import ForecastOut

    questions, _ = _read(opened, days, as_kept)
    found = ForecastOut.told(questions.forecast(opened.knowledge_base, days=days, topic_id=topic or None))
    rows = [(each.day, each.questions, f"{each.low} … {each.high}") for each in found.items]
    opened.publish(found, lambda: print_table(("Day", "Questions", "9 in 10"), rows))


@app.command()
@over_knowledge_base
def update(
    opened: Opened,
    *,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make all groups anew; alike ones keep their ids.")
    ] = False,
) -> None:
    """Read new questions, put them into topics and gaps, match new gaps with the knowledge, and check new replies."""
    from api.schemas.insights import InsightRunOut

    found = InsightRunOut.of(opened.assist().read_on(opened.knowledge_base, rebuild=rebuild))
    said = f"Read {found.read} questions: {found.topics} topics, {found.gaps} gaps. Checked {found.replies} replies."
    opened.publish(found, lambda: print_text(said))


def _read(opened: Opened, days: int, as_kept: bool) -> tuple[QuestionInsights, Period]:
    from engine.domain.insights import Period

    questions = opened.assist().questions
    if not as_kept:
        questions.update(opened.knowledge_base)
    now = datetime.now(UTC)
    return questions, Period(now - timedelta(days=days), now)


def _show_topics(found: TopicsOut) -> None:
    columns = ("Topic", "Questions", "Before", "Share", "Not answered", "Handed over", "CSAT", "Mood", "")
    print_table(
        columns,
        [
            (
                *(each.name, each.questions, each.before, f"{each.share:.0%}"),
                *(f"{each.abstained:.0%}", f"{each.handed_over:.0%}", _mean(each.csat), _mean(each.level)),
                "emerging" if each.emerging else "",
            )
            for each in found.items
        ],
    )


def _show_gaps(found: GapsOut) -> None:
    for place, gap in enumerate(found.items, 1):
        about = f"{gap.questions} questions · cost {gap.cost:.0f} · {gap.failing:.0%} fail · {gap.cause}"
        print_text(f"{place}. {gap.name} · {about}", style="bold")
        if gap.document:
            print_text(f"[{gap.document.title}] {gap.document.uri}", style="dim", indent=3)
        for sample in gap.samples[:3]:
            print_text(sample, indent=3)


def _show_moods(found: HeatMapOut) -> None:
    for row in found.topics:
        counts = {(cell.start, cell.level): cell.questions for cell in row.cells}
        print_text(row.name or "(no topic)", style="bold")
        days = sorted({cell.start for cell in row.cells})
        print_table(("", *"12345"), [(day, *(counts.get((day, level), "·") for level in range(1, 6))) for day in days])


def _mean(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"

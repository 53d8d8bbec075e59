"""The comparison as tables, and as one HTML page with plots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table

from evals.bench.peers.measuring import QUALITIES, Measured
from evals.bench.peers.running import Outcome
from evals.reporting.charts import BarRow, Bars
from evals.reporting.page import Section, Sheet, html_sections

__all__ = ["peers_page", "sheets", "show_peers"]

TITLE = "Retrieval beside its peers"
NOTES = (
    "The same corpus and the same encoder, one run on one machine; each system in a process of its own, one after "
    "the other.",
    "Quality over documents, ties against each system. An index counts until it is on disk. Memory is the most that "
    "the process and its children had, libraries included.",
)
SPEED = (
    "documents/s",
    "query p50 ms",
    "query p95 ms",
    "reopened in s",
    "update ms",
    "and saved ms",
    "found",
    "peak MB",
)


def sheets(outcomes: Sequence[Outcome]) -> tuple[Sheet, ...]:
    """Return the tables of one data set: quality by language of the queries, then times and memory."""
    data = outcomes[0].job.data.name
    parts = next((found.quality for _, found in _measured(outcomes)), ())
    languages = tuple(f"{part.split} ({part.queries})" for part in parts)
    quality = Sheet(
        f"{data}: {', '.join(QUALITIES)}, by language of the queries (number)",
        ("system", *languages),
        tuple((each.job.name, *_quality(each, len(parts))) for each in outcomes),
    )
    speed = Sheet(
        f"{data}: times and memory",
        ("system", *SPEED),
        tuple((each.job.name, *_speed(each)) for each in outcomes),
    )
    return quality, speed


def show_peers(outcomes: Sequence[Outcome]) -> RenderableType:
    """Return the tables for a terminal, failures below them."""
    shown: list[RenderableType] = []
    for group in _by_data(outcomes):
        for sheet in sheets(group):
            table = Table(*sheet.header, title=sheet.title)
            for column in table.columns[1:]:
                column.justify = "right"
            for row in sheet.rows:
                table.add_row(*row)
            shown.append(table)
        shown += [f"{each.job.name}: {each.failure}" for each in group if each.failure]
    return Group(*shown)


def peers_page(outcomes: Sequence[Outcome]) -> str:
    """Return one HTML page that needs nothing else."""
    sections = [Section(group[0].job.data.name, tuple(_charts(group)), sheets(group)) for group in _by_data(outcomes)]
    failures = [f"{each.job.name} on {each.job.data.name} failed: {each.failure}" for each in outcomes if each.failure]
    models = ", ".join(dict.fromkeys(each.job.model for each in outcomes))
    return html_sections(TITLE, [*NOTES, f"Encoder: {models}.", *failures], sections)


def _charts(outcomes: Sequence[Outcome]) -> Iterator[Bars]:
    found = list(_measured(outcomes))
    for at, part in enumerate(found[0][1].quality if found else ()):
        scored = [(each, measured.quality[at].metrics["mrr@10"]) for each, measured in found]
        rows = [BarRow(each.job.name, value, None, None, 0, shown=f"{value:.3f}") for each, value in scored]
        yield Bars(f"MRR@10, queries {part.split}", _ranked(rows))
    axes: tuple[tuple[str, Callable[[Outcome, Measured], float], str], ...] = (
        ("Documents indexed a second", lambda _, measured: measured.documents_per_s, "More is better."),
        ("Median time of a query, ms", lambda _, measured: measured.query.p50_ms, "Less is better."),
        ("Peak memory, MB", lambda outcome, _: outcome.peak_mb, "Less is better."),
    )
    for title, value, note in axes if found else ():
        values = [(each, value(each, measured)) for each, measured in found]
        most = max(number for _, number in values)
        rows = [BarRow(each.job.name, n / most, None, None, 0, shown=_short(n)) for each, n in values]
        yield Bars(title, _ranked(rows), note)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _ranked(rows: Sequence[BarRow]) -> tuple[BarRow, ...]:
    return tuple(sorted(rows, key=lambda row: -row.value))


def _quality(outcome: Outcome, columns: int) -> tuple[str, ...]:
    if outcome.measured is None:
        return ("failed",) * columns
    return tuple("  ".join(f"{part.metrics[name]:.3f}" for name in QUALITIES) for part in outcome.measured.quality)


def _speed(outcome: Outcome) -> tuple[str, ...]:
    if (found := outcome.measured) is None:
        return ("failed",) * len(SPEED)
    return (
        f"{found.documents_per_s:.1f}",
        f"{found.query.p50_ms:.2f}",
        f"{found.query.p95_ms:.2f}",
        f"{found.reopen_s:.2f}",
        f"{found.change.update_ms:.1f}",
        f"{found.change.saved_ms:.1f}",
        "yes" if found.change.found else "no",
        f"{outcome.peak_mb:.0f}",
    )


def _measured(outcomes: Sequence[Outcome]) -> Iterator[tuple[Outcome, Measured]]:
    return ((each, each.measured) for each in outcomes if each.measured)


def _by_data(outcomes: Sequence[Outcome]) -> list[list[Outcome]]:
    return [list(group) for _, group in groupby(outcomes, key=lambda each: each.job.data)]

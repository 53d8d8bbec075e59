"""`knowdesk bench scale`."""

from __future__ import annotations

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.bench.scale.corpus import Corpus
from evals.bench.scale.measuring import SizeBench, measure_size
from evals.commands.common import reported_errors
from evals.reporting.charts import LineChart, Series, nice_ceiling
from evals.reporting.page import Section, Sheet, html_sections

__all__ = ["SIZES", "scale_command", "scale_page"]

SIZES = (1_000, 10_000, 100_000)
COLUMNS: tuple[tuple[str, Callable[[SizeBench], str]], ...] = (
    ("chunks", lambda size: f"{size.chunks:,}"),
    ("search p50, ms", lambda size: f"{size.read.search.p50_ms:.1f}"),
    ("p95", lambda size: f"{size.read.search.p95_ms:.1f}"),
    ("the same again p50, ms", lambda size: f"{size.read.search_again.p50_ms:.1f}"),
    ("p95 again", lambda size: f"{size.read.search_again.p95_ms:.1f}"),
    ("processor, ms", lambda size: f"{size.read.search_cpu_ms:.1f}"),
    ("recall@10", lambda size: f"{size.read.recall:.3f}"),
    ("memory, MB", lambda size: f"{size.read.memory_mb:.0f}"),
    ("disk, MB", lambda size: f"{size.read.disk_mb:.0f}"),
    ("reopen, s", lambda size: f"{size.read.reopen_s:.2f}"),
    ("inserts/s", lambda size: f"{size.built.chunks_per_s:.0f}"),
    ("compaction, s", lambda size: f"{size.built.optimize_s:.1f}"),
    ("search meanwhile p95, ms", lambda size: f"{m.p95_ms:.1f}" if (m := size.built.search_meanwhile) else ""),
    ("edit to visible, ms", lambda size: f"{size.read.update_ms:.1f}"),
)


def scale_page(found: Sequence[SizeBench], notes: Sequence[str]) -> str:
    """Return the measurements as one HTML page with curves."""
    charts = (
        _chart(
            "Search",
            "ms",
            found,
            {"median": lambda size: size.read.search.p50_ms, "95th percentile": lambda size: size.read.search.p95_ms},
        ),
        _chart("Recall@10 of dense search", "", found, {"recall": lambda size: size.read.recall}),
        _chart(
            "Room",
            "MB",
            found,
            {"memory": lambda size: size.read.memory_mb, "disk": lambda size: size.read.disk_mb},
        ),
    )
    header = tuple(name for name, _ in COLUMNS)
    rows = tuple(tuple(shown(size) for _, shown in COLUMNS) for size in found)
    return html_sections("Scale", notes, [Section("By chunks", charts, (Sheet("Figures", header, rows),))])


def _chart(
    title: str, unit: str, found: Sequence[SizeBench], lines: dict[str, Callable[[SizeBench], float]]
) -> LineChart:
    """Return curves over the number of chunks, each ten times as many as far from the one before."""
    first, last = (math.log10(found[at].chunks) for at in (0, -1))
    places = [(math.log10(size.chunks) - first) / ((last - first) or 1) for size in found]
    top = nice_ceiling(max(value(size) for value in lines.values() for size in found))
    series = tuple(
        Series(name, tuple((x, value(size) / top) for x, size in zip(places, found, strict=True)))
        for name, value in lines.items()
    )
    names = tuple((x, f"{size.chunks:,}") for x, size in zip(places, found, strict=True))
    return LineChart(title, "chunks", unit or "share", series, top, unit=unit, x_names=names)


def scale_command(  # noqa: PLR0913
    *,
    sizes: Annotated[
        list[int] | None, typer.Option("--size", min=100, help="Chunks; default: 1000, 10000, 100000.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option("--texts", help='JSON Lines with "text"; default: generated, seeded.')
    ] = None,
    queries: Annotated[int, typer.Option("--queries", min=1, help="Searches for each size.")] = 200,
    quantized: Annotated[bool, typer.Option("--quantized", help="With vector_quantization = int8.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Keep the indexes here; those that are here are only read.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with the curves.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Measure the embedded index by its size: search, recall, memory, disk, reopening, writes, edits."""
    with reported_errors(), tempfile.TemporaryDirectory(prefix="knowdesk-scale-") as scratch:
        found = []
        for size in sorted(set(sizes or SIZES)):
            Console(stderr=True).print(f"{size:,} chunks")
            own = (folder or Path(scratch)) / "-".join([str(size), str(queries), *(["int8"] if quantized else [])])
            own.mkdir(parents=True, exist_ok=True)
            found.append(measure_size(size, own, Corpus(texts), queries=queries, quantized=quantized))
            if folder is None:
                shutil.rmtree(own)
        if html:
            kind = "with 8-bit vectors" if quantized else "with vectors as they are"
            html.write_text(scale_page(found, [f"Embedded index {kind}, {queries} searches a size."]), encoding="utf-8")
        if as_json:
            typer.echo(json.dumps([asdict(size) for size in found]))
        else:
            _show(found)


def _show(found: Sequence[SizeBench]) -> None:
    table = Table(COLUMNS[0][0], *(f"{size.chunks:,}" for size in found))
    for name, shown in COLUMNS[1:]:
        table.add_row(name, *(shown(size) for size in found))
    Console().print(table)

"""The command `knowdesk bench ocr`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.table import Table

from evals.bench.ocr.pages import LANGUAGES, sample_pages
from evals.bench.ocr.run import OcrScore, PublicScore, bench_pages, bench_public, summary
from evals.commands.common import AsJson, reported_errors, show
from ingestion.ocr.options import EngineName, OcrOptions
from ingestion.parsing import Limits

__all__ = ["ocr_command"]

SAMPLE = Path(__file__).parents[2] / "sample" / "knowledge"


def ocr_command(
    *,
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder of images to read too, with a groundtruth.jsonl.")
    ] = None,
    sample: Annotated[
        Path,
        typer.Option("--sample", help="Folder with a folder of texts for each language.", show_default="our own"),
    ] = SAMPLE,
    pages: Annotated[int, typer.Option("--pages", min=0, help="Pages for each language; 0: only --data.")] = 3,
    engine: Annotated[EngineName, typer.Option("--engine", help="The OCR engine.")] = "rapidocr",
    tell: Annotated[bool, typer.Option("--tell-language", help="Tell the engine which language a page is in.")] = False,
    as_json: AsJson = False,
) -> None:
    """Draw pages of text, read them clean and degraded, and measure the share of characters that are right."""
    status = Console(stderr=True).status("reading")
    scores: list[OcrScore] = []
    with reported_errors(), status:
        for language in LANGUAGES if pages else ():
            limits = Limits(ocr=OcrOptions(engine, (language,) if tell else ()))
            for score in bench_pages(sample_pages(sample, language, limit=pages), limits=limits):
                status.update(f"{score.language} {score.page} {score.condition} {score.accuracy:.3f}")
                scores.append(score)
        public = tuple(bench_public(data, limits=Limits(ocr=OcrOptions(engine)))) if data else ()
    found = summary(scores)
    shown = [_page_table(found)] * bool(found) + [_public_table(public)] * bool(public)
    show({"pages": found, "public": _by_image(public)}, Group(*shown), as_json=as_json)


def _by_image(public: Iterable[PublicScore]) -> dict[str, float | None]:
    return {score.image: score.accuracy if score.accuracy is None else round(score.accuracy, 4) for score in public}


def _page_table(found: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Table:
    table = Table("language", "condition", "pages", "accuracy", "lowest", "s a page", title="our own pages, 150 dpi")
    for language, conditions in found.items():
        for condition, row in conditions.items():
            shares = (f"{row[name]:.4f}" for name in ("accuracy", "lowest"))
            table.add_row(language, condition, f"{row['pages']:.0f}", *shares, f"{row['seconds']:.1f}")
    return table


def _public_table(public: Iterable[PublicScore]) -> Table:
    table = Table("image", "language", "accuracy", "characters read", "s", title="public images")
    for score in public:
        accuracy = "" if score.accuracy is None else f"{score.accuracy:.3f}"
        table.add_row(score.image, score.language, accuracy, str(score.characters), f"{score.seconds:.1f}")
    return table

"""Read pages through the parser and compare the text with what stands on them."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from PIL.Image import Image
from rapidfuzz.fuzz import partial_ratio_alignment

from engine.errors import InvalidInput
from evals.bench.ocr.pages import CONDITIONS, Page, degrade
from evals.datasets.jsonl import read_records
from evals.metrics.character_accuracy import character_accuracy
from ingestion.parsing import Limits, parse

__all__ = ["OcrScore", "PublicScore", "bench_pages", "bench_public", "summary"]


@dataclass(frozen=True, slots=True)
class OcrScore:
    """How exactly one page was read under one condition."""

    language: str
    condition: str
    page: str
    accuracy: float
    seconds: float


@dataclass(frozen=True, slots=True)
class PublicScore:
    """One public image: how exactly the text that is known of it was read; None where none is known."""

    image: str
    language: str
    accuracy: float | None
    characters: int
    seconds: float


def bench_pages(pages: Iterable[Page], *, limits: Limits) -> Iterator[OcrScore]:
    """Yield a score for each page and condition."""
    for page in pages:
        for condition in CONDITIONS:
            text, seconds = _read(_png(degrade(page.image, condition)), "page.png", limits)
            accuracy = character_accuracy(text, page.text)
            yield OcrScore(page.language, condition, page.name, accuracy, seconds)


def bench_public(folder: Path, *, limits: Limits) -> Iterator[PublicScore]:
    """Yield a score for each image that groundtruth.jsonl in `folder` names.

    Its "expected" is the whole text of some images and the first line of others: there, the stretch that resembles it
    most is compared.
    """
    for record in read_records(folder / "groundtruth.jsonl"):
        path = folder / Path(record.text("image")).name
        text, seconds = _read(path.read_bytes(), path.name, limits)
        expected = record.text("expected") if record.values["expected"] else ""
        whole = record.text("scope", default="").startswith("full")
        compared = text if whole else _closest(text, expected)
        accuracy = character_accuracy(compared, expected) if expected else None
        yield PublicScore(path.name, record.text("lang"), accuracy, len(text), seconds)


def _closest(text: str, expected: str) -> str:
    found = partial_ratio_alignment(expected, text)
    return text[found.dest_start : found.dest_end] if found else ""


def _read(data: bytes, name: str, limits: Limits) -> tuple[str, float]:
    began = time.perf_counter()
    try:
        text = parse(data, name=name, limits=limits).text
    except InvalidInput:  # no text was found
        text = ""
    return text, time.perf_counter() - began


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def summary(scores: Iterable[OcrScore]) -> dict[str, dict[str, dict[str, float]]]:
    """Return, for each language and condition, the mean and the lowest accuracy and the mean seconds a page."""
    grouped: dict[str, dict[str, list[OcrScore]]] = {}
    for score in scores:
        grouped.setdefault(score.language, {}).setdefault(score.condition, []).append(score)
    return {
        language: {condition: _means(group) for condition, group in conditions.items()}
        for language, conditions in grouped.items()
    }


def _means(group: list[OcrScore]) -> dict[str, float]:
    return {
        "pages": len(group),
        "accuracy": round(fmean(score.accuracy for score in group), 4),
        "lowest": round(min(score.accuracy for score in group), 4),
        "seconds": round(fmean(score.seconds for score in group), 2),
    }

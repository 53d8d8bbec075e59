"""Samples of images: the same document drawn."""

from __future__ import annotations

from PIL import Image, ImageDraw

from tests.contract.parser_samples.sample import HEADING, ITEMS, TEXT, Sample
from tests.unit.ingestion.drawing import encoded, typeface

_LINES = ((20, 40, HEADING), (90, 22, TEXT), (150, 22, f"1. {ITEMS[0]}"), (185, 22, f"2. {ITEMS[1]}"))


def _drawn(*lines: tuple[int, int, str]) -> bytes:
    page = Image.new("RGB", (420, 240), "white")
    draw = ImageDraw.Draw(page)
    for top, size, text in lines:
        draw.text((30, top), text, font=typeface(size), fill="black")
    return encoded(page)


_COFFEE = "Cafe au lait, hot."  # without its accent, which Pillow's font does not have
SAMPLES = {
    "image": Sample("a.png", _drawn(*_LINES), _drawn((90, 24, _COFFEE)), _drawn(), clean=_COFFEE, warns=False),
}

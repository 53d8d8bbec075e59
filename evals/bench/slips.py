"""Render return slips with seeded defects, and the verdict that each deserves."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engine.domain.form import FormField, FormVerdict, OrderFacts
from engine.errors import Misconfigured

__all__ = ["DEFECTS", "Slip", "find_font", "slips"]

DEFECTS: Final = (
    *("none", "rotated", "blurred", "tilted", "faint", "quantity", "sku", "no_tracking", "late", "smudged"),
    *("total", "reason", "other_tracking"),
)
_VERDICTS: Final = {
    **dict.fromkeys(("none", "rotated", "blurred", "tilted", "faint"), FormVerdict.ACCEPT),
    **dict.fromkeys(("sku", "late"), FormVerdict.REJECT),
}
_LABELS: Final = {
    "en": ("RETURN SLIP", "Tracking number: ", "SKU: ", "Quantity: ", "Reason: ", "Date: ", "Total: EUR "),
    "zh": ("满谷生活 退货单", "快递单号：", "货号：", "数量：", "退货原因：", "寄出日期：", "合计：CNY "),
    "ja": ("マルベール 返品票", "追跡番号：", "品番：", "数量：", "返品理由：", "返送日：", "合計：JPY "),
}
_REASONS: Final = {
    "en": ("too loud", "damaged", "wrong colour"),
    "zh": ("噪音太大", "外壳破损", "颜色不符"),
    "ja": ("音が大きい", "破損", "色違い"),
}
_CURRENCIES: Final = {"en": "EUR", "zh": "CNY", "ja": "JPY"}
_FONTS: Final = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc")
_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")


@dataclass(frozen=True, slots=True)
class Slip:
    """A rendered slip (PNG), the order that it is about, and the verdict it deserves."""

    language: str
    defect: str
    image: bytes
    order: OrderFacts
    verdict: FormVerdict


def find_font() -> Path:
    """Return a font with Chinese and Japanese; Misconfigured if there is none."""
    for folder in _FOLDERS:
        for name in _FONTS:
            if found := next(iter(sorted(Path(folder).rglob(name))), None):
                return found
    raise Misconfigured(
        "There is no font with Chinese and Japanese to render slips with.", remedy="Install fonts-noto-cjk."
    )


def slips(count: int, *, seed: int, font: Path) -> Iterator[Slip]:
    """Yield slips, languages and defects in turn."""
    rng = random.Random(seed)  # noqa: S311
    for at in range(count):
        language, defect = tuple(_LABELS)[at % len(_LABELS)], DEFECTS[at % len(DEFECTS)]
        order = _order(language, rng)
        image = _drawn(language, _printed(order, defect, language, rng), defect, font, rng)
        yield Slip(language, defect, image, order, _VERDICTS.get(defect, FormVerdict.REVIEW))


def _order(language: str, rng: random.Random) -> OrderFacts:
    return OrderFacts(
        tracking_number=f"{rng.choice(('SF', 'YT', 'JD'))}{rng.randrange(10**12, 10**13)}",
        sku=f"MV-{rng.choice(('K2', 'R3', 'P5', 'C1'))}-{rng.randrange(1000, 10000)}",
        quantity=rng.randrange(1, 5),
        reason=rng.choice(_REASONS[language]),
        until=date(2026, 4, rng.randrange(15, 29)),
        total=f"{rng.randrange(40, 900)} {_CURRENCIES[language]}",
    )


def _printed(order: OrderFacts, defect: str, language: str, rng: random.Random) -> OrderFacts:
    """Return what the slip says: the order's facts, one of them wrong as the defect says; `until` is its date."""
    said = replace(order, until=(order.until or date.max) - timedelta(days=rng.randrange(1, 10)))
    quantity, until = order.quantity or 0, order.until or date.max
    match defect:
        case "quantity":
            return replace(said, quantity=quantity + rng.randrange(1, 4))
        case "sku":
            return replace(said, sku=f"MV-{rng.choice(('N7', 'T4'))}-{rng.randrange(1000, 10000)}")
        case "late":
            return replace(said, until=until + timedelta(days=rng.randrange(1, 20)))
        case "no_tracking":
            return replace(said, tracking_number="")
        case "other_tracking":
            return replace(said, tracking_number=f"ZT{rng.randrange(10**12, 10**13)}")
        case "total":
            return replace(said, total=f"{rng.randrange(1000, 2000)} {_CURRENCIES[language]}")
        case "reason":
            return replace(said, reason=next(each for each in _REASONS[language] if each != order.reason))
    return said


def _drawn(language: str, said: OrderFacts, defect: str, font: Path, rng: random.Random) -> bytes:
    title, *labels = _LABELS[language]
    total = (said.total or "").partition(" ")[0]
    values = (said.tracking_number, said.sku, said.quantity, said.reason, said.until, total)
    rows = [title, *(f"{label}{value}" for label, value in zip(labels, values, strict=True))]
    page = Image.new("RGB", (1000, 120 + 80 * len(rows)), "white")
    drawing, letters = ImageDraw.Draw(page), ImageFont.truetype(str(font), 36)
    for at, row in enumerate(rows):
        drawing.text((60, 60 + 80 * at), row, font=letters, fill="#888" if defect == "faint" else "black")
    if defect == "smudged":
        _smudge(drawing, labels, letters, rng)
    return _photographed(page, defect, rng)


def _smudge(
    drawing: ImageDraw.ImageDraw, labels: Sequence[str], letters: ImageFont.FreeTypeFont, rng: random.Random
) -> None:
    """Blot out the value of one field."""
    at = rng.randrange(len(FormField))
    left = 56 + drawing.textlength(labels[at], font=letters)
    drawing.ellipse((left, 130 + 80 * at, left + 460, 200 + 80 * at), fill="black")


def _photographed(page: Image.Image, defect: str, rng: random.Random) -> bytes:
    if defect == "blurred":
        page = page.filter(ImageFilter.GaussianBlur(1.6))
    elif defect == "rotated":
        page = page.rotate(rng.choice((90, 180, 270)), expand=True)
    elif defect == "tilted":
        page = page.rotate(rng.uniform(-6, 6), expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    content = io.BytesIO()
    page.save(content, "PNG")
    return content.getvalue()

"""Find the fields of a slip in the lines that were read off it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.domain.form import FormField, SlipLine
from engine.languages.folding import fold
from engine.languages.quantities import QuantityKind, quantities

__all__ = ["SlipField", "code_form", "slip_fields"]

_LABELS: Final[Mapping[FormField, str]] = {
    FormField.TRACKING_NUMBER: r"tracking(?: ?(?:number|no\.?|#))?|(?:快递|运|物流|配送|宅配)单?(?:号码|号|编号)|"
    r"追迹番号|追踪番号|追跡番号|送り状番号|伝票番号|传票番号",
    FormField.SKU: r"sku|(?:item|article|model|part)(?: ?(?:number|no\.?|code))|货号|料号|商品(?:编号|番号|コード)|"
    r"型号|品番|型番",
    FormField.QUANTITY: r"q(?:uanti)?ty\.?|数量|件数",
    FormField.REASON: r"reason(?: for return)?|(?:退货|退换)?(?:原因|理由)|返品理由",
    FormField.DATE: r"date(?: of (?:return|dispatch))?|(?:寄出|退货|申请)?日期|返送日|発送日|发送日|日付",
    FormField.TOTAL: r"(?:grand )?total|amount|合计|总计|金额|总额|实付",
}
_COLUMN = 0.5  # of a line's height by which the middles of lines in one row may differ
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9]|[ \-_.](?=[a-z0-9])){2,}")
_ALIKE = str.maketrans("oiltsbzg", "01115829", "")


@dataclass(frozen=True, slots=True)
class SlipField:
    """A value in comparable form, "" if it is not readable, as it was read, and how surely."""

    field: FormField
    value: str
    text: str
    confidence: float


def slip_fields(lines: Sequence[SlipLine]) -> dict[FormField, SlipField]:
    """Return the fields whose labels stand on the slip, each with what stands behind its label; text "" for nothing."""
    found: dict[FormField, SlipField] = {}
    for text, confidence in _rows(lines):
        folded = fold(text)
        for field, labels in _LABELS.items():
            label = re.match(rf"\W*(?:{labels})(?![a-z])\s*[:：.]?\s*", folded)
            if label and field not in found:
                said = folded[label.end() :].strip()
                found[field] = SlipField(field, _value(field, said), said, confidence)
                break
    return found


def code_form(text: str) -> str:
    """Return a code without separators, characters that readers confuse made the same (O and 0, I and 1, S and 5)."""
    return re.sub(r"[^a-z0-9]", "", fold(text)).translate(_ALIKE)


def _rows(lines: Sequence[SlipLine]) -> Iterator[tuple[str, float]]:
    """Yield the text of each row from left to right, and its least confidence."""
    left = sorted(lines, key=_middle)
    while left:
        first, reach = left[0], _COLUMN * (left[0].box[3] - left[0].box[1])
        row = [line for line in left if _middle(line) - _middle(first) <= reach]
        left = left[len(row) :]
        row.sort(key=lambda line: line.box[0])
        yield " ".join(line.text for line in row), min(line.confidence for line in row)


def _middle(line: SlipLine) -> float:
    return (line.box[1] + line.box[3]) / 2


def _value(field: FormField, said: str) -> str:
    if field is FormField.REASON:
        return said
    if field is FormField.QUANTITY:
        number = re.match(r"[x×]?\s*(\d{1,3})(?!\d)", said)
        return str(int(number[1])) if number else ""
    if field is FormField.DATE:
        return next((each.value for each in quantities(said) if each.kind is QuantityKind.DATE), "")
    if field is FormField.TOTAL:
        money = next((each.value for each in quantities(said) if each.kind is QuantityKind.MONEY), "")
        number = re.search(r"\d[\d,]*(?:\.\d+)?", said)
        return money or (_plain(number[0].replace(",", "")) if number else "")
    code = _CODE.search(said)
    return code[0].upper() if code and any(char.isdigit() for char in code[0]) else ""


def _plain(number: str) -> str:
    """Return a number without zeros that say nothing, every other digit as it was read."""
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "")

"""Find what a text names: products, error codes, parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.domain.graph import NodeKind, Thing
from engine.domain.knowledge import Span
from engine.languages.folding import fold
from engine.languages.quantities import QuantityKind, quantities

__all__ = ["Cell", "Named", "cells", "error_codes", "part_in", "products"]

LONGEST: Final = 60  # characters of a cell that names something; a sentence after a colon has more
_NAME_BEFORE: Final = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]{2,}) $")
_NO_NAMES: Final = frozenset(
    {"error", "code", "fault", "the", "and", "for", "see", "your", "model", "serial", "order", "usb", "ios", "android"}
)
_ERROR: Final = re.compile(
    r"(?:\b(?:error|fault|trouble)(?: codes?)?|\bcodes?|错误(?:代码|码)?|故障(?:代码|码)?|錯誤(?:代碼|碼)?|代碼|代码|"
    r"エラー(?:コード|表示)?|コード|fehler(?:code)?|code d'erreur|código(?: de error)?)\W{0,3}$",
    re.IGNORECASE,
)
_PART_HEADING: Final = re.compile(
    r"^\W*(?:(?:spare |wear )?parts?|components?|accessor(?:y|ies)|配件|部件|零件|耗材|部位|部品|消耗品|場所|teile?|"
    r"pièces?)\W*$",
    re.IGNORECASE,
)
_PART_OF: Final = re.compile(r"^(?:[Tt]he )?(?P<en>[A-Za-z ]{3,40}?) of (?:the |a )?$")
_PART_AFTER: Final = re.compile(r"^ ?(?:の|的)(?P<cjk>[^\s、。，,（(]{2,12})")
_CELL: Final = re.compile(r"(?:^|; |；)(?P<head>[^:：;；]{1,40})(?:: |：)(?P<body>[^;；]+)")


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is named at `span` of a text."""

    thing: Thing
    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row of a table, as rows are stored: "Part: Filter; Price: 9 EUR"; `span` is that of its content."""

    heading: str
    text: str
    span: Span

    @property
    def names_errors(self) -> bool:
        """Whether its heading announces error codes."""
        return _ERROR.search(self.heading) is not None

    @property
    def names_parts(self) -> bool:
        """Whether its heading announces parts."""
        return _PART_HEADING.match(self.heading) is not None


def products(text: str) -> Iterator[Named]:
    """Yield products: a capitalised name before a code, such as "Drift R3"."""
    for span, code in _codes(text):
        before = _NAME_BEFORE.search(text[: span.start])
        if before and before[1].lower() not in _NO_NAMES and not _ERROR.search(text[: span.start]):
            label = f"{before[1]} {code}"
            yield Named(Thing(NodeKind.PRODUCT, fold(label), label), Span(before.start(1), span.end))


def error_codes(text: str, product: Thing | None) -> Iterator[Named]:
    """Yield error codes: codes after a word such as "error"; those of different products are different."""
    for span, code in _codes(text):
        if _ERROR.search(text[: span.start]):
            yield Named(_error(code, product), span)


def cells(row: str) -> tuple[Cell, ...]:
    """Return the cells of a row of a table; none for a line that is no row."""
    return tuple(Cell(each["head"], each["body"], Span(*each.span("body"))) for each in _CELL.finditer(row))


def part_in(cell: Cell, product: Thing | None) -> Named | None:
    """Return the part, or under a heading for errors the error code, that the first cell of a row names."""
    if len(cell.text) > LONGEST:
        return None
    if cell.names_errors:
        found = next(_codes(cell.text), None)
        if found is None or cell.text.strip() != found[0].of(cell.text):
            return None
        start = cell.span.start + found[0].start
        return Named(_error(found[1], product), Span(start, start + len(found[0])))
    for named in products(cell.text):
        before = _PART_OF.search(cell.text[: named.span.start])
        after = _PART_AFTER.search(cell.text[named.span.end :])
        label = before["en"] if before else after["cjk"] if after else ""
        if label:
            return Named(_part(label, named.thing), cell.span)
    label = re.split(r"[（(]", cell.text)[0].strip()
    return Named(_part(label, product), cell.span) if cell.names_parts and product and label else None


def _codes(text: str) -> Iterator[tuple[Span, str]]:
    """Yield codes of a letter and few digits as they are written, without a plural's or genitive's ending."""
    for each in quantities(text):
        written = each.span.of(text).strip(" .,，。、")
        if each.kind is QuantityKind.CODE and re.fullmatch(r"[A-Za-z]{1,4}-?\d{1,3}[A-Za-z]?", written):
            yield Span(each.span.start, each.span.start + len(written)), written.upper()


def _error(code: str, product: Thing | None) -> Thing:
    label = f"{product.label} {code}" if product else code
    return Thing(NodeKind.ERROR_CODE, fold(label), label)


def _part(label: str, product: Thing | None) -> Thing:
    named = f"{product.label}: {label.strip()}" if product else label.strip()
    return Thing(NodeKind.PART, fold(named), named)

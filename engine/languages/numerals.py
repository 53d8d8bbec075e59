"""Read numbers as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["CHINESE", "DIGITS", "canonical", "read_chinese", "read_number"]

DIGITS = r"\d{1,30}(?:[.,']\d{1,30}){0,9}"  # a regular expression for folded text
CHINESE = "[〇零一二三四五六七八九十百千万亿两]{1,20}"  # the same in (simplified) Chinese numerals

_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPED = re.compile(r"\d{1,3}(?:[.,']\d{3})+")


def canonical(number: Decimal) -> str:
    """Return the number without exponent and trailing zeros: equal numbers give equal strings."""
    plain = format(number, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def read_number(text: str) -> tuple[Decimal, ...]:
    """Return what digits with separators can mean, likeliest first; nothing if they are no number.

    "5.480,50" and "5,480.50" are unambiguous. One comma or point before three digits can separate thousands or be the
    decimal sign ("1,190" is 1190 or 1.19). Groups such as "2.3.1" are no number.
    """
    signs = re.findall("[.,']", text)
    if not signs:
        return (Decimal(text),)
    whole = Decimal(re.sub("[.,']", "", text))
    grouped = _GROUPED.fullmatch(text) is not None and len(set(signs)) == 1
    if len(signs) > 1 or signs[0] == "'":
        return (whole,) if grouped else _with_decimals(text, signs)
    decimal = Decimal(text.replace(",", "."))
    if not grouped or text.startswith("0"):
        return (decimal,)
    return (whole, decimal) if signs[0] == "," else (decimal, whole)


def _with_decimals(text: str, signs: list[str]) -> tuple[Decimal, ...]:
    """Read several separators, the last of which is the decimal sign."""
    head, _, tail = text.rpartition(signs[-1])
    if signs[-1] in signs[:-1] or len(set(signs[:-1])) != 1 or _GROUPED.fullmatch(head) is None:
        return ()
    return (Decimal(re.sub("[.,']", "", head) + "." + tail),) if signs[-1] != "'" else ()


def read_chinese(text: str) -> Decimal:
    """Return the value of Chinese numerals: 三十 is 30, 二〇二六 is 2026, 两千五百 is 2500."""
    if all(char in _VALUES for char in text):
        return Decimal("".join(str(_VALUES[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
    return Decimal(total + section + digit)

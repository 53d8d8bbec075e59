"""Show the values of spreadsheet cells as a spreadsheet shows them.

Number format codes: ECMA-376 part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

__all__ = ["shown"]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.'
    r"|(?P<mask>(?i:General)|[0#?.,]*[0#?][0#?.,]*(?:E[+-]0+)?)|(?P<percent>%)|(?P<other>.)"
)
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)')
_TIME_OF_DAY = re.compile("[hs]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mask:
    """A section of a number format: what stands around the digits, how these are written, and times how many."""

    prefix: str
    digits: str
    suffix: str
    times: int = 1


def shown(value: object, code: str = "General") -> str:
    """Return the text of a cell's value under its number format code.

    Dates are written as in ISO 8601, whatever the code says, because its order of day and month depends on where the
    reader is; the time of day is left out where the code does not show it. What a code hides is shown all the same.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, code)
    if isinstance(value, datetime):
        plain = _TIME_OF_DAY.search(_unquoted(code)) is None and value.time() == time()
        return (
            value.date().isoformat() if plain else value.isoformat(" ", "minutes" if value.second == 0 else "seconds")
        )
    if isinstance(value, time):
        return value.isoformat("minutes" if value.second == 0 else "seconds")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _unquoted(code: str) -> str:
    return re.sub(r'"[^"]*"|\\.|\[\$[^\]]*\]', "", code)


def _number(value: float, code: str) -> str:
    sections = _sections(code)
    if not sections or code.lower() in {"general", "@", "standard"} or value != value:  # noqa: PLR0124 - NaN
        return _general(value)
    at = _section(value, len(sections))
    at = at if sections[at] else 0
    mask = _mask(sections[at])
    if mask is None or abs(value) >= 1e15:
        return _general(value)
    if not mask.digits:
        return (mask.prefix + mask.suffix).strip()
    sign = "-" if value < 0 and at == 0 else ""
    unsaid = value == 0 and not mask.digits.strip("?") and (mask.prefix + mask.suffix).strip()  # accounting: "$-"
    digits = "" if unsaid else _digits(Decimal(repr(value)).copy_abs() * mask.times, mask.digits)
    return f"{sign}{mask.prefix.lstrip()}{digits}{mask.suffix.rstrip()}"


@lru_cache(maxsize=1_000)
def _sections(code: str) -> tuple[str, ...]:
    """Return the sections for numbers; none for a code whose conditions say which is for which."""
    if any(token[0].startswith(("[<", "[>", "[=")) for token in _TOKEN.finditer(code)):
        return ()
    sections = _SECTIONS.findall(code)[:-1]  # the last match is what stands behind the end: nothing
    numbers = [section for section in sections if not any(each["other"] == "@" for each in _TOKEN.finditer(section))]
    return tuple(numbers) if any(numbers) else ()


def _section(value: float, count: int) -> int:
    """Return which section is for this value: positive; negative; zero."""
    if value < 0 and count > 1:
        return 1
    return 2 if value == 0 and count > 2 else 0


@lru_cache(maxsize=1_000)
def _mask(section: str) -> _Mask | None:
    """Take a section apart; None for what is not one run of digits, such as fractions and phone numbers."""
    before: list[str] = []
    after: list[str] = []
    digits, times = "", 1
    for token in _TOKEN.finditer(section):
        if token["mask"]:
            if digits:
                return None
            digits = token["mask"]
            continue
        times = 100 if token["percent"] else times
        text = token["quoted"] or token["escaped"] or token["currency"] or token["percent"] or token["other"] or ""
        (after if digits else before).append(text)
    return _Mask("".join(before), digits, "".join(after), times)


def _digits(value: Decimal, mask: str) -> str:
    if mask.lower() == "general":
        return _general(float(value))
    if "E" in mask:
        return f"{value:.{len(mask.split('E', maxsplit=1)[0].partition('.')[2])}E}"
    scaled = value / 1000 ** (len(mask) - len(mask.rstrip(",")))
    whole, _, places = mask.rstrip(",").partition(".")
    places = places.replace(",", "")
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    whole_digits, _, fraction = text.partition(".")
    needed = places.count("0")
    fraction = fraction[:needed] + fraction[needed:].rstrip("0")
    whole_digits = whole_digits.zfill(whole.count("0")) if "," not in whole else whole_digits
    return f"{whole_digits}.{fraction}" if fraction else whole_digits


def _general(value: float) -> str:
    """Return a number without a format: whole if it is, else with at most 15 significant digits."""
    return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else f"{value:.15g}"  # noqa: PLR0124

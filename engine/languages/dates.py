"""Find calendar dates in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.languages.numerals import CHINESE, read_chinese
from engine.languages.overlaps import first_of_overlapping
from engine.languages.registry import profiles

__all__ = ["find_dates"]

_ERAS = {"民国": 1911, "令和": 2018, "平成": 1988, "昭和": 1925, "พ.ศ.": -543}
_NUMBER = rf"(?:\d{{1,4}}|{CHINESE}|元)"
_CJK = re.compile(
    rf"(?P<era>民国|令和|平成|昭和)?\s?(?:(?P<year>{_NUMBER})\s?[年년]\s?)?(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[月월]"
    rf"\s?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?[日号일]"
    rf"|(?P<era2>民国|令和|平成|昭和)\s?(?P<year2>{_NUMBER})\s?年(?:\s?(?P<month2>\d{{1,2}})\s?月)?"
    rf"|(?P<year3>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{{3}})\s?[年년](?:\s?(?P<month3>\d{{1,2}})\s?[月월])?"
)
_YEAR_FIRST = re.compile(r"(?<![\w.,-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\w-]|[.,]\d)")
_YEAR_LAST = re.compile(r"(?<![\w.,/-])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?![\w/-]|[.,]\d)")
_DAY_POINT = re.compile(r"(?<![\w.,/-])(\d{1,2})\.\s?(\d{1,2})\.(?![\d])")
_VIETNAMESE = re.compile(r"ngày\s(\d{1,2})\stháng\s(\d{1,2})(?:\snăm\s(\d{4}))?")

Found = tuple[int, int, tuple[str, ...]]


def find_dates(folded: str) -> list[Found]:
    """Return start, end and the ISO 8601 readings of each date, likeliest first: "2026-03-01", "2026-03", "--03-01".

    Years of the Republic of China, Japanese eras and the Buddhist era become years of the common era. Only "3/4/2026"
    has two readings.
    """
    return first_of_overlapping(_candidates(folded), len(folded))


def _candidates(folded: str) -> Iterator[Found]:
    for found in _CJK.finditer(folded):
        yield from _checked(found, [_read_cjk(found)])
    for found in _YEAR_FIRST.finditer(folded):
        yield from _checked(found, [_iso(int(found[1]), int(found[3]), int(found[4]))])
    for found in _YEAR_LAST.finditer(folded):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
        swapped = [_iso(year, day, month)] if found[2] == "/" else []
        yield from _checked(found, [_iso(year, month, day), *swapped])
    for found in _VIETNAMESE.finditer(folded):
        yield from _checked(found, [_iso(int(found[3]) if found[3] else None, int(found[2]), int(found[1]))])
    yield from _named(folded)
    for found in _DAY_POINT.finditer(folded):
        yield from _checked(found, [_iso(None, int(found[2]), int(found[1]))])


def _checked(found: re.Match[str], readings: list[str | None]) -> Iterator[Found]:
    values = tuple(dict.fromkeys(reading for reading in readings if reading))
    if values:
        yield found.start(), found.end(), values


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    start = f"{year:04d}" if year is not None else "-"
    return "-".join([start, *(f"{part:02d}" for part in (month, day) if part is not None)])


def _read_cjk(found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    year, month = (groups[name] or groups[f"{name}2"] or groups[f"{name}3"] for name in ("year", "month"))
    era = groups["era"] or groups["era2"]
    number = _number(year)
    if number is not None and number < 1000 and not era:
        return None
    return _iso(
        number + _ERAS.get(era or "", 0) if number is not None else None, _number(month), _number(groups["day"])
    )


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "元":
        return 1
    return int(text) if text.isdigit() else int(read_chinese(text))


@lru_cache(maxsize=1)
def _months() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    """Return the number of each month's name, and what finds "1. March 2026" and "March 1, 2026"."""
    numbers = {
        name: number
        for profile in profiles().values()
        for number, names in enumerate(profile.calendar.months, 1)
        for name in names
    }
    names = "|".join(map(re.escape, sorted(numbers, key=lambda name: (-len(name), name))))
    year = r"(?:[\s,]*(?:de\s|del\s|do\s)?(?P<era>พ\.ศ\.\s?|ค\.ศ\.\s?)?(?P<year>\d{4})(?!\d))"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|o)?"
    first = re.compile(rf"(?<![\d.,]){day}\.?\s?(?:de\s|of\s)?(?P<month>{names})(?!\w)\.?{year}?")
    last = re.compile(
        rf"(?<!\w)(?P<month>{names})(?!\w)\.?\s(?:{day}(?!\d|[.:]\d){year}?|(?P<only>(?:19|20)\d\d)(?!\d))"
    )
    return numbers, first, last


def _named(folded: str) -> Iterator[Found]:
    numbers, *patterns = _months()
    for pattern in patterns:
        for found in pattern.finditer(folded):
            groups = found.groupdict()
            year = groups["year"] or groups.get("only")
            era = _ERAS["พ.ศ."] if year and (groups["era"] or "").startswith("พ") else 0
            day = int(groups["day"]) if groups["day"] else None
            yield from _checked(found, [_iso(int(year) + era if year else None, numbers[groups["month"]], day)])

"""Patterns of quantities in folded text, and how each is read into normal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from engine.languages.dates import find_dates
from engine.languages.folding import fold
from engine.languages.numerals import CHINESE, DIGITS, canonical, read_chinese, read_number
from engine.languages.units import alternatives, currencies, durations, measures, number_words, prefixes, scales, tens

__all__ = ["Candidate", "QuantityKind", "candidates"]


class QuantityKind(StrEnum):
    """What a quantity counts."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"
    MEASURE = "measure"
    DATE = "date"
    TIME = "time"
    CODE = "code"


Reading = tuple[tuple[str, ...], tuple[str, ...]]  # values in normal form, bare numbers
Candidate = tuple[int, int, tuple[QuantityKind, Reading]]  # start, end, what is there
Reader = Callable[[re.Match[str]], Reading]

_PERCENT = (
    "%|percent|per cent|prozent|pour cent|por ciento|por cento|per cento|процентов|процента|パーセント|퍼센트|"
    "phần trăm|เปอร์เซ็นต์|بالمئة|في المئة"
)
_DIGITS = rf"(?<![\d.,])(?P<number>{DIGITS})"
_HAN = frozenset(CHINESE)
_BELOW = fold("零下|氷点下|영하|minus|moins|menos|meno|минус|âm|ลบ|تحت الصفر")
_SIGN = rf"(?:(?<![\w°%)\]])[-\u2212](?=\d)|(?<![^\W_\u0e00-\U0003ffff])(?:{_BELOW})\s?)"
_LINK = r"(?:\s?(?:de(?=\s)|d['’]))?"  # three million euros are "3 millions d'euros", "3 millones de euros"
_TIME = (
    r"(?<![\d.,:])(?:(?P<noon>上午|下午|晚上|午前|午后|오전|오후)\s?)?(?:"
    r"(?P<hour>[01]?\d|2[0-4])(?::|h(?=\d\d)|\.(?=\d\d\s?uhr))(?P<minute>[0-5]\d)(?![\d:])(?:\s?uhr)?"
    r"|(?P<full>[01]?\d|2[0-4])\s?(?:uhr|时(?!间)|点|시(?!간)|(?=[ap]\.?m\b))(?:(?P<half>半)|(?P<after>[0-5]?\d)[分분])?)"
    r"\s?(?P<suffix>[ap])?(?(suffix)\.?m\b\.?)"
)
_FRACTION = "(?:(?P<whole>[0-9]{1,9}) ?)?(?P<part>[0-9]{1,3})\u2044(?P<of>[0-9]{1,3})"  # NFKC of "1½": "11⁄2"
_NOT_AFTER = "(?<![a-z0-9\u00e0-\u024f])"
_CODE = rf"{_NOT_AFTER}(?!(?<=\d )m[23]\b)(?=[a-z0-9_./-]{{0,40}}\d)[a-z][a-z0-9]*(?:[-_./][a-z0-9]+)*"
_MIXED_CODE = rf"(?<![.,-]){_NOT_AFTER}\d+(?:[-.][a-z0-9]+|[a-z][a-z0-9]*)*"
_PHONE = r"(?<![\w.,])\+?\d(?:[ ()-]{0,2}\d){8,14}(?!\w)"


def candidates(folded: str) -> Iterator[Candidate]:
    """Yield what may be quantities; where two overlap, the first counts."""
    for start, end, dates in find_dates(folded):
        yield start, end, (QuantityKind.DATE, (dates, tuple(date[:4] for date in dates if date[0] != "-")))
    for pattern in _patterns():
        yield from pattern.find(folded)


@dataclass(frozen=True)
class _Pattern:
    """How one kind of quantity is written; `names` are words of which one stands in each, none if there are none.

    It is compiled when a text holds one of its names: the number words of all languages make it large.
    """

    kind: QuantityKind
    read: Reader
    expression: Callable[[], str]
    names: Collection[str] = ()

    def find(self, folded: str) -> Iterator[Candidate]:
        """Yield what the pattern finds in folded text."""
        if self.names and not any(name in folded for name in self.names):
            return
        for found in self._compiled.finditer(folded):
            reading = self.read(found)
            if reading[0]:
                yield found.start(), found.end(), (self.kind, reading)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.expression())


@lru_cache(maxsize=1)
def _patterns() -> tuple[_Pattern, ...]:
    return (
        _Pattern(QuantityKind.NUMBER, _fraction, lambda: _FRACTION),
        _Pattern(QuantityKind.MONEY, _money, _money_expression, currencies()),
        _Pattern(QuantityKind.CODE, _code, lambda: _CODE),
        _Pattern(QuantityKind.TIME, _time, lambda: _TIME),
        _Pattern(QuantityKind.PERCENT, _percent, lambda: rf"{_amount()}\s?(?:{_PERCENT})", _PERCENT.split("|")),
        _Pattern(QuantityKind.PERCENT, _percent, lambda: rf"百分之\s?{_amount()}", ("百分之",)),
        _Pattern(
            QuantityKind.DURATION,
            _in_base_units(durations()),
            lambda: rf"{_amount()}[\s-]?(?P<unit>{alternatives(durations())})",
            durations(),
        ),
        _Pattern(
            QuantityKind.MEASURE,
            _in_base_units(measures()),
            lambda: rf"(?P<sign>{_SIGN})?{_scaled()}[\s-]?(?P<unit>{alternatives(measures())})(?!\d)",
            measures(),
        ),
        _Pattern(QuantityKind.CODE, _phone, lambda: _PHONE),
        _Pattern(QuantityKind.CODE, _mixed_code, lambda: _MIXED_CODE),
        _Pattern(QuantityKind.NUMBER, _number, _scaled),
    )


def _money_expression() -> str:
    more = rf"(?:\s?(?P<more>{alternatives(scales())}))?"
    prefixed = rf"{_NOT_AFTER}(?P<before>{alternatives(prefixes())})\s?(?P<digits>{DIGITS}){more}"
    return rf"{prefixed}|{_amount()}\s?(?P<unit>{alternatives(currencies())})"


def _amount() -> str:
    """Return a regular expression for a number in digits or words, and what it is multiplied by."""
    return rf"(?:{_DIGITS}|(?P<spelled>{CHINESE}|半|{_spelled()})){_scale()}"


def _scaled() -> str:
    return _DIGITS + _scale()


def _scale() -> str:
    return rf"(?:\s?(?P<scale>{alternatives(scales())}){_LINK})?"


def _amounts(found: re.Match[str]) -> tuple[Decimal, ...]:
    groups = found.groupdict()
    scale = scales().get(groups.get("scale") or groups.get("more") or "", Decimal(1))
    spelled = groups.get("spelled")
    if spelled:
        return (_spelled_value(spelled) * scale,)
    return tuple(number * scale for number in read_number(groups["number"] or groups["digits"]))


def _spelled() -> str:
    """Return a regular expression for number words; those of Thai, which has no spaces, may stand inside a word."""
    spaced = _numerals(r"(?:-|\s(?:y|e|et)\s|\s)", thai=False)
    return rf"(?<![\w-])(?:{spaced})(?!\w)|(?=[\u0e00-\u0e7f])(?:{_numerals('', thai=True)})"


def _numerals(joint: str, *, thai: bool) -> str:
    """Return a regular expression for twenty to ninety, perhaps with one to twelve behind, and for these alone."""
    ones, round_ones = (
        "|".join(
            sorted(map(re.escape, (word for word in words if ("\u0e00" <= word[0] < "\u0e80") is thai)), key=_longest)
        )
        for words in (number_words(), tens())
    )
    return f"(?:{round_ones})(?:{joint}(?:{ones}))?|{ones}"


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _spelled_value(text: str) -> Decimal:
    if text == "半":
        return Decimal("0.5")
    whole = number_words().get(text) or tens().get(text)
    if whole is not None:
        return whole
    begin = max((word for word in tens() if text.startswith(word)), key=len) if text[0] not in _HAN else ""
    return tens()[begin] + number_words()[re.split(r"[\s-]", text[len(begin) :])[-1]] if begin else read_chinese(text)


def _number(found: re.Match[str]) -> Reading:
    numbers = tuple(map(canonical, _amounts(found)))
    return numbers, numbers


def _fraction(found: re.Match[str]) -> Reading:
    if not int(found["of"]):
        return (), ()
    number = canonical(int(found["whole"] or 0) + Decimal(found["part"]) / Decimal(found["of"]))
    return (number,), (number,)


def _percent(found: re.Match[str]) -> Reading:
    numbers = tuple(map(canonical, _amounts(found)))
    return tuple(f"{number} %" for number in numbers), numbers


def _money(found: re.Match[str]) -> Reading:
    numbers = tuple(map(canonical, _amounts(found)))
    codes = currencies()[found["before"] or found["unit"]].split()
    return tuple(f"{number} {code}" for number in numbers for code in codes), numbers


def _in_base_units(units: Mapping[str, tuple[Decimal, str]]) -> Reader:
    def read(found: re.Match[str]) -> Reading:
        size, base = units[found["unit"]]
        amounts = _amounts(found)
        below = "-" if base[0] == "°" and found.groupdict().get("sign") else ""
        return tuple(f"{below}{canonical(amount * size)} {base}" for amount in amounts), tuple(map(canonical, amounts))

    return read


def _time(found: re.Match[str]) -> Reading:
    hour = int(found["hour"] or found["full"])
    minute = 30 if found["half"] else int(found["minute"] or found["after"] or 0)
    if found["suffix"] or found["noon"]:
        afternoon = found["suffix"] == "p" or found["noon"] in {"下午", "晚上", "午后", "오후"}
        hour = hour % 12 + 12 * afternoon if hour <= 12 else hour
    return (f"{hour:02d}:{minute:02d}",), (str(hour),)


def _code(found: re.Match[str]) -> Reading:
    return (found[0],), ()


def _phone(found: re.Match[str]) -> Reading:
    return (re.sub(r"\D", "", found[0]),), ()


def _mixed_code(found: re.Match[str]) -> Reading:
    code = found[0]
    return ((code,), ()) if re.search("[a-z]", code) or len(re.findall("[-.]", code)) > 1 else ((), ())

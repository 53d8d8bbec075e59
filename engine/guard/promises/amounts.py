"""Compare by when and how much, as a promise says it and as a policy does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.languages.folding import fold
from engine.languages.quantities import QuantityKind, quantities

__all__ = ["DAY_WORDS", "Measure", "Measured", "Terms", "adds", "compared", "measured"]

_WORKING_DAY = 1.4  # calendar days
_DAYS = {"s": 1 / 86400, "month": 30.0, "working day": _WORKING_DAY}
_SHORTEST = 1 / 1440  # days; seconds are what a key is held for
_SAME = 0.05  # by which lengths of time may differ
_NEXT_WORKING_DAY = re.compile(r"\bnext (?:working|business) day\b|下[个一]?个?工作[天日]|翌[营営]业日")
_SAME_DAY = re.compile(r"\bsame day\b|当天|当日(?!发|発)|即日|今天内")
_NEXT_DAY = re.compile(r"\bnext day\b|\bthe day (?:before|after)\b|次日(?!达)|隔天|翌日|明天|\btomorrow\b")
DAY_WORDS = re.compile(r"(?i:\b(?:same|next) day\b|\btomorrow\b)|当[天日]|當[天日]|翌日|隔天|明[天日]|即日")
"""Words for a day near at hand, as they are written."""
_ONE = re.compile(r"(?i:\ban? (?=(?:hour|day|week|month|year)\b))")
_HALVES = ((re.compile(r"(?i:\bhalf a year\b)"), "6 months"), (re.compile(r"(?i:\bhalf an hour\b)"), "30 minutes"))
_ADDS = re.compile(
    r"\badd(?:s|ed|ing)? (?:\d|one\b|two\b|three\b|another\b)|\badditional\b|\bexten[ds]\w*|\bextra\b|\bmore\b|"
    r"\blonger\b|延[长保び]|額外|额外|追加|另加|加送|"
    r"[多再](?:[送给保加]|[\d一两二三] ?个?[年月天])"
)
_DELAY = re.compile(r"顺延|推迟|延后|遅れ|\blater\b|\blonger\b|\bnot before\b")
_TENTHS = "〇一二三四五六七八九"
_NUMBERS = f"{_TENTHS}十"
_FOLD = re.compile(  # 85折, 8.5折 and 八五折 are 15 % off; see DISCOUNT of the cues
    rf"(?<![\d.{_TENTHS}十])(?:([1-9])\.?(\d)?|([一二三四五六七八九])([{_TENTHS}])?) ?折(?![叠页伞])"
)
_ENDLESS = re.compile(r"\bnever expires?\b|永久有效|永不过期|无期限|期限(?:は|が)?ありません")
_ANY_TIME = re.compile(r"\bany ?time\b|随时|いつでも")
_LIST = r"(?:\d+ ?期?(?:, ?|、| ?或 ?| or | and |か)){0,8}(?:\d[\d,]*)?\d"
_COUNTS = {
    "point": re.compile(r"积 ?(?P<a>[\d,]*\d) ?分|(?P<b>[\d,]*\d) ?(?:积分|ポイント| ?points?\b)"),
    "instalment": re.compile(
        rf"(?P<a>{_LIST}) ?期(?![间限待])|(?P<b>{_LIST})(?:回払い|回分割| (?:monthly )?instal?ments?\b)"
    ),
    "time": re.compile(
        r"(?<![这那下每上再第首单])(?P<a>[\d一二两三四五六七八九十]+) ?次(?![日性的])|(?P<b>\d+)(?:回(?:だけ|まで|"
        r"限り)| times\b)"
    ),
}
_EACH = re.compile(r"\d[\d,]*|[一二两三四五六七八九十]")


class Measure(StrEnum):
    """What can be compared: a length of time, an amount of money, a share, a count, a day, a time of day."""

    TIME = "time"
    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    DAY = "day"
    CLOCK = "clock"


_MEASURES = {
    QuantityKind.DURATION: Measure.TIME,
    QuantityKind.MONEY: Measure.MONEY,
    QuantityKind.PERCENT: Measure.SHARE,
    QuantityKind.DATE: Measure.DAY,
    QuantityKind.TIME: Measure.CLOCK,
}
_IN_UNITS = (Measure.MONEY, Measure.COUNT)


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity in comparable form: `values` are its readings; times are days as text.

    One that is `loose`, such as "any time", may agree with others but denies none: it may be about something else.
    """

    measure: Measure
    values: frozenset[str]
    loose: bool = False


Terms = Mapping[Measure, tuple[Measured, ...]]
"""What is said by when and how much."""


def measured(text: str, *, worded: bool = True) -> dict[Measure, tuple[Measured, ...]]:
    """Return what a text says by when and how much, by measure; "85折" and "next working day" count as well.

    `worded` lets any naming of a day count, such as "tomorrow", which in policies often speaks of something else;
    then lengths of delays do not count either.
    """
    found: dict[Measure, list[Measured]] = {}
    for each in _read(text, worded):
        found.setdefault(each.measure, []).append(each)
    return {measure: tuple(every) for measure, every in found.items()}


def adds(folded: str) -> bool:
    """Tell whether a folded text speaks of time that is added to what there is, as "two more years" does."""
    return _ADDS.search(folded) is not None


def _read(text: str, worded: bool) -> Iterator[Measured]:
    late = not worded and _DELAY.search(fold(text)) is not None
    folded = fold(text)
    for unit, pattern in _COUNTS.items():
        for count in pattern.finditer(folded):
            for each in _EACH.findall(count["a"] or count["b"]):
                yield Measured(Measure.COUNT, frozenset({f"{_whole(each)} {unit}"}))
    for quantity in quantities(_COUNTS["point"].sub(" ", _ONE.sub("1 ", _halves(text)))):
        measure = _MEASURES.get(quantity.kind)
        if measure is Measure.TIME and not late:
            if days := frozenset(filter(None, map(_days, quantity.values))):
                yield Measured(measure, days)
        elif measure and measure is not Measure.TIME:
            yield Measured(measure, frozenset(quantity.values))
    for pattern, days in (
        (_NEXT_WORKING_DAY, _WORKING_DAY),
        *(((_SAME_DAY, 0.0), (_NEXT_DAY, _WORKING_DAY)) if worded else ()),
    ):
        if pattern.search(folded):
            yield Measured(Measure.TIME, frozenset({f"{days:g}"}))
    for pattern in (_ENDLESS, _ANY_TIME):
        if pattern.search(folded):
            yield Measured(Measure.TIME, frozenset({"inf"}), loose=pattern is _ANY_TIME)
    for share in _FOLD.finditer(folded):
        off = 100 - int(f"{_digit(share[1] or share[3])}{_digit(share[2] or share[4] or '0')}")
        yield Measured(Measure.SHARE, frozenset({f"{off} %"}))


def _halves(text: str) -> str:
    for half, figures in _HALVES:
        text = half.sub(figures, text)
    return text


def _whole(written: str) -> str:
    return str(_NUMBERS.index(written)) if written in _NUMBERS else written.replace(",", "").replace("两", "2")


def _digit(written: str) -> str:
    return str(_TENTHS.index(written)) if written in _TENTHS else written


def _days(value: str) -> str:
    number, _, unit = value.partition(" ")
    days = float(number) * _DAYS[unit] if unit in _DAYS else 0.0
    return f"{days:g}" if days >= _SHORTEST else ""


def compared(said: Terms, known: Terms) -> dict[Measure, bool]:
    """Return, for each measure that both speak of, whether all that is said stands in what is known.

    Money in another currency is about another country and says nothing; nor do counts of something else.
    """
    found: dict[Measure, bool] = {}
    for measure, wanted in said.items():
        others = [other for other in known.get(measure, ()) if measure not in _IN_UNITS or _share_unit(wanted, other)]
        firm = [each for each in wanted if not each.loose]
        agrees = all(any(_agree(each, other) for other in others) for each in firm or wanted)
        if any(not other.loose or agrees for other in others):
            found[measure] = agrees
    if Measure.MONEY in found and Measure.COUNT in found and not all(found.values()) and _same_rate(said, known):
        found |= {Measure.MONEY: True, Measure.COUNT: True}
    return found


def _same_rate(said: Terms, known: Terms) -> bool:
    """Tell whether so much for so many is the same rate as the policy's: 15 euros for 300 points, 5 for 100."""
    rates = [_rates(terms) for terms in (said, known)]
    return not rates[0].isdisjoint(rates[1])


def _rates(terms: Terms) -> frozenset[tuple[str, float]]:
    pairs = zip(terms.get(Measure.COUNT, ()), terms.get(Measure.MONEY, ()), strict=False)
    return frozenset(
        (f"{unit} {currency}", round(float(money) / float(count), 6))
        for counts, sums in pairs
        for count, unit in (value.split(" ", 1) for value in counts.values)
        for money, currency in (value.split(" ", 1) for value in sums.values)
        if float(count)
    )


def _agree(one: Measured, other: Measured) -> bool:
    if one.measure is not Measure.TIME:
        return not one.values.isdisjoint(other.values)
    return any(math.isclose(float(a), float(b), rel_tol=_SAME) for a in one.values for b in other.values)


def _share_unit(wanted: tuple[Measured, ...], other: Measured) -> bool:
    said = {value.partition(" ")[2] for each in wanted for value in each.values}
    return not said.isdisjoint(value.partition(" ")[2] for value in other.values)

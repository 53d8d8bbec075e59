"""The digest of a week, beside the week before: one HTML page that needs nothing else, and a CSV file."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from engine.domain.insights import Gap, Period, Topic
from engine.domain.quality import QualityFigures, QualityGroup, QualityReport, ShownReply, TrackedPromise
from engine.errors import InvalidInput

__all__ = ["LANGUAGES", "Digest", "MissedPromise", "csv_digest", "html_digest", "week_of"]

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant", "ja")
WEEK: Final = timedelta(days=7)
SHARES: Final = frozenset({"kept", "solved"})
COLUMNS: Final = ("replies", "conversations", "warned", "blocked", "kept", "csat", "solved")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a table program would take a cell for that begins so."""


@dataclass(frozen=True, slots=True)
class MissedPromise:
    """A promise that was not kept in time, in the words of the reply, without personal data."""

    reply: ShownReply
    promise: TrackedPromise
    words: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What is told of a week."""

    now: QualityReport
    before: QualityReport
    missed: tuple[MissedPromise, ...]
    topics: tuple[Topic, ...]
    gaps: tuple[Gap, ...]


def week_of(day: date | None, today: date) -> Period:
    """Return the week, Monday to Sunday (UTC), that a day is in; without a day the last one that is over.

    InvalidInput for a day that has no week before or after it.
    """
    inside = day or today - WEEK
    if not date.min + 3 * WEEK <= inside <= date.max - 3 * WEEK:
        raise InvalidInput("There is no such week.", remedy="Send a day in our times.")
    monday = inside - timedelta(days=inside.weekday())
    since = datetime.combine(monday, time(), UTC)
    return Period(since, since + WEEK)


def html_digest(digest: Digest, language: str) -> str:
    """Return the page, in one of `LANGUAGES`; texts of any origin are escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pages = Environment(
        loader=PackageLoader("engine", "insights/quality"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    period, words = digest.now.period, _words(language)
    return pages.get_template("digest.html").render(
        digest=digest,
        words=words,
        language=language,
        columns=COLUMNS,
        shown=_shown,
        since=period.since.date(),
        until=(period.until - timedelta(days=1)).date(),
        parts=(("total", "total"), ("assistant", "assistant"), ("people", "people")),
        groups=(("agents", digest.now.agents), ("teams", digest.now.teams), ("topics", digest.now.topics)),
    )


def csv_digest(digest: Digest, language: str) -> str:
    """Return a table with a row for each figure: part, id, name, figure, value, value of the week before."""
    words = _words(language)
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\r\n")
    table.writerow(("part", "id", words["name"], "figure", "value", words["before"]))
    for row in _rows(digest, words):
        table.writerow([_cell(each) for each in row])
    return made.getvalue()


def _rows(digest: Digest, words: Mapping[str, Any]) -> Iterator[Sequence[object]]:
    for part in ("total", "assistant", "people"):
        yield from _figures(
            part, QualityGroup("", words[part], getattr(digest.now, part)), getattr(digest.before, part)
        )
    for part in ("agents", "teams", "topics"):
        earlier = {each.id: each.figures for each in getattr(digest.before, part)}
        for group in getattr(digest.now, part):
            yield from _figures(part, group, earlier.get(group.id, QualityFigures()))
    for topic in digest.topics:
        yield "asked", topic.id, topic.name, "questions", topic.rates.questions, topic.before
    for gap in digest.gaps:
        yield "gaps", gap.id, gap.name, "cost", gap.cost, ""
    for missed in digest.missed:
        promise, reply = missed.promise, missed.reply.checked.reply
        yield "missed", reply.conversation_id, missed.words, promise.state, promise.due.isoformat(), ""


def _figures(part: str, group: QualityGroup, before: QualityFigures) -> Iterator[Sequence[object]]:
    name = (part, group.id, group.name)
    for figure in COLUMNS:
        yield *name, figure, _raw(getattr(group.figures, figure)), _raw(getattr(before, figure))
    for rule in sorted({*group.figures.findings, *before.findings}):
        yield *name, f"finding {rule}", group.figures.findings.get(rule, 0), before.findings.get(rule, 0)
    for state in sorted({*group.figures.promises, *before.promises}):
        yield *name, f"promise {state}", group.figures.promises.get(state, 0), before.promises.get(state, 0)


def _raw(value: float | None) -> object:
    return "" if value is None else round(value, 4)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _shown(figure: str, value: float | None) -> str:
    if value is None:
        return "–"
    if figure in SHARES:
        return f"{value:.0%}"
    return f"{value:.1f}" if figure == "csat" else f"{value:g}"


@cache
def _words(language: str) -> Mapping[str, Any]:
    if language not in LANGUAGES:
        raise InvalidInput(f"There is no digest in {language!r}.", remedy=f"Choose one of {', '.join(LANGUAGES)}.")
    return tomllib.loads(files("engine.insights.quality").joinpath(f"words/{language}.toml").read_text("utf-8"))

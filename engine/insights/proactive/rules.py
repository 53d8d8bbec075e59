"""The rules by which events give cause for a message: a TOML file, shipped or the owner's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from engine.domain.event import Event
from engine.errors import Misconfigured

__all__ = ["Caps", "Cause", "ProactiveRule", "ProactiveRules", "cause_of", "load_rules", "worded"]

SHIPPED: Final = Path(__file__).with_name("rules.toml")
DURATION: Final = "seconds"
"""The detail of an event that says how long it lasted."""
_Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
_Hours = Annotated[float, Field(ge=0, le=8760)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProactiveRule(_Strict):
    """Events of a `kind` about one subject: so many `times` `within_hours`, the latest `after_hours` ago or longer.

    `kind`, `subject` and `unless` are patterns with `*`, in any case of letters; `lasting_s` is how long an event took
    at least. What is in `unless` and came later takes the cause away. `question` is what the knowledge is asked and
    `opening` what is said before the answer, by language, at least in English.
    """

    name: _Name
    kind: _Text
    subject: str = "*"
    times: int = Field(default=1, ge=1, le=1000)
    within_hours: _Hours = 24.0
    after_hours: _Hours = 0.0
    lasting_s: float = Field(default=0.0, ge=0)
    unless: tuple[_Text, ...] = ()
    cooldown_days: float = Field(default=7.0, ge=0, le=3660)
    question: Mapping[str, _Text]
    opening: Mapping[str, _Text]

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if "en" not in self.question or "en" not in self.opening:
            raise ValueError('needs a question and an opening in English ("en")')
        if self.after_hours > self.within_hours:
            raise ValueError("after_hours is more than within_hours: it would never hold")
        for text in (*self.question.values(), *self.opening.values()):
            try:
                text.format(subject="")
            except (KeyError, IndexError, ValueError) as error:
                raise ValueError(f"only {{subject}} may stand in braces: {text!r}") from error
        return self


class Caps(_Strict):
    """How many messages a customer gets at most, of all rules together."""

    per_day: int = Field(default=1, ge=0)
    per_week: int = Field(default=3, ge=0)


class ProactiveRules(_Strict):
    """The rules of one file; the first that has a cause is heard first."""

    caps: Caps = Caps()
    rules: tuple[ProactiveRule, ...]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [rule.name for rule in self.rules]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"names of rules must differ: {', '.join(twice)}")
        return self

    @property
    def reach(self) -> timedelta:
        """How long ago an event may be that a rule looks at."""
        return timedelta(hours=max((rule.within_hours for rule in self.rules), default=0.0))


@dataclass(frozen=True, slots=True)
class Cause:
    """What gives cause for a message: events about one subject, the oldest first."""

    rule: ProactiveRule
    subject: str
    events: tuple[Event, ...]


@lru_cache(maxsize=8)
def load_rules(path: Path | None = None) -> ProactiveRules:
    """Read the rules, the shipped ones without a path; Misconfigured names the file and what is wrong in it."""
    file = path or SHIPPED
    try:
        return ProactiveRules.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"The rules {file.name} cannot be read.", remedy="Check its path and rights.") from error
    except tomllib.TOMLDecodeError as error:
        raise Misconfigured(f"The rules {file.name} are not TOML: {error}.", remedy="Correct that line.") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        raise Misconfigured(f"The rules {file.name} are wrong: {wrong}.", remedy="Correct these fields.") from error


def cause_of(rule: ProactiveRule, events: Sequence[Event], now: datetime) -> Cause | None:
    """Return what gives cause by a rule among the events of a customer, the oldest first; the latest subject counts."""
    since, until = now - timedelta(hours=rule.within_hours), now - timedelta(hours=rule.after_hours)
    about: dict[str, list[Event]] = {}
    for event in events:
        if since <= event.at <= now and _is_meant(rule, event):
            about.setdefault(event.subject, []).append(event)
    for subject, found in sorted(about.items(), key=lambda each: each[1][-1].at, reverse=True):
        undone = any(
            event.at >= found[0].at and _fits(event.kind, pattern) for event in events for pattern in rule.unless
        )
        if len(found) >= rule.times and found[-1].at <= until and not undone:
            return Cause(rule, subject, tuple(found))
    return None


def worded(texts: Mapping[str, str], language: str, subject: str) -> tuple[str, str]:
    """Return a text in a language, else in one of the same family, else in English, and which it is."""
    family = language.partition("-")[0]
    known = (language, family, *(each for each in sorted(texts) if each.partition("-")[0] == family), "en")
    chosen = next(each for each in known if each in texts)
    return texts[chosen].format(subject=subject), chosen


def _is_meant(rule: ProactiveRule, event: Event) -> bool:
    lasted = event.details.get(DURATION, 0)
    long = isinstance(lasted, int | float) and lasted >= rule.lasting_s
    return long and _fits(event.kind, rule.kind) and _fits(event.subject, rule.subject)


def _fits(text: str, pattern: str) -> bool:
    return fnmatchcase(text.lower(), pattern.lower())

"""What the engine knows about one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.languages.folding import fold

__all__ = [
    "CalendarWords",
    "LanguageProfile",
    "Phrases",
    "QuestionType",
    "calendar_words",
    "folded_cues",
    "folded_words",
]


class QuestionType(StrEnum):
    """What sort of answer a question asks for."""

    WHEN = "when"
    HOW_MUCH = "how_much"
    NUMBER = "number"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    HOW_TO = "how_to"
    YES_NO = "yes_no"
    WHAT = "what"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Sentences said to a customer.

    `no_evidence`, `low_confidence`, `conflict` and `unsafe` go with the abstentions of those names. The lead-ins stand
    before a quote and contain `{title}`: in general, for a policy, for steps, for a past case. `other_language` says
    that the quote is in another language and contains `{language}`, that language's own name for itself. `clarify` asks
    which of the options below it applies, `handoff` says that a person takes over.
    """

    no_evidence: str
    low_confidence: str
    conflict: str
    unsafe: str
    lead_in: str
    lead_in_policy: str
    lead_in_steps: str
    lead_in_case: str
    other_language: str
    clarify: str
    handoff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWords:
    """Folded words of dates and durations, each a tuple of variants.

    `months` are the names of the twelve months, none where months are numbered. `durations` maps a unit ("minute",
    "hour", "day", "working_day", "week", "month", "year") to its names. `numerals` are the numbers from one on.
    """

    months: tuple[tuple[str, ...], ...]
    durations: Mapping[str, tuple[str, ...]]
    numerals: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageProfile:
    """Rules and words of one language.

    `code` is its BCP 47 tag, `name` its own name for itself, `scripts` ISO 15924 codes. `spaced` tells whether words
    are separated by spaces. `sentence_stops` are characters that end a sentence. `abbreviations` are words (lower case,
    without the last full stop) whose full stop does not, `numbered` those of which this is so before a number only
    ("no. 5"), `before_ordinal` words after which a number with a full stop is an ordinal ("am 3. Tag").

    `stop_words` (function words) and `question_cues` are folded. In spaced languages they are compared with whole
    words, in others found anywhere. `stemmer` names a Snowball algorithm; None: no stemming. `joiner` stands between
    joined sentences. `common_words` are frequent in customers' messages and tell the language of a short one.
    """

    code: str
    name: str
    scripts: tuple[str, ...]
    spaced: bool
    sentence_stops: str
    stop_words: frozenset[str]
    stemmer: str | None
    joiner: str
    question_cues: Mapping[QuestionType, tuple[str, ...]]
    phrases: Phrases
    calendar: CalendarWords
    common_words: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    before_ordinal: frozenset[str] = frozenset()


def folded_words(listed: str) -> frozenset[str]:
    """Return the words of a list separated by white space, folded."""
    return frozenset(fold(listed).split())


def folded_cues(**listed: str) -> dict[QuestionType, tuple[str, ...]]:
    """Return cues by question type, folded; each list is separated by "|"."""
    return {QuestionType(name): tuple(cue.strip() for cue in fold(cues).split("|")) for name, cues in listed.items()}


def calendar_words(*, months: str = "", numerals: str = "", **durations: str) -> CalendarWords:
    """Return the words folded; entries are separated by white space, variants by "|", "_" stands for a space."""
    return CalendarWords(
        months=tuple(map(_variants, fold(months).split())),
        durations={unit: _variants(fold(words)) for unit, words in durations.items()},
        numerals=tuple(map(_variants, fold(numerals).split())),
    )


def _variants(entry: str) -> tuple[str, ...]:
    return tuple(variant.replace("_", " ") for variant in entry.split("|"))

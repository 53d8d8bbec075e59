"""Fill the variables of a canned reply with facts at hand; what nobody has told stays a gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from engine.assist.triage.entities import entities
from engine.domain.canned_reply import FilledReply, Gap
from engine.domain.knowledge import Span

__all__ = ["VARIABLE", "facts_told", "filled", "gaps"]

VARIABLE = re.compile(r"\{([a-z][a-z0-9_]{0,39})\}")
_SCRUBBED = re.compile(r"\[([a-z_]+) \d{1,3}\]")  # what ingestion put in the place of personal data


def facts_told(said: Iterable[str], language: str, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values of variables: the caller's, else what the customer said, named as in `FactKind`.

    A fact is known if the customer has named one of its kind; of several nobody knows which is meant.
    """
    told: dict[str, dict[str, str]] = {}
    for text in said:
        for entity in entities(text, language):
            told.setdefault(entity.kind.value, {}).setdefault(entity.normal, entity.text)
    alone = {kind: next(iter(values.values())) for kind, values in told.items() if len(values) == 1}
    return {**alone, **{name: value for name, value in given.items() if value.strip()}}


def filled(text: str, facts: Mapping[str, str]) -> FilledReply:
    """Return the text with the facts in place of its variables; variables without a fact stay and are gaps."""
    whole = VARIABLE.sub(lambda found: facts.get(found[1], found[0]), text)
    return FilledReply(whole, tuple(gaps(whole)))


def gaps(text: str) -> Iterator[Gap]:
    """Yield what is still to be filled in: variables, and personal data that was taken out of a past case."""
    for pattern in (VARIABLE, _SCRUBBED):
        for found in pattern.finditer(text):
            yield Gap(found[1], Span(*found.span()))

"""What is wrong with a reply before it is sent, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.answer import Citation
from engine.domain.knowledge import Span

__all__ = [
    "CheckRule",
    "Checked",
    "Finding",
    "ListedWord",
    "PromiseMatter",
    "PromiseStanding",
    "PromiseVerdict",
    "Severity",
    "Verdict",
]


class Severity(StrEnum):
    """What a finding means for the reply."""

    WARN = "warn"
    BLOCK = "block"


class Verdict(StrEnum):
    """Whether a reply may be sent: yes, after a second look, or not as it stands."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    BLOCK = "block"


class CheckRule(StrEnum):
    """What sort of rule a finding is about."""

    SENSITIVE_WORD = "sensitive_word"
    OFFENSIVE = "offensive"
    ABSOLUTE_CLAIM = "absolute_claim"
    RED_LINE = "red_line"
    LEFTOVER = "leftover"
    INSTRUCTION = "instruction"
    PERSONAL_DATA = "personal_data"
    PROMISE = "promise"


class PromiseStanding(StrEnum):
    """How a promise compares with the policies that were found."""

    FINE = "fine"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


class PromiseMatter(StrEnum):
    """What is promised."""

    REFUND = "refund"
    RETURN = "return"
    DELIVERY = "delivery"
    REPLACEMENT = "replacement"
    REPAIR = "repair"
    WARRANTY = "warranty"
    COST = "cost"
    COMPENSATION = "compensation"
    CHANGE = "change"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a reply that should not be sent.

    `span` is exact in the reply. `id` names the rule within its sort ("general/guarantee", "owner/微信", "card");
    `remedy` tells the agent what to do, in the agent's language. `disguised`: the words were hidden and are found as
    what they stand for.
    """

    rule: CheckRule
    id: str
    severity: Severity
    span: Span
    remedy: str
    disguised: bool = False


@dataclass(frozen=True, slots=True)
class PromiseVerdict:
    """A promise at `span` of the reply and how it stands with the policies.

    `due` and `amounts` are by when and how much, in normal form ("5 working day", "2026-03-01", "10 %", "20 EUR").
    `citation` is the passage that supports or contradicts it; its `answer_span` is the promise's span.
    """

    span: Span
    matter: PromiseMatter
    due: tuple[str, ...]
    amounts: tuple[str, ...]
    standing: PromiseStanding
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of checking a reply: findings and promises in order of place; `timings_ms` by stage."""

    verdict: Verdict
    language: str
    findings: tuple[Finding, ...]
    promises: tuple[PromiseVerdict, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word or phrase that a knowledge base's owner does not want in replies.

    `remedy` is what the agent is told; empty: a general advice. `disguised`: hidden spellings count as well.
    """

    word: str
    severity: Severity = Severity.BLOCK
    remedy: str = ""
    disguised: bool = True

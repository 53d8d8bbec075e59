"""A reply that an agent is offered as a draft, or asked to have rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.domain.answer import Citation
from engine.domain.channel import Channel
from engine.domain.check import Checked
from engine.domain.conversation import Turn
from engine.domain.knowledge import Span
from engine.domain.suggestion import DeskWarning

__all__ = ["Draft", "DraftGap", "DraftMode", "DraftPart", "DraftRequest", "DraftSection", "Rewrite", "Tone"]


class Tone(StrEnum):
    """How a reply speaks to the customer."""

    FORMAL = "formal"
    FRIENDLY = "friendly"
    CONCISE = "concise"


class Rewrite(StrEnum):
    """What is to become of an agent's own draft."""

    SHORTER = "shorter"
    FRIENDLIER = "friendlier"
    MORE_FORMAL = "more_formal"
    TRANSLATED = "translated"


class DraftPart(StrEnum):
    """The parts of a draft, in their order."""

    GREETING = "greeting"
    EMPATHY = "empathy"
    ANSWER = "answer"
    STEPS = "steps"
    HOLDING = "holding"
    NEXT = "next"
    CLOSING = "closing"


class DraftMode(StrEnum):
    """How a draft came about.

    Put together from phrases and quotes, or from a canned reply; written by a language model and verified; a question
    back, because the knowledge has several answers; a holding reply, because it has none that may be given; an agent's
    own, rewritten by rules.
    """

    COMPOSED = "composed"
    CANNED = "canned"
    GENERATED = "generated"
    CLARIFYING = "clarifying"
    HOLDING = "holding"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """A conversation so far (oldest first), and how the reply is to be.

    `times` are those of the turns, where they are known. `language` (BCP 47) is that of the reply, else the customer's.
    `facts` are the caller's values; the conversation gives others. `template` is the shortcut of a canned reply to be
    the core. `draft` is the agent's own text, and `rewrite` what to do with it. Documents whose uri is in `without` are
    left out.
    """

    turns: tuple[Turn, ...] = ()
    times: tuple[datetime | None, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    tone: Tone = Tone.FRIENDLY
    language: str = ""
    channel: Channel = Channel.CHAT
    agent_language: str = ""
    template: str = ""
    draft: str = ""
    rewrite: Rewrite | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A part, and where it stands in the draft."""

    part: DraftPart
    span: Span


@dataclass(frozen=True, slots=True)
class DraftGap:
    """A fact that nobody has told, with the question for it in the draft's language.

    At `span` of the draft stands its mark, such as `{order_number}`, or the question itself. `question` is empty for
    a variable of the owner's own.
    """

    name: str
    span: Span
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with what it rests on and what is still to be done.

    Spans of sections, gaps, citations (`answer_span`) and findings refer to `text`, which has at most `limit`
    characters unless the agent's own draft has more. `confidence` is how likely the quotes answer the question, 0 where
    nothing was looked for. `question` is what was searched for.
    """

    text: str
    language: str
    tone: Tone
    channel: Channel
    mode: DraftMode
    check: Checked
    limit: int
    question: str = ""
    confidence: float = 0.0
    sections: tuple[DraftSection, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: tuple[DraftGap, ...] = ()
    warnings: tuple[DeskWarning, ...] = ()
    notes: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)

"""What an agent is offered, and what became of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import MAX_TURN_CHARS, CitationOut, TurnIn
from api.schemas.base import FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, Moment, SpanOut, Whole
from api.schemas.suggestion_examples import JUDGE_CALL, JUDGED, SUGGESTION, SUGGESTIONS, SUGGESTIONS_CALL, WARNING
from engine.domain.conversation import Turn
from engine.domain.feedback import Verdict
from engine.domain.suggestion import JudgedSuggestion, SuggestionKind, SuggestionRequest, WarningKind

__all__ = [
    "MAX_TURNS",
    "Facts",
    "GapOut",
    "JudgedOut",
    "Short",
    "SuggestionFeedbackIn",
    "SuggestionOut",
    "SuggestionsIn",
    "SuggestionsOut",
    "TimedTurnIn",
    "WarningOut",
]

MAX_TURNS = 200
Short = Annotated[FreeText, StringConstraints(max_length=200)]
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Facts = dict[_Name, Annotated[FreeText, StringConstraints(max_length=500)]]


class TimedTurnIn(TurnIn):
    """One utterance, and when it was made."""

    at: Moment | None = Field(default=None, description="Lets promises of the desk fall due.")


class SuggestionsIn(Model):
    """A conversation so far, and who looks at it."""

    knowledge_base: KnowledgeBaseName
    turns: tuple[TimedTurnIn, ...] = Field(
        min_length=1, max_length=MAX_TURNS, description="Oldest first; the customer has to have said something."
    )
    facts: Facts = Field(
        default_factory=dict,
        max_length=100,
        description="Values of variables, such as `order_number`, from your records.",
    )
    group: Short = Field(default="", description="Of agents, whose habits count beside those of all.")
    language: LanguageTag | None = Field(default=None, description="Of the customer; overrides detection.")
    agent_language: LanguageTag | None = Field(
        default=None, description="Of reasons and warnings; else the customer's."
    )
    typed: Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)] = Field(
        default="", description="What the agent has begun to write; `/` and a shortcut call a canned reply."
    )
    limit: Whole = Field(default=6, ge=1, le=20, description="How many suggestions at most.")
    without: tuple[Short, ...] = Field(
        default=(), max_length=100, description="Uris of documents to leave out, as the record of this conversation."
    )
    now: Moment | None = Field(default=None, description="The present, if it is not now.")
    conversation_id: Identifier | None = Field(
        default=None, description="What was suggested is erased with this conversation."
    )
    customer_id: Identifier | None = Field(
        default=None, description="Your id of the customer, by which it is exported and erased."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [SUGGESTIONS_CALL]})

    def to_domain(self) -> SuggestionRequest:
        """Convert to the domain."""
        return SuggestionRequest(
            turns=tuple(Turn(turn.role, turn.text, turn.action) for turn in self.turns),
            times=tuple(turn.at for turn in self.turns),
            now=self.now,
            facts=self.facts,
            group=self.group,
            language=self.language or "",
            agent_language=self.agent_language or "",
            typed=self.typed,
            limit=self.limit,
            without=self.without,
            conversation_id=self.conversation_id or "",
            customer=self.customer_id or "",
        )


class GapOut(Model):
    """Something that is to be filled in before the text is sent."""

    name: str = Field(description="Of the variable, or what was taken out of a past case.")
    span: SpanOut = Field(description="Where it stands in the text.")


class SuggestionOut(Model):
    """Something to send or to do."""

    id: str = Field(description="Names it in feedback.")
    kind: SuggestionKind
    title: str = Field(description="Of the canned reply or the document; of a next step its name.")
    text: str = Field(description="To be sent, in the customer's language as far as there is one.")
    language: str = Field(description="BCP 47 tag of the text.")
    confidence: float = Field(ge=0, le=1, description="How likely it is what the agent needs.")
    reason: str = Field(description="Why it is suggested, in the agent's language.")
    evidence: tuple[CitationOut, ...] = Field(description="What the text is quoted from; spans refer to the text.")
    gaps: tuple[GapOut, ...]
    options: tuple[str, ...] = Field(description="Of a clarifying question, to choose from.")

    model_config = ConfigDict(json_schema_extra={"examples": [SUGGESTION]})


class WarningOut(Model):
    """Something to watch out for."""

    kind: WarningKind
    message: str = Field(description="In the agent's language.")
    place: int | None = Field(description="The turn that it is about, from 0.")
    due: Moment | None = Field(description="When a promise falls due, or the last day of a policy.")
    citation: CitationOut | None = Field(description="The policy.")

    model_config = ConfigDict(json_schema_extra={"examples": [WARNING]})


class SuggestionsOut(Model):
    """What to send next, and what to watch out for."""

    id: str
    language: str = Field(description="BCP 47 tag of the customer's language.")
    question: str = Field(description="What the customer asks, as it stands alone.")
    items: tuple[SuggestionOut, ...] = Field(description="Best first.")
    warnings: tuple[WarningOut, ...]
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(json_schema_extra={"examples": [SUGGESTIONS]})


class SuggestionFeedbackIn(Model):
    """What became of a suggestion."""

    verdict: Verdict = Field(description="`accepted`, `edited` or `rejected`.")
    sent_text: Annotated[FreeText, StringConstraints(max_length=MAX_TURN_CHARS)] = Field(
        default="", description="What was sent in its place; goes with `edited`."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [JUDGE_CALL]})


class JudgedOut(Model):
    """What became of a suggestion."""

    suggestion_id: str
    kind: SuggestionKind
    verdict: Verdict
    distance: float = Field(ge=0, le=1, description="Edit distance of what was sent, as a share of the longer text.")

    model_config = ConfigDict(json_schema_extra={"examples": [JUDGED]})

    @classmethod
    def shown(cls, judged: JudgedSuggestion) -> JudgedOut:
        """Convert from the domain."""
        return cls(
            suggestion_id=judged.shown.id,
            kind=judged.shown.kind,
            verdict=judged.verdict,
            distance=judged.distance,
        )

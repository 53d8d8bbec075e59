"""Checks of replies before they are sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.answers import CitationOut
from api.schemas.base import Flag, FreeText, Identifier, KnowledgeBaseName, LanguageTag, Model, SpanOut
from api.schemas.check_examples import CHECK, CHECK_CALL, FINDING, LISTED, PROMISE, WORDS
from api.schemas.filters import FilterIn
from engine.checks import MAX_CHARS, CheckRequest
from engine.domain.check import CheckRule, ListedWord, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.word_lists import MAX_WORDS

__all__ = ["CheckIn", "FindingOut", "PromiseOut", "ReplyCheckOut", "WordModel", "WordsModel"]

_Word = Annotated[FreeText, StringConstraints(min_length=1, max_length=100)]
_Remedy = Annotated[FreeText, StringConstraints(max_length=500)]


class CheckIn(Model):
    """A reply of a bot or an agent."""

    knowledge_base: KnowledgeBaseName
    text: Annotated[FreeText, StringConstraints(min_length=1, max_length=MAX_CHARS)] = Field(
        description="The reply as it would be sent."
    )
    language: LanguageTag | None = Field(default=None, description="Of the reply; overrides detection.")
    agent_language: LanguageTag | None = Field(
        default=None, description="Of the remedies: en, zh-Hans, zh-Hant, ja, else English; left out: the reply's."
    )
    packs: tuple[Identifier, ...] | None = Field(
        default=None, max_length=20, description="Rule packs by name, instead of the configured ones."
    )
    promises: Flag = Field(default=True, description="Compare promises with the policies that a search finds.")
    allowed: tuple[Identifier, ...] = Field(
        default=(), max_length=100, description="Telephone numbers and the like that may stand in the reply."
    )
    filter: FilterIn | None = Field(default=None, description="Which documents count as policies.")

    model_config = ConfigDict(json_schema_extra={"examples": [CHECK_CALL]})

    def to_domain(self) -> CheckRequest:
        """Convert to the domain."""
        return CheckRequest(
            text=self.text,
            language=self.language or "",
            agent=self.agent_language or "",
            packs=self.packs,
            compare=self.promises,
            allowed=self.allowed,
            filter=(self.filter or FilterIn()).to_domain(),
        )


class FindingOut(Model):
    """Something that should not be sent."""

    rule: CheckRule
    id: str = Field(description="Of the rule: pack and rule, `owner/` and the word, or a kind of personal data.")
    severity: Severity
    span: SpanOut = Field(description="Where it stands in the reply.")
    remedy: str = Field(description="What to do about it, in the agent's language.")
    disguised: bool = Field(description="The words were hidden, and are found as what they stand for.")

    model_config = ConfigDict(json_schema_extra={"examples": [FINDING]})


class PromiseOut(Model):
    """A promise and how it stands with the policies."""

    span: SpanOut = Field(description="Where it stands in the reply.")
    matter: PromiseMatter = Field(description="What is promised.")
    due: tuple[str, ...] = Field(description="By when, in comparable form, such as `5 working day`.")
    amounts: tuple[str, ...] = Field(description="How much, in comparable form, such as `20 EUR`.")
    standing: PromiseStanding
    citation: CitationOut | None = Field(description="The passage that supports or contradicts it.")

    model_config = ConfigDict(json_schema_extra={"examples": [PROMISE]})


class ReplyCheckOut(Model):
    """Whether a reply may be sent, and why not."""

    verdict: Verdict = Field(description="`block` with a finding that blocks, `warn` with others, else `pass`.")
    language: str = Field(description="BCP 47 tag of the reply.")
    findings: tuple[FindingOut, ...] = Field(description="In order of place.")
    promises: tuple[PromiseOut, ...] = Field(description="In order of place, those that are fine too.")
    timings_ms: dict[str, float] = Field(description="Milliseconds of each stage.")

    model_config = ConfigDict(json_schema_extra={"examples": [CHECK]})


class WordModel(Model):
    """A word or phrase that the owner does not want in replies."""

    word: _Word = Field(description="Found in any case of letters, width and Chinese script.")
    severity: Severity = Field(default=Severity.BLOCK, description="What it means for a reply.")
    remedy: _Remedy = Field(default="", description="What the agent is told; empty: a general advice.")
    disguised: Flag = Field(default=True, description="Find hidden spellings as well.")

    model_config = ConfigDict(json_schema_extra={"examples": [LISTED]})

    def to_domain(self) -> ListedWord:
        """Convert to the domain."""
        return ListedWord(self.word, self.severity, self.remedy, self.disguised)


class WordsModel(Model):
    """The list of a knowledge base, as it is exported and imported."""

    items: tuple[WordModel, ...] = Field(max_length=MAX_WORDS)

    model_config = ConfigDict(json_schema_extra={"examples": [WORDS]})

    def to_domain(self) -> list[ListedWord]:
        """Convert to the domain."""
        return [item.to_domain() for item in self.items]

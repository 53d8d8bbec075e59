"""Canned replies."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import FreeText, KnowledgeBaseName, LanguageTag, Model
from api.schemas.suggestion_examples import CANNED, CANNED_CALL, CANNED_CHANGE
from engine.assist.canned.checking import MAX_TEXT, MAX_WORDS, SHORTCUT_PATTERN
from engine.domain.canned_reply import CannedReply

__all__ = ["CannedIn", "CannedListOut", "CannedOut", "CannedQuery", "NewCannedIn"]

_Shortcut = Annotated[str, StringConstraints(pattern=SHORTCUT_PATTERN)]
_Words = Annotated[FreeText, StringConstraints(max_length=MAX_WORDS)]


class CannedIn(Model):
    """A reply that is written beforehand."""

    shortcut: _Shortcut = Field(description="What agents type after a slash; one reply for each shortcut and language.")
    language: LanguageTag = Field(description="Of title and text.")
    title: Annotated[_Words, StringConstraints(min_length=1)] = Field(
        description="What customers ask that it answers, in the language of the reply."
    )
    text: Annotated[FreeText, StringConstraints(min_length=1, max_length=MAX_TEXT)] = Field(
        description="May hold variables such as `{order_number}`: kinds of facts, or names of your own."
    )
    category: _Words = Field(default="", description="In your own words.")

    model_config = ConfigDict(json_schema_extra={"examples": [CANNED_CHANGE]})

    def to_domain(self, knowledge_base: str) -> CannedReply:
        """Convert to the domain."""
        return CannedReply(knowledge_base, self.shortcut, self.language, self.title, self.text, self.category)


class NewCannedIn(CannedIn):
    """A new reply of a knowledge base."""

    knowledge_base: KnowledgeBaseName

    model_config = ConfigDict(json_schema_extra={"examples": [CANNED_CALL]})


class CannedQuery(Model):
    """Which replies to list."""

    knowledge_base: KnowledgeBaseName
    language: LanguageTag | None = Field(default=None, description="Only those in exactly this language.")
    category: _Words | None = Field(default=None, description="Only those of this category.")
    shortcut: Annotated[str, StringConstraints(max_length=100)] = Field(
        default="", description="Only those whose shortcut begins so."
    )

    def chosen(self, replies: tuple[CannedReply, ...]) -> tuple[CannedReply, ...]:
        """Return the replies that are asked for."""
        return tuple(
            each
            for each in replies
            if self.language in {None, each.language}
            and self.category in {None, each.category}
            and each.shortcut.lower().startswith(self.shortcut.lower())
        )


class CannedOut(Model):
    """A reply that is written beforehand."""

    id: str
    knowledge_base: str
    shortcut: str
    language: str
    title: str
    text: str
    category: str
    used: int = Field(description="How often it was sent after it had been suggested.")
    accepted: int = Field(description="How often it was sent unchanged.")

    model_config = ConfigDict(json_schema_extra={"examples": [CANNED]})


class CannedListOut(Model):
    """The canned replies of a knowledge base."""

    items: tuple[CannedOut, ...] = Field(description="By shortcut and language.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [CANNED]}]})

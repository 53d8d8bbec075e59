"""The owner's taxonomy of intents."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.assist_examples import INTENT, INTENT_CALL, INTENTS
from api.schemas.base import FreeText, Model
from engine.assist.triage.taxonomy import ID_PATTERN, MAX_EXAMPLES
from engine.domain.handoff import FactKind, Priority
from engine.domain.triage import Intent, Taxonomy

__all__ = ["IntentId", "IntentIn", "IntentOut", "IntentsIn", "IntentsOut"]

MAX_INTENTS = 1000
IntentId = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Example = Annotated[FreeText, StringConstraints(min_length=1, max_length=1000)]
Word = Annotated[FreeText, StringConstraints(max_length=200)]


class IntentIn(Model):
    """What customers may want."""

    examples: tuple[Example, ...] = Field(
        min_length=1,
        max_length=MAX_EXAMPLES,
        description="Messages as customers write them, in any languages; five do, twenty are better.",
    )
    description: Word = Field(default="", description="For people.")
    category: Word = Field(default="", description="In your own words.")
    queue: Word = Field(default="", description="Who works on it; if empty, it is told by the words of each message.")
    priority: Priority = Field(default=Priority.NORMAL, description="At least this is the priority of such messages.")
    required: tuple[FactKind, ...] = Field(
        default=(), max_length=len(FactKind), description="Facts without which it cannot be worked on."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [INTENT_CALL]})

    def to_domain(self, id: str) -> Intent:
        """Convert to the domain."""
        return Intent(id, self.examples, self.description, self.category, self.queue, self.priority, self.required)


class NamedIntentIn(IntentIn):
    """What customers may want, with its id."""

    id: IntentId = Field(description="Unique in the knowledge base.")

    model_config = ConfigDict(json_schema_extra={"examples": [INTENT]})


class IntentsIn(Model):
    """A whole taxonomy."""

    items: tuple[NamedIntentIn, ...] = Field(max_length=MAX_INTENTS, description="All intents; others are removed.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [INTENT]}]})

    def to_domain(self) -> tuple[Intent, ...]:
        """Convert to the domain."""
        return tuple(item.to_domain(item.id) for item in self.items)


class IntentOut(Model):
    """What customers may want."""

    id: str
    examples: tuple[str, ...]
    description: str
    category: str
    queue: str
    priority: Priority
    required: tuple[FactKind, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [INTENT]})


class IntentsOut(Model):
    """The taxonomy of a knowledge base."""

    items: tuple[IntentOut, ...] = Field(description="By id.")
    revision: int = Field(description="Grows with every change.")

    model_config = ConfigDict(json_schema_extra={"examples": [INTENTS]})

    @classmethod
    def shown(cls, taxonomy: Taxonomy) -> IntentsOut:
        """Convert from the domain."""
        return cls(items=tuple(map(IntentOut.of, taxonomy.intents)), revision=taxonomy.revision)

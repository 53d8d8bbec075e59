"""Knowledge bases."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from api.schemas.base import CONTROL, Model
from api.schemas.examples import KNOWLEDGE_BASE
from engine.errors import InvalidInput
from engine.ports import KnowledgeRepository

__all__ = ["KnowledgeBaseDetailOut", "KnowledgeBaseIn", "KnowledgeBaseOut", "KnowledgeBasesOut", "checked"]


class KnowledgeBaseIn(Model):
    """A knowledge base to create."""

    name: Annotated[
        str,
        StringConstraints(min_length=1, max_length=100, pattern=rf"^[^{CONTROL}\s/\\.][^{CONTROL}/\\]*$"),
        Field(description="Unique; without slashes, so that it can stand in an address."),
    ]
    description: Annotated[
        str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$"), Field(description="For people.")
    ] = ""

    model_config = ConfigDict(json_schema_extra={"examples": [KNOWLEDGE_BASE]})


class KnowledgeBaseOut(Model):
    """A knowledge base."""

    name: str
    description: str

    model_config = ConfigDict(json_schema_extra={"examples": [KNOWLEDGE_BASE]})


class KnowledgeBaseDetailOut(KnowledgeBaseOut):
    """A knowledge base with what it holds."""

    documents: int
    chunks: int = Field(description="Searchable passages.")

    model_config = ConfigDict(json_schema_extra={"examples": [{**KNOWLEDGE_BASE, "documents": 48, "chunks": 312}]})

    @classmethod
    def counted(cls, knowledge: KnowledgeRepository, name: str) -> KnowledgeBaseDetailOut:
        """Count what a knowledge base holds; NotFound if there is none of that name."""
        found = knowledge.knowledge_base(name)
        held = knowledge.tally(name)
        return cls(name=found.name, description=found.description, documents=held.documents, chunks=held.chunks)


class KnowledgeBasesOut(Model):
    """All knowledge bases, by name."""

    items: tuple[KnowledgeBaseOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [KNOWLEDGE_BASE]}]})


def checked(name: str, description: str = "") -> KnowledgeBaseIn:
    """Check what was not sent as JSON; InvalidInput says what is wrong."""
    try:
        return KnowledgeBaseIn(name=name, description=description)
    except ValidationError as error:
        field = error.errors()[0]["loc"][0]
        raise InvalidInput(
            f"The {field} of a knowledge base cannot be that.",
            remedy="Names have 1 to 100 characters, no slash and no control character, and start with no dot or space; "
            "descriptions have at most 2000 characters.",
        ) from error

"""FAQ entries that are written by hand."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.schemas.base import FreeText, KnowledgeBaseName, Label, LanguageTag, Model
from ingestion.entries import WrittenEntry

__all__ = ["FaqIn", "NewFaqIn"]


def _said(text: str) -> str:
    """Refuse a text in which nothing is said."""
    if not any(character.isalnum() for character in text):
        raise ValueError("write something with a letter or a digit")
    return text.strip()


class FaqIn(Model):
    """A question with its answer, as text: nothing in it is taken for markup."""

    question: Annotated[FreeText, StringConstraints(max_length=1000), AfterValidator(_said)] = Field(
        description="As a customer asks it."
    )
    answer: Annotated[FreeText, StringConstraints(max_length=8000), AfterValidator(_said)] = Field(
        description="What is answered, word for word to whoever asks nearly the same."
    )
    tags: tuple[Label, ...] = Field(
        default=(), max_length=100, description="Such as its category; `access:…` for access lists."
    )
    language: LanguageTag | None = Field(default=None, description="Of both; detected if left out.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "Do you engrave kettles?", "answer": "Yes, up to 20 letters.", "tags": ["gifts"]}]
        }
    )

    def to_domain(self) -> WrittenEntry:
        """Convert to what is written."""
        question = " ".join(self.question.split())
        return WrittenEntry(question, self.answer, self.language or "", self.tags)


class NewFaqIn(FaqIn):
    """A new entry of a knowledge base."""

    knowledge_base: KnowledgeBaseName

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "knowledge_base": "support",
                    "question": "Do you engrave kettles?",
                    "answer": "Yes, up to 20 letters.",
                    "tags": ["gifts"],
                }
            ]
        }
    )

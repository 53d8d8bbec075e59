"""Embeddings as OpenAI's clients ask for them."""

from __future__ import annotations

import base64
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import FreeText, KnowledgeBaseName, Lenient, Model
from api.schemas.chat_examples import EMBEDDINGS, EMBEDDINGS_CALL
from engine.ports import Vector

__all__ = ["ChatEmbeddingsIn", "EmbeddingOut", "EmbeddingUsageOut", "EmbeddingsOut"]

Text = Annotated[FreeText, StringConstraints(max_length=20_000)]


class ChatEmbeddingsIn(Lenient):
    """Texts to embed with the encoder that searches."""

    model: KnowledgeBaseName = Field(description="Name of a knowledge base, with or without `knowdesk/` before it.")
    input: Text | Annotated[tuple[Text, ...], Field(min_length=1, max_length=256)] = Field(
        description="One text, or up to 256; tokens are not understood."
    )
    encoding_format: Literal["float", "base64"] = Field(
        default="float", description="Numbers, or the base64 of their little-endian float32."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [EMBEDDINGS_CALL]})

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the texts in order."""
        return (self.input,) if isinstance(self.input, str) else self.input

    def encoded(self, vector: Vector) -> list[float] | str:
        """Return a vector in the form that was asked for."""
        if self.encoding_format == "base64":
            return base64.b64encode(vector.astype("<f4").tobytes()).decode()
        return [float(number) for number in vector]


class EmbeddingOut(Model):
    """One vector, of unit length."""

    object: Literal["embedding"] = "embedding"
    index: int = Field(ge=0, description="Place of its text.")
    embedding: list[float] | str


class EmbeddingUsageOut(Model):
    """Tokens as the bundled tokenizer counts: an approximation for other encoders."""

    prompt_tokens: int = Field(ge=0)
    total_tokens: int = Field(ge=0)


class EmbeddingsOut(Model):
    """Vectors whose inner product is their similarity."""

    object: Literal["list"] = "list"
    data: tuple[EmbeddingOut, ...]
    model: str = Field(description="As asked for.")
    usage: EmbeddingUsageOut

    model_config = ConfigDict(json_schema_extra={"examples": [EMBEDDINGS]})

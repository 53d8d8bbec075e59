"""Chat completions as OpenAI's clients send and expect them, and models to choose from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from api.schemas.answers import AnswerOptionsIn, AnswerOut
from api.schemas.base import Flag, FreeText, KnowledgeBaseName, Lenient, Model
from api.schemas.chat_examples import CHAT, CHAT_CALL, CHAT_ERROR, CHUNK, MODEL

__all__ = [
    "ChatCompletionIn",
    "ChatCompletionOut",
    "ChatErrorOut",
    "ChatFaultOut",
    "ChatMessageIn",
    "ChatUsageOut",
    "ChoiceOut",
    "ChunkChoiceOut",
    "ChunkOut",
    "DeltaOut",
    "MessageOut",
    "ModelOut",
    "ModelsOut",
]

MAX_MESSAGES = 1000


class ChatPartIn(Lenient):
    """One part of a message; only text is understood."""

    type: Literal["text"] = Field(description="Images, sound and files are refused.")
    text: FreeText = Field(description="What was said.")


Parts = tuple[ChatPartIn, ...]


def _form(content: object) -> str:
    return "text" if isinstance(content, str) else "parts"


class ChatMessageIn(Lenient):
    """One message of the conversation."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"] = Field(
        description="`user` is the customer, `assistant` the desk. Messages of other roles are not used for answers."
    )
    content: (
        Annotated[
            Annotated[FreeText, Tag("text")] | Annotated[tuple[ChatPartIn, ...], Tag("parts")], Discriminator(_form)
        ]
        | None
    ) = Field(default=None, description="What was said, as a text or as parts of type `text`.")

    @property
    def text(self) -> str:
        """Return all that was said."""
        if isinstance(self.content, tuple):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class ChatStreamOptionsIn(Lenient):
    """What a stream carries."""

    include_usage: Flag = Field(default=False, description="Send the token counts in a chunk of their own at the end.")


class ChatFormatIn(Lenient):
    """What form the answer has."""

    type: Literal["text"] = Field(description="Answers are text.")


class ChatCompletionIn(Lenient):
    """A conversation to go on with; other parameters of OpenAI's are accepted and have no effect."""

    model: KnowledgeBaseName = Field(description="Name of a knowledge base, with or without `knowdesk/` before it.")
    messages: tuple[ChatMessageIn, ...] = Field(
        min_length=1, max_length=MAX_MESSAGES, description="The last one is the customer's: it is answered."
    )
    stream: Flag | None = Field(default=None, description="Send the answer in chunks, as it is verified.")
    stream_options: ChatStreamOptionsIn | None = Field(default=None, description="For streams only.")
    n: Literal[1] | None = Field(default=None, description="There is one answer.")
    response_format: ChatFormatIn | None = Field(default=None, description="Only text.")
    knowdesk: AnswerOptionsIn | None = Field(
        default=None, description="The options of `/v1/answer`, such as `filter`, `channel` or `conversation_id`."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [CHAT_CALL]})


class ChatUsageOut(Model):
    """Tokens of all messages and of the reply, as the bundled multilingual tokenizer counts: an approximation."""

    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)
    total_tokens: int = Field(ge=0)


class MessageOut(Model):
    """The reply."""

    role: Literal["assistant"] = "assistant"
    content: str = Field(
        description="What to tell the customer: the answer, the question back, or that nothing is known. Empty while a "
        "person is in charge."
    )
    refusal: None = None
    knowdesk: AnswerOut = Field(description="What `/v1/answer` returns: citations, confidence, abstention, hand-over.")


class ChoiceOut(Model):
    """The only choice."""

    index: Literal[0] = 0
    message: MessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class ChatCompletionOut(Model):
    """A reply with its evidence."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Unix time.")
    model: str = Field(description="As asked for.")
    choices: tuple[ChoiceOut, ...]
    usage: ChatUsageOut

    model_config = ConfigDict(json_schema_extra={"examples": [CHAT]})


class DeltaOut(Model):
    """What a chunk adds; the last one carries `knowdesk`."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    knowdesk: AnswerOut | None = None


class ChunkChoiceOut(Model):
    """A part of the only choice."""

    index: Literal[0]
    delta: DeltaOut
    finish_reason: Literal["stop"] | None


class ChunkOut(Model):
    """A part of a reply that is streamed; of its fields only those with a default may be left out."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: tuple[ChunkChoiceOut, ...]
    usage: ChatUsageOut | None = None

    model_config = ConfigDict(json_schema_extra={"examples": [CHUNK]})


class ModelOut(Model):
    """A knowledge base that can be asked as a model."""

    id: str
    object: Literal["model"] = "model"
    created: Literal[0] = Field(default=0, description="Unix time; not known of knowledge bases.")
    owned_by: Literal["knowdesk"] = "knowdesk"

    model_config = ConfigDict(json_schema_extra={"examples": [MODEL]})


class ModelsOut(Model):
    """All knowledge bases that can be asked."""

    object: Literal["list"] = "list"
    data: tuple[ModelOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"object": "list", "data": [MODEL]}]})


class ChatFaultOut(Model):
    """What is wrong, and what to do about it."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: str | None = Field(description="The field that is wrong, such as `messages.0.role`.")
    code: str = Field(description="Stable, such as `model_not_found`.")


class ChatErrorOut(Model):
    """An error as OpenAI's clients expect it."""

    error: ChatFaultOut

    model_config = ConfigDict(json_schema_extra={"examples": [CHAT_ERROR]})

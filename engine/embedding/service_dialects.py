"""What embedding services are asked with, and what they tell of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import numpy as np

from engine.embedding.service_calls import ServiceCalls
from engine.errors import BackendFailed, Misconfigured
from engine.ports import Vector

__all__ = ["Dialect", "dialect_of"]

Look = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one service is asked: OpenAI's protocol, or the native one of text-embeddings-inference.

    The latter cuts texts where its model does, OpenAI's refuses longer ones. `extra` goes into each request. `revision`
    is what the service says of its weights, empty if it says nothing; `most` how many texts it takes, 0 for the like.
    """

    model: str
    native: bool = False
    revision: str = ""
    most: int = 0
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def health(self) -> str:
        """A path at which the service answers if it can embed."""
        return "/health" if self.native else "/v1/models"

    def embedded(self, calls: ServiceCalls, texts: Sequence[str], *, deadline: float, retries: int | None) -> Vector:
        """Return rows in the order of `texts`, as the service gives them, shape (len(texts), dimension).

        BackendFailed if the reply is not what the protocol says; what else `ServiceCalls.post` raises.
        """
        if self.native:
            body: Mapping[str, object] = {"inputs": list(texts), "truncate": True, **self.extra}
            return _stacked(calls.post("/embed", body, deadline=deadline, retries=retries), len(texts))
        body = {"model": self.model, "input": list(texts), **self.extra}
        reply = calls.post("/v1/embeddings", body, deadline=deadline, retries=retries)
        return _stacked(_in_order(reply, len(texts)), len(texts))


def dialect_of(model: str, look: Look) -> Dialect:
    """Return how to ask for a model; `look` returns the JSON at a path of the service, None if there is none.

    Misconfigured if the service says that it serves another model, or one that does not embed.
    """
    info = look("/info")
    if isinstance(info, dict) and "model_id" in info and "max_client_batch_size" in info:
        return _native(model, info)
    listed = look("/v1/models")
    cards = listed.get("data") if isinstance(listed, dict) else None
    for card in cards if isinstance(cards, list) else ():
        if isinstance(card, dict) and card.get("id") == model and card.get("owned_by") == "vllm":
            longest, root = card.get("max_model_len"), card.get("root")
            revision = root if isinstance(root, str) and root != model else ""
            cut = {"truncate_prompt_tokens": longest} if isinstance(longest, int) else {}
            return Dialect(model=model, revision=revision, extra=cut)
    return Dialect(model=model)


def _native(model: str, info: Mapping[str, object]) -> Dialect:
    identity = str(info["model_id"])
    if model not in {identity, PurePosixPath(identity).name, info.get("served_model_name")}:
        raise Misconfigured(
            f"The embedding service serves {identity}, not {model}.",
            remedy=f"Set embedding_model to service:{identity}, or embedding_url to the service of the other one.",
        )
    kind = info.get("model_type")
    if isinstance(kind, dict) and "embedding" not in kind:
        raise Misconfigured(f"The model {identity} does not embed.", remedy="Have the service load an embedding model.")
    revision, most = info.get("model_sha"), info["max_client_batch_size"]
    return Dialect(
        model=model,
        native=True,
        revision=revision if isinstance(revision, str) else "",
        most=most if isinstance(most, int) else 0,
    )


def _in_order(reply: object, count: int) -> list[object]:
    """Return what is embedded under each `index`, which need not be the order of the reply."""
    data = reply.get("data") if isinstance(reply, dict) else None
    items = data if isinstance(data, list) else []
    found = {item.get("index"): item.get("embedding") for item in items if isinstance(item, dict)}
    if len(items) != count or found.keys() != set(range(count)):
        raise _unreadable(f"{count} vectors were to come, numbered from 0")
    return [found[place] for place in range(count)]


def _stacked(rows: object, count: int) -> Vector:
    if not isinstance(rows, list) or len(rows) != count:
        raise _unreadable(f"{count} vectors were to come")
    try:
        vectors = np.array(rows, dtype=np.float32)  # what is null in JSON becomes NaN
    except (ValueError, TypeError, OverflowError):
        raise _unreadable("the vectors are not lists of as many numbers each") from None
    if vectors.ndim != 2 or not vectors.shape[1]:
        raise _unreadable("the vectors are not lists of numbers")
    return vectors


def _unreadable(why: str) -> BackendFailed:
    return BackendFailed(
        f"The reply of the embedding service cannot be used: {why}.",
        remedy="Check embedding_url, and that the service speaks OpenAI's protocol for embeddings.",
    )

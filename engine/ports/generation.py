"""Writing text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

__all__ = ["Generator", "Probed", "Prompt"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request to a language model: instructions, then what the model is to answer.

    `published` are the parts of it that are the company's own texts, such as evidence: nothing in them is private.
    """

    system: str
    user: str
    published: tuple[str, ...] = ()


class Generator(Protocol):
    """A language model that writes text."""

    @property
    def model(self) -> str:
        """Name of the model, for the record."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the reply in pieces; BackendFailed after the configured retries or when time is up."""
        ...


@runtime_checkable
class Probed(Protocol):
    """A backend on a server that can be asked whether it is there."""

    def probe(self) -> None:
        """Return soon; BackendFailed, with the remedy, if the server does not answer."""
        ...

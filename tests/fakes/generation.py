"""A language model that says what it was told to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.errors import EngineError
from engine.ports import Prompt

__all__ = ["ScriptedGenerator"]


class ScriptedGenerator:
    """Streams `pieces` for any prompt, then raises `error` if there is one; `prompts` keeps what it was asked."""

    def __init__(self, *pieces: str, error: EngineError | None = None, model: str = "scripted") -> None:
        self.model = model
        self.prompts: list[Prompt] = []
        self._pieces: Sequence[str] = pieces
        self._error = error

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Yield the pieces."""
        self.prompts.append(prompt)
        yield from self._pieces
        if self._error is not None:
            raise self._error

"""What of a chunk is searched."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain.knowledge import Chunk

__all__ = ["context_text", "search_text"]


def search_text(title: str, chunk: Chunk) -> str:
    """Return title, section path and text, each heading once: those that stand in the text already are left out."""
    lines = set(chunk.text.split("\n"))
    above = [part for part in dict.fromkeys((title, *chunk.section)) if part and part not in lines]
    return "\n".join((*above, chunk.text))


def context_text(title: str, chunks: Sequence[Chunk]) -> str:
    """Return the title and the texts of neighbouring chunks."""
    return "\n".join((title, *(chunk.text for chunk in chunks)))

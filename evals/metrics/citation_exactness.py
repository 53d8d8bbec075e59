"""Whether citations quote the stored text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.domain.answer import Citation

__all__ = ["citation_exactness"]


def citation_exactness(citations: Sequence[Citation], stored_text: Callable[[str, int], str]) -> float:
    """Return the share of citations whose quote is not empty and equals the stored text at their span.

    `stored_text` maps a document id and version to its text. 0 without citations: what cites nothing shows nothing.
    """
    exact = sum(bool(c.quote) and c.span.of(stored_text(c.document_id, c.version)) == c.quote for c in citations)
    return exact / len(citations) if citations else 0.0

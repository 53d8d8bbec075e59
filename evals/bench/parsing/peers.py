"""Plain unstructured as a peer: its own detection and settings, only kept from the network."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.unstructured_adapter import load_unstructured
from ingestion.parsing import Limits

__all__ = ["parse_with_unstructured"]


def parse_with_unstructured(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:  # noqa: ARG001
    """Return the text that `unstructured.partition.auto` finds; InvalidInput, with the reason, where it finds none."""
    load_unstructured()
    with _silence():
        from unstructured.partition.auto import partition

        try:
            elements = partition(file=io.BytesIO(data), metadata_filename=name)
        except Exception as error:
            raise InvalidInput(f"unstructured: {type(error).__name__}: {str(error)[:120]}") from error
    return ParsedDocument(title=name, text="\n".join(element.text or "" for element in elements), blocks=())


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the log of this process quiet, and leave it as it was."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)

"""What is said of documents and versions that are not there, or that the reader must not know of."""

from __future__ import annotations

from engine.errors import NotFound

__all__ = ["no_document", "no_version"]


def no_document(document_id: str) -> NotFound:
    """Return the error for a document that is not there."""
    return NotFound(f"There is no document {document_id!r}.", remedy="List the documents of the knowledge base.")


def no_version(document_id: str, version: int) -> NotFound:
    """Return the error for a version that is not there."""
    return NotFound(f"There is no version {version} of document {document_id!r}.", remedy="List its versions.")

"""What is said of things that are not there, or that whoever asks must not know of: always the same."""

from __future__ import annotations

from engine.errors import NotFound

__all__ = ["no_conversation", "no_document", "no_job", "no_key", "no_version"]


def no_document(document_id: str) -> NotFound:
    """Return the error for a document that is not there."""
    return NotFound(f"There is no document {document_id!r}.", remedy="List the documents of the knowledge base.")


def no_version(document_id: str, version: int) -> NotFound:
    """Return the error for a version that is not there."""
    return NotFound(f"There is no version {version} of document {document_id!r}.", remedy="List its versions.")


def no_conversation(conversation_id: str) -> NotFound:
    """Return the error for a conversation that is not there."""
    return NotFound(f"There is no conversation {conversation_id!r}.", remedy="Begin one: ask without an id.")


def no_key(key_id: str) -> NotFound:
    """Return the error for an API key that is not there."""
    return NotFound(f"There is no key {key_id!r}.", remedy="See the list of keys.")


def no_job(job_id: str) -> NotFound:
    """Return the error for a job that is not there."""
    return NotFound(f"There is no job {job_id}.", remedy="See the list of jobs.")

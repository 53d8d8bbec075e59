"""Uploads of files; apart from the others because it needs the HTTP framework."""

from __future__ import annotations

from typing import Final

from fastapi import UploadFile
from pydantic import Field, model_validator

from api.schemas.base import Day, KnowledgeBaseName, Label, Model, check_period
from engine.domain.knowledge import DocumentKind
from ingestion.sources import SourceNotes

__all__ = ["UploadIn"]

WAIT_BYTES: Final = 10_000_000


class UploadIn(Model):
    """Files to ingest into a knowledge base, as multipart/form-data."""

    knowledge_base: KnowledgeBaseName
    files: list[UploadFile] = Field(min_length=1, description="The ending of a name tells the format.")
    wait: bool | None = Field(
        default=None, description="Wait for the end; if left out, so it is for uploads of less than 10 MB."
    )
    kind: DocumentKind | None = Field(default=None, description="What all these documents are.")
    tags: list[Label] = Field(default=[], max_length=100, description="For all these documents, beside their own.")
    effective_from: Day | None = Field(default=None, description="The first day on which they hold.")
    effective_until: Day | None = Field(default=None, description="The last day on which they hold.")

    @model_validator(mode="after")
    def _check_period(self) -> UploadIn:
        check_period(self.effective_from, self.effective_until)
        return self

    @property
    def notes(self) -> SourceNotes:
        """What is said of all the files."""
        return SourceNotes(self.kind, tuple(self.tags), self.effective_from, self.effective_until)

    @property
    def waits(self) -> bool:
        """Whether the request is answered at the end of the ingestion."""
        return sum(file.size or 0 for file in self.files) < WAIT_BYTES if self.wait is None else self.wait

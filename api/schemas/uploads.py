"""Uploads of files; apart from the others because it needs the HTTP framework."""

from __future__ import annotations

from fastapi import UploadFile
from pydantic import Field

from api.schemas.base import KnowledgeBaseName, Model

__all__ = ["UploadIn"]


class UploadIn(Model):
    """Files to ingest into a knowledge base, as multipart/form-data."""

    knowledge_base: KnowledgeBaseName
    files: list[UploadFile] = Field(min_length=1, description="The ending of a name tells the format.")

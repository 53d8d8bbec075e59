"""The KnowledgeRepository port in an SQL database."""

from __future__ import annotations

from engine.persistence.documents import SqlDocuments
from engine.persistence.knowledge_bases import SqlKnowledgeBases
from engine.persistence.parallels import SqlParallels
from engine.persistence.publishing import SqlPublishing

__all__ = ["SqlKnowledgeRepository"]


class SqlKnowledgeRepository(SqlKnowledgeBases, SqlDocuments, SqlPublishing, SqlParallels):
    """Knowledge bases and documents; safe to use from several threads and processes."""

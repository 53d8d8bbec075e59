"""The tables; migrations under `migrations/` bring a database to this state."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedJson, SealedName, SealedText

__all__ = [
    "bands",
    "calibrations",
    "chunks",
    "conversations",
    "documents",
    "exchanges",
    "feedback",
    "indexes",
    "intents",
    "knowledge_bases",
    "metadata",
    "page_keys",
    "regions",
    "taxonomies",
    "texts",
    "turns",
    "versions",
    "word_lists",
    "words",
]

metadata = MetaData()

knowledge_bases = Table(
    "knowledge_bases",
    metadata,
    Column("name", AnyText, primary_key=True),
    Column("description", AnyText, nullable=False),
    Column("generation", Integer, nullable=False, server_default="0", comment="grows with each activation"),
)

indexes = Table(
    "indexes",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("slot", AnyText, primary_key=True, comment="empty for the first"),
    Column("in_use", Boolean, nullable=False),
    Column("source", AnyText, nullable=False, comment="what is loaded to search it; empty: what the settings name"),
    Column("trial", JSON, nullable=True, comment="how it did beside the one in use"),
    Column("model", AnyText, nullable=False),
    Column("revision", AnyText, nullable=False),
    Column("dimension", Integer, nullable=False),
    Column("normalized", Boolean, nullable=False),
    Column("terms", AnyText, nullable=False),
)

calibrations = Table(
    "calibrations",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("slope", Float, nullable=False),
    Column("intercept", Float, nullable=False),
    Column("thresholds", JSON, nullable=False, comment="pairs of an accepted error and a confidence"),
    Column("questions", Integer, nullable=False),
    Column("basis", AnyText, nullable=False, comment="the shipped models that it corrects"),
    Column("fitted_on", AnyText, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), nullable=False),
    Column("current_version", Integer, comment="null until a version is activated"),
    Column("source", AnyText, nullable=False, comment="of the current version, as is the uri"),
    Column("uri", AnyText, nullable=False),
    Column("container", AnyText, nullable=False, server_default="", comment="uri of the archive or mail it came in"),
    Index("documents_listing", "knowledge_base", "uri", "id"),
    Index("documents_contained", "knowledge_base", "source", "container"),
)

versions = Table(
    "versions",
    metadata,
    Column("document_id", AnyText, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("activated", Boolean, nullable=False),
    Column("source", AnyText, nullable=False),
    Column("uri", AnyText, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("content_hash", AnyText, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("effective_from", Date),
    Column("effective_until", Date),
    Column("metadata", JSON, nullable=False),
    Column("chunk_count", Integer, nullable=False),
    Column("updated_at", AnyText, nullable=False),
    Column("generation", Integer, comment="of the knowledge base, when it was activated"),
    Column("first_day", Integer, comment="ordinals of the days on which it is in force, once activated"),
    Column("last_day", Integer),
    Column("replaces", Integer),
    Column("edited", JSON, nullable=False, server_default="[]"),
    Column("text_hash", AnyText, nullable=False, server_default=""),
    Column("sketch", LargeBinary),
    Index("versions_text", "text_hash"),
    Index("versions_first_day", "first_day"),
    Index("versions_last_day", "last_day"),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", AnyText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", AnyText, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.version"], ondelete="CASCADE"),
)

chunks = Table(
    "chunks",
    metadata,
    Column("document_id", AnyText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("id", AnyText, nullable=False),
    Column("start", Integer, nullable=False, comment="of the span in the version's text, which is sliced"),
    Column("end", Integer, nullable=False),
    Column("section", JSON, nullable=False),
    Column("page", Integer),
    Column("language", AnyText, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.version"], ondelete="CASCADE"),
)

regions = Table(
    "regions",
    metadata,
    Column("document_id", AnyText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False, comment="of the span in the version's text"),
    Column("end", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("left", Float, nullable=False, comment="shares of the page's width and height"),
    Column("top", Float, nullable=False),
    Column("right", Float, nullable=False),
    Column("bottom", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.version"], ondelete="CASCADE"),
)

bands = Table(
    "bands",
    metadata,
    Column("document_id", AnyText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("band", BigInteger, primary_key=True, autoincrement=False, comment="of the text's fingerprint"),
    ForeignKeyConstraint(["document_id", "version"], ["versions.document_id", "versions.version"], ondelete="CASCADE"),
    Index("bands_lookup", "band"),
)

page_keys = Table(
    "page_keys",
    metadata,
    Column("document_id", AnyText, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("key", AnyText, primary_key=True, comment="shared by documents that are the same page"),
    Column("knowledge_base", AnyText, nullable=False),
    Index("page_keys_lookup", "knowledge_base", "key"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("customer", SealedName, nullable=False, comment="the caller's id of the customer; empty if not told"),
    Column("began_at", AnyText, nullable=False),
    Column("last_at", AnyText, nullable=False),
    Index("conversations_of_customers", "customer"),
    Index("conversations_by_time", "last_at"),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", AnyText, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("role", AnyText, nullable=False),
    Column("text", SealedText, nullable=False),
    Column("action", AnyText, comment="of the assistant; null for a plain turn"),
)

taxonomies = Table(
    "taxonomies",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False, comment="grows with every change of the intents"),
)

intents = Table(
    "intents",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("id", AnyText, primary_key=True),
    Column("description", AnyText, nullable=False),
    Column("category", AnyText, nullable=False),
    Column("queue", AnyText, nullable=False),
    Column("priority", AnyText, nullable=False),
    Column("required", JSON, nullable=False),
    Column("examples", JSON, nullable=False),
)

word_lists = Table(
    "word_lists",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("revision", Integer, nullable=False, comment="grows with each change"),
)

words = Table(
    "words",
    metadata,
    Column("knowledge_base", AnyText, ForeignKey("knowledge_bases.name", ondelete="CASCADE"), primary_key=True),
    Column("word", AnyText, primary_key=True),
    Column("severity", AnyText, nullable=False),
    Column("remedy", AnyText, nullable=False),
    Column("disguised", Boolean, nullable=False),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("answer_id", AnyText, primary_key=True),
    Column("conversation_id", AnyText, nullable=False),
    Column("position", Integer, nullable=False, comment="of the customer's turn, which has the question"),
    Column("knowledge_base", AnyText, nullable=False),
    Column("standalone", SealedText, nullable=False),
    Column("language", AnyText, nullable=False),
    Column("answer", SealedText, nullable=False),
    Column("citations", SealedJson, nullable=False),
    Column("created_at", AnyText, nullable=False),
    Column("abstained", AnyText),
    Column("clarified", Boolean, nullable=False),
    Column("handoff", AnyText),
    ForeignKeyConstraint(
        ["conversation_id", "position"], ["turns.conversation_id", "turns.position"], ondelete="CASCADE"
    ),
    Index("exchanges_in_order", "conversation_id", "position"),
    Index("exchanges_by_time", "knowledge_base", "created_at", "answer_id"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("answer_id", AnyText, ForeignKey("exchanges.answer_id", ondelete="CASCADE"), nullable=False),
    Column("verdict", AnyText, comment="null where there is only a csat"),
    Column("edited_text", SealedText, nullable=False),
    Column("csat", Integer),
    Column("comment", SealedText, nullable=False),
    Column("created_at", AnyText, nullable=False),
    Index("feedback_of_answers", "answer_id"),
    Index("feedback_by_time", "created_at", "id"),
)

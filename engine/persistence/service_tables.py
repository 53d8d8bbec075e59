"""The tables of the service: who may call it, what was done, whom it tells, what it replied."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from engine.persistence.any_text import AnyText
from engine.persistence.sealed import SealedText
from engine.persistence.tables import metadata

__all__ = [
    "api_keys",
    "audit",
    "encryption_keys",
    "rate_windows",
    "replies",
    "uploads",
    "webhook_deliveries",
    "webhooks",
]

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("secret_hash", AnyText, nullable=False, comment="SHA-256 of a random secret, in hexadecimal"),
    Column("name", AnyText, nullable=False),
    Column("tenant", AnyText, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("access", JSON, comment="access lists; null for all documents"),
    Column("created_at", AnyText, nullable=False),
    Column("expires_at", AnyText),
    Column("revoked_at", AnyText),
    Column("last_used_at", AnyText),
    Column("public", JSON, comment="origins, knowledge base and rate limits; null for keys that are secret"),
)

encryption_keys = Table(
    "encryption_keys",
    metadata,
    Column("id", AnyText, primary_key=True, comment="of a key that values may be encrypted with, never the key"),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", AnyText, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("action", AnyText, nullable=False),
    Column("target", AnyText, nullable=False),
    Column("status", Integer, nullable=False),
    Column("hash", AnyText, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("url", SealedText, nullable=False),
    Column("events", JSON, nullable=False),
    Column("description", AnyText, nullable=False),
    Column("secret", SealedText, nullable=False, comment="messages are signed with it"),
    Column("created_at", Float, nullable=False),
    Column("failures", Integer, nullable=False, comment="messages in a row that never arrived"),
    Column("disabled_because", AnyText, nullable=False, comment="empty while messages are sent"),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("webhook_id", AnyText, ForeignKey("webhooks.id", ondelete="CASCADE"), primary_key=True),
    Column("id", AnyText, primary_key=True, comment="of the message, the same for all webhooks"),
    Column("event", AnyText, nullable=False),
    Column("payload", AnyText, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Float, comment="when it is tried next"),
    Column("status", Integer),
    Column("error", AnyText, nullable=False),
    Index("webhook_deliveries_due", "state", "next_at"),
)

replies = Table(
    "replies",
    metadata,
    Column("key", AnyText, primary_key=True, comment="hash of the caller and their key"),
    Column("request", AnyText, nullable=False, comment="hash of what was asked"),
    Column("claimed_at", Float, nullable=False),
    Column("status", Integer, comment="null while the request is under way"),
    Column("media_type", AnyText, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="encrypted under the caller's key"),
    Index("replies_by_time", "claimed_at"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("key", AnyText, primary_key=True, comment="of the job that needs them"),
    Column("name", AnyText, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("received_at", Float, nullable=False),
)

rate_windows = Table(
    "rate_windows",
    metadata,
    Column("key", AnyText, primary_key=True, comment="hash of who called, and of the limit"),
    Column("number", BigInteger, primary_key=True, autoincrement=False, comment="of the window since the epoch"),
    Column("count", Integer, nullable=False),
    Column("ends_at", Float, nullable=False, comment="when it tells nothing any more"),
    Index("rate_windows_by_end", "ends_at"),
)

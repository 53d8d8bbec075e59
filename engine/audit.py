"""The record of who did what, in a chain of hashes: whoever changes or drops an entry breaks it there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from engine.domain.privacy import AuditEntry, Verification
from engine.ports import AuditRepository

__all__ = ["chained", "record", "verified"]


def chained(entry: AuditEntry, previous: str) -> AuditEntry:
    """Return the entry with its hash: SHA-256 over what it says and the hash of the one before, as JSON."""
    said = (entry.seq, _moment(entry.at), entry.subject, entry.action, entry.target, entry.status, previous)
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return replace(entry, hash=hashlib.sha256(text.encode("ascii")).hexdigest())


def record(kept: AuditRepository, *, subject: str, action: str, target: str, status: int) -> AuditEntry:
    """Add what somebody did just now."""
    return kept.append(AuditEntry(0, datetime.now(UTC), subject, action, target, status, ""))


def verified(kept: AuditRepository) -> Verification:
    """Tell whether the chain holds from its first entry on.

    An end that was cut off is seen only by whoever noted the `head` of an earlier verification.
    """
    count, head = 0, ""
    for entry in kept.entries():
        if entry.seq != count + 1 or chained(entry, head).hash != entry.hash:
            return Verification(count, head, count + 1)
        count, head = entry.seq, entry.hash
    return Verification(count, head)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")

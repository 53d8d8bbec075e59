"""Names of folders and collections for knowledge bases, whose own names may be any text."""

from __future__ import annotations

import hashlib
import re

__all__ = ["safe_name"]


def safe_name(knowledge_base: str) -> str:
    """Return a name of lower-case ASCII letters, digits and hyphens, at most 49 characters.

    It begins with what is readable of the knowledge base's name and ends with 64 bits of its SHA-256, so that
    different names stay different, also where the file system ignores case.
    """
    readable = re.sub(r"[^a-z0-9]+", "-", knowledge_base.lower()).strip("-")[:32].strip("-")
    digest = hashlib.sha256(knowledge_base.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{readable}-{digest}" if readable else digest

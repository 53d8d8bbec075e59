"""What is learnt of an embedding service at its first use."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import Final

from engine.embedding.loaded import unit_rows
from engine.embedding.service_calls import Refused, ServiceCalls
from engine.embedding.service_dialects import Dialect, dialect_of
from engine.errors import BackendFailed, Misconfigured
from engine.ports import EmbedderInfo, Vector

__all__ = ["WITNESS", "Known", "ServiceOptions", "changed", "learnt"]

WITNESS: Final = "How long is the warranty?"
"""Sent along to see whether the model behind the service is still the same."""
LIKE: Final = 0.95  # cosine of two vectors of one text by one model, whatever its precision and the company
LEARN: Final = 3  # requests, each of which may take as long as a query


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOptions:
    """Where a model is served and how it is asked.

    `batch_size` texts go into a request, and `parallel` requests with passages are under way at a time. One may take
    `timeout_s`, repetitions included; one with a query `query_timeout_s`. The prefixes are put before each text.
    """

    url: str
    model: str
    api_key: str = ""
    revision: str = ""
    languages: tuple[str, ...] = ()
    batch_size: int = 32
    parallel: int = 4
    timeout_s: float = 60.0
    query_timeout_s: float = 3.0
    retries: int = 6
    query_prefix: str = ""
    passage_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was learnt of the service at its first use, and the vector of the witness then, of unit length."""

    dialect: Dialect
    info: EmbedderInfo
    witness: Vector

    def check(self, row: Vector) -> None:
        """Raise BackendFailed if a new vector of the witness is of another model."""
        if float(unit_rows(row[None])[0] @ self.witness) < LIKE:
            raise changed(self.info)


def learnt(options: ServiceOptions, calls: ServiceCalls) -> Known:
    """Ask a service what it serves and for the witness's vector, in three times the time of a query at the longest.

    BackendFailed if it does not answer or refuses even that text; Misconfigured if it serves something else.
    """
    deadline = time.monotonic() + LEARN * options.query_timeout_s
    dialect = dialect_of(options.model, lambda path: calls.look(path, deadline=deadline, retries=1))
    try:
        witness: Vector = unit_rows(dialect.embedded(calls, [WITNESS], deadline=deadline, retries=1))[0]
    except Refused:
        raise BackendFailed(
            f"The embedding service refuses every text for {options.model}.",
            remedy="Check the name in embedding_model, and its log.",
        ) from None
    languages = frozenset(language.split("-")[0].lower() for language in options.languages)
    name, revision = f"service:{options.model}", _revision(options, dialect)
    info = EmbedderInfo(name, revision, len(witness), normalized=True, languages=languages)
    return Known(dialect, info, witness)


def changed(info: EmbedderInfo) -> BackendFailed:
    """Return what tells that a service is no longer as it was learnt."""
    return BackendFailed(
        f"The embedding service gives other vectors than it did: it served {info.model} at {info.revision}, "
        f"{info.dimension} dimensions.",
        remedy="Have it serve that again, or restart and index anew with `knowdesk ingest --rebuild`.",
    )


def _revision(options: ServiceOptions, dialect: Dialect) -> str:
    """Return the revision that the settings or the service name, with a digest of the prefixes if there are any."""
    wanted, told = options.revision, dialect.revision
    if dialect.native and wanted and told and wanted != told:
        raise Misconfigured(
            f"The embedding service serves {dialect.model} at revision {told}, not {wanted}.",
            remedy="Correct embedding_revision, or have the service load that one.",
        )
    prefixes = (options.query_prefix, options.passage_prefix)
    digest = hashlib.blake2b(repr(prefixes).encode(), digest_size=4).hexdigest()
    return (wanted or told or "unknown") + (f"+{digest}" if any(prefixes) else "")

"""What a run was made with: data, settings, seeds, code and versions."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter

import engine
import ingestion
from evals.subject import Setting

__all__ = ["MANIFEST", "Manifest", "UnitPlan", "code_version", "now", "versions"]

LIBRARIES = ("knowdesk", "numpy", "qdrant-edge-py", "sentence-transformers", "tokenizers", "torch", "unstructured")


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """One knowledge base with what is asked of it: its name, the hash of its data, and how many cases there are."""

    name: str
    data_hash: str
    documents: int
    cases: int

    @property
    def size(self) -> int:
        """How much there is to do: a document takes about as long as a case."""
        return self.documents + self.cases


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a run depends on; `code` is a hash of the engine's and the ingestion's source files.

    `options` are those of the command that change what is asked, `versions` those of Python and libraries.
    """

    units: tuple[UnitPlan, ...]
    settings: Mapping[str, Setting]
    options: Mapping[str, Setting]
    code: str
    versions: Mapping[str, str]
    started: str
    format: int = 1

    def differences(self, other: Manifest) -> tuple[str, ...]:
        """Name what keeps cases of the two from standing in one run: data, settings, options, code or format."""
        pairs = {
            "data": (self.units, other.units),
            "settings": (dict(self.settings), dict(other.settings)),
            "options": (dict(self.options), dict(other.options)),
            "code": (self.code, other.code),
            "format": (self.format, other.format),
        }
        return tuple(name for name, (mine, theirs) in pairs.items() if mine != theirs)


MANIFEST = TypeAdapter(Manifest)


def code_version() -> str:
    """Return a hash of all Python files of engine and ingestion; it needs no version control."""
    digest = hashlib.sha256()
    for package in (engine, ingestion):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def versions() -> dict[str, str]:
    """Return versions of Python and of the libraries that shape results, and what the machine is."""
    found = {name: _version(name) for name in LIBRARIES}
    machine = {"python": platform.python_version(), "platform": platform.system(), "machine": platform.machine()}
    return {**machine, "cores": str(os.cpu_count()), **{name: each for name, each in found.items() if each}}


def now() -> str:
    """Return the time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""

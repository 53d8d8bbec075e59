"""What identifies an embedding model, told without loading it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from engine.errors import Misconfigured

__all__ = ["fingerprint", "identity_of", "local_folder"]

_SAMPLE = 1 << 16  # bytes at each end of a file that go into a fingerprint


def identity_of(model: str) -> tuple[str, str] | None:
    """Return name and revision of the bundled MiniLM (empty) or of a folder; None of a hub name, which a hub knows."""
    if not model:
        from engine.embedding.minilm import bundled_info

        return bundled_info().model, bundled_info().revision
    folder = local_folder(model)
    return (folder.resolve().name, fingerprint(folder)) if folder else None


def local_folder(model: str) -> Path | None:
    """Return the folder that a model is named by; None of a hub name, Misconfigured if there is no such folder."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if model.startswith((".", "/", "~")) or model.count("/") > 1 or "\\" in model:
        raise Misconfigured(f"There is no embedding model at {model}.", remedy="Check the setting embedding_model.")
    return None


def fingerprint(folder: Path) -> str:
    """Return the first 128 bits of a SHA-256 over the files' names and sizes, and the ends of each.

    Weights that were trained further differ at their ends; reading gigabytes at every start would take too long.
    """
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}:{size}:".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()[:32]

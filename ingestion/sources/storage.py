"""Files in object storage and wherever else fsspec has an implementation for: s3://, gs://, az://, oss://, memory://."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from engine.errors import BackendFailed, InvalidInput, Misconfigured, NotFound
from engine.optional import require
from ingestion.sources.body import bounded
from ingestion.sources.folder import is_passing
from ingestion.sources.values import Source, SourceNotes

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem  # type: ignore[import-untyped]

__all__ = ["StoredFile", "open_storage"]

_BLOCK = 1 << 20
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "az": "azure", "abfs": "azure", "oss": "oss"}
# What implementations let through of the libraries below them, by module and class; looked up only once imported.
_FOREIGN = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("google.auth.exceptions", "GoogleAuthError"),
    ("gcsfs.retry", "HttpError"),
    ("azure.core.exceptions", "AzureError"),
    ("oss2.exceptions", "OssError"),
    ("aiohttp", "ClientError"),
    ("requests", "RequestException"),
)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in a storage; at most `max_bytes` of it are read, whatever the listing said."""

    uri: str
    size: int
    path: str
    storage: AbstractFileSystem
    max_bytes: int
    title: str = ""
    notes: SourceNotes = field(default_factory=SourceNotes)

    @property
    def name(self) -> str:
        """The uri."""
        return self.uri

    def read(self) -> bytes:
        """Return the content; InvalidInput if it is gone, too large or may not be read."""
        try:
            return bounded(self._blocks(), name=self.uri, max_bytes=self.max_bytes)
        except _failures() as error:
            reason = type(error).__name__
            raise InvalidInput(
                f"{self.uri} cannot be read: {reason}.", remedy="Check that it is still there."
            ) from error

    def _blocks(self) -> Iterator[bytes]:
        with self.storage.open(self.path, "rb") as file:
            while block := file.read(_BLOCK):
                yield block


def open_storage(url: str, *, max_bytes: int = 64_000_000) -> Source:
    """Return the file at `url`, such as s3://bucket/help, or all files below it, sorted by uri.

    Credentials are those that the storage's own library finds. Raises Misconfigured, with the pip command, if the
    implementation is not installed; InvalidInput for an address that is none, NotFound if there is nothing, and
    BackendFailed if the storage cannot be listed.
    """
    storage, path = _connected(url)
    try:
        storage.invalidate_cache()
        if storage.isfile(path):
            above = str(storage._parent(path))
            return Source(_name(storage, above), (_file(storage, storage.info(path), above, max_bytes),), False)
        found = storage.find(path, detail=True)
    except _failures() as error:
        raise BackendFailed(
            f"The storage of {url} cannot be listed ({type(error).__name__}).", remedy="Check address and credentials."
        ) from error
    if not found and not storage.isdir(path):
        raise NotFound(f"There is nothing at {url}.", remedy="Check the address.")
    files = (_file(storage, info, path, max_bytes) for info in found.values() if info["type"] == "file")
    shown = (file for file in files if not any(map(is_passing, PurePosixPath(file.uri).parts)))
    return Source(_name(storage, path), tuple(sorted(shown, key=lambda file: file.uri)), True)


def _connected(url: str) -> tuple[AbstractFileSystem, str]:
    protocol, _, rest = url.partition("://")
    if "::" in url or "@" in rest.partition("/")[0] or protocol in ("http", "https", "ftp", ""):
        raise InvalidInput(
            "A storage address is one protocol and a path, without credentials.", remedy="Such as s3://bucket/help."
        )
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    from fsspec.registry import known_implementations  # type: ignore[import-untyped]

    try:
        storage, path = url_to_fs(url)
    except ImportError as error:
        package = known_implementations.get(protocol, {"class": protocol})["class"].partition(".")[0]
        if protocol in _EXTRAS:
            require(package, _EXTRAS[protocol])
        if package == "fsspec":
            package = error.name or protocol
        raise Misconfigured(
            f"{protocol}:// needs the Python package {package!r}.", remedy=f"Run: pip install {package}"
        ) from error
    except ValueError as error:
        raise InvalidInput(f"No storage is known for {protocol}://.", remedy="Such as s3://bucket/help.") from error
    return storage, str(path)


def _file(storage: AbstractFileSystem, info: dict[str, object], root: str, max_bytes: int) -> StoredFile:
    path = str(info["name"])
    uri = path.removeprefix(root.rstrip("/")).lstrip("/")
    return StoredFile(uri, int(str(info["size"] or 0)), path, storage, max_bytes)


def _name(storage: AbstractFileSystem, path: str) -> str:
    """Return the name of a source; a folder of this machine has the same one however it is given."""
    from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

    return path if isinstance(storage, LocalFileSystem) else str(storage.unstrip_protocol(path.rstrip("/")))


def _failures() -> tuple[type[Exception], ...]:
    loaded = ((sys.modules.get(module), name) for module, name in _FOREIGN)
    return (OSError, *(getattr(module, name) for module, name in loaded if module is not None))

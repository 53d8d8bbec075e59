"""The folder of one Edge index: which of its shards is the current one, and what is known of it."""

from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import BackendFailed, Misconfigured
from engine.files import replacing

__all__ = ["EdgeFolder", "EdgeState"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class EdgeState:
    """What outlives the process beside the shard.

    `shard` is the current shard's folder. `compacted` counts the chunks it had when it was last compacted, `removed`
    those deleted or replaced since; while there are any, the shard's own term statistics still count them.
    """

    knowledge_base: str
    dimension: int
    shard: str
    compacted: int = 0
    removed: int = 0


class EdgeFolder:
    """Shards of one knowledge base beside a state file that names the current one.

    The state file is replaced in one step, and what it does not name is a leftover: a crash at any moment leaves
    either the old shard or the new one in place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path / "state.json"

    @property
    def exists(self) -> bool:
        """Tell whether there is an index."""
        return self._file.is_file()

    def read(self) -> EdgeState:
        """Return the state; BackendFailed if it is damaged, Misconfigured if a newer version wrote it."""
        try:
            kept = json.loads(self._file.read_text(encoding="ascii"))
            written = kept.pop("format")
            state = EdgeState(**kept) if written == FORMAT else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackendFailed(
                f"The index state {self._file} cannot be read.", remedy="Restore a snapshot, or ingest with --rebuild."
            ) from error
        if state is None:
            raise Misconfigured(
                f"The index in {self.path} has format {written}, this version knows {FORMAT}.",
                remedy="Use the version that wrote it, or ingest with --rebuild.",
            )
        return state

    def write(self, state: EdgeState) -> None:
        """Make `state` the current one, in one step."""
        with replacing(self._file) as draft:
            draft.write_text(json.dumps({"format": FORMAT, **asdict(state)}), encoding="ascii")

    def shard(self, name: str) -> Path:
        """Return the folder of a shard."""
        return self.path / name

    def new_shard(self) -> Path:
        """Create an empty folder for another shard."""
        path = self.path / f"shard-{uuid.uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def sweep(self, current: str) -> None:
        """Remove the shards that a crash left behind."""
        for path in self.path.glob("shard-*"):
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    def remove(self) -> None:
        """Remove everything; the index ceases to exist first."""
        self._file.unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

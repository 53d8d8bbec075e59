"""The folder of a run: manifest.json, cases/<unit>.jsonl, documents/<unit>.jsonl and, when it is done, summary.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from engine.errors import Conflict, InvalidInput, NotFound
from engine.files import replacing
from evals.runs.case import CASE, Case
from evals.runs.log import Log, read_log
from evals.runs.manifest import MANIFEST, Manifest
from evals.subject import Indexed

__all__ = ["INDEXED", "RunFolder"]

INDEXED = TypeAdapter(Indexed)


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A run's folder; a value, which opens its files when asked."""

    path: Path

    @classmethod
    def existing(cls, path: Path) -> RunFolder:
        """Return the folder of a run that was begun; NotFound if there is none."""
        if not (path / "manifest.json").is_file():
            raise NotFound(f"{path} is not a run.", remedy="Name a folder that `knowdesk eval run --out` made.")
        return cls(path)

    @property
    def indexes(self) -> Path:
        """Where indexes lie while the run is under way."""
        return self.path / "indexes"

    def begin(self, manifest: Manifest) -> Manifest:
        """Record what the run is made with, or check that it is the same as when it was begun; return the first."""
        file = self.path / "manifest.json"
        if not file.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            with replacing(file) as draft:
                draft.write_bytes(MANIFEST.dump_json(manifest, indent=1))
            return manifest
        begun = self.manifest()
        if changed := begun.differences(manifest):
            problem = f"The run in {self.path.name} was begun with other {' and '.join(changed)}."
            raise Conflict(problem, remedy="Choose another --out, or go back to what it was begun with.")
        return begun

    def manifest(self) -> Manifest:
        """Return what the run is made with."""
        try:
            return MANIFEST.validate_json((self.path / "manifest.json").read_bytes())
        except ValidationError as error:
            problem = f"{self.path.name}/manifest.json is not a manifest that this version knows."
            raise InvalidInput(problem, remedy="Run the evaluation again into a new folder.") from error

    def cases(self) -> tuple[Case, ...]:
        """Return all cases so far in order of their ids, each once; whole units where the run is not done."""
        found = {case.id: case for plan in self.manifest().units for case in read_log(self.cases_file(plan.name), CASE)}
        return tuple(found[each] for each in sorted(found))

    def failed_documents(self) -> tuple[Indexed, ...]:
        """Return the documents that could not be indexed, each once."""
        files = (self.documents_file(plan.name) for plan in self.manifest().units)
        return tuple(dict.fromkeys(each for file in files for each in read_log(file, INDEXED) if each.failure))

    def cases_file(self, unit: str) -> Path:
        """Return where a unit's cases are."""
        return self.path / "cases" / f"{_file_name(unit)}.jsonl"

    def documents_file(self, unit: str) -> Path:
        """Return where a unit's documents are."""
        return self.path / "documents" / f"{_file_name(unit)}.jsonl"

    @contextmanager
    def writing(self, unit: str) -> Iterator[tuple[Log[Case], Log[Indexed]]]:
        """Open a unit's logs, for one process at a time."""
        with self.lock(_file_name(unit), patience_s=30):
            cases, documents = Log(self.cases_file(unit), CASE), Log(self.documents_file(unit), INDEXED)
            try:
                yield cases, documents
            finally:
                cases.close()
                documents.close()

    @contextmanager
    def lock(self, name: str, *, patience_s: float = 0) -> Iterator[None]:
        """Hold a lock that ends with the process; Conflict if another has it."""
        (self.path / "locks").mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path / "locks" / f"{name}.lock", timeout=patience_s):
                yield
        except Timeout as error:
            problem = f"Another process is at work in {self.path.name}."
            raise Conflict(problem, remedy="Wait for it to end, or choose another --out.") from error


def _file_name(unit: str) -> str:
    return re.sub(r"[^\w.-]", "_", unit)

"""Bring a knowledge base up to date with its sources."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine.errors import InvalidInput
from ingestion.inventory import Inventory, take_inventory
from ingestion.journal import Journal
from ingestion.parsing import check_size
from ingestion.preparing import Prepared, content_hash, document_id, prepare
from ingestion.report import Failure, IngestEvent, IngestReport, Progress
from ingestion.sources import Readable
from ingestion.target import IngestOptions, IngestTarget, open_index
from ingestion.writing import Writer

__all__ = ["ingest"]


def ingest(
    files: Iterable[Readable],
    *,
    target: IngestTarget,
    source: str,
    synchronize: bool = False,
    options: IngestOptions | None = None,
) -> Iterator[IngestEvent]:
    """Ingest what is new or changed; yield progress, and the report as the last value.

    With `synchronize`, `files` are all there are: documents of the same `source` that are not among them are deleted.
    A file that cannot be parsed is a failure in the report; an older version of it stays. Raises Conflict if the
    index was built with another model, BackendFailed if store, repository or embedder fail: what was written by then
    stays, and the next run goes on from there.
    """
    run = _Run(tuple(files), target, source, options or IngestOptions(), Writer(target), Journal(target, source))
    return run.events(synchronize=synchronize)


@dataclass(slots=True)
class _Run:
    files: tuple[Readable, ...]
    target: IngestTarget
    source: str
    options: IngestOptions
    writer: Writer
    journal: Journal
    inventory: Inventory = field(default_factory=lambda: Inventory({}))
    pending: list[Prepared] = field(default_factory=list)
    waiting: int = 0  # chunks of the pending documents
    failures: list[Failure] = field(default_factory=list)
    unchanged: int = 0
    done: int = 0
    chunks: int = 0

    def events(self, *, synchronize: bool) -> Iterator[IngestEvent]:
        began = time.perf_counter()
        open_index(self.target, rebuild=self.options.rebuild)
        ids = {self._id(file): file for file in reversed(self.files)}
        suspicious = self.journal.was_left_open
        self.inventory = take_inventory(
            self.target, source=self.source, document_ids=ids, whole=synchronize, suspicious=suspicious
        )
        for file in self.files:
            if ids[self._id(file)] is file:
                self._take(file)
            else:
                self._fail(file, f"{file.uri} is given twice.", "Give each document a uri of its own.")
            yield self._progress(file.uri)
            if self.waiting >= self.options.batch_chunks:
                yield from self._flush()
        yield from self._flush()
        deleted = self._delete(set(self.inventory.documents) - set(ids)) if synchronize else 0
        if self.journal.is_open:
            self.target.store.optimize(self.target.knowledge_base)
        if synchronize or not suspicious:  # else only a part of what the last run left was looked at
            self.journal.close()
        yield self._report(deleted, time.perf_counter() - began)

    def _report(self, deleted: int, seconds: float) -> IngestReport:
        written = self.writer.written
        known = sum(document.id in self.inventory.documents for document in written)
        return IngestReport(
            added=len(written) - known,
            changed=known,
            unchanged=self.unchanged,
            deleted=deleted,
            failed=len(self.failures),
            chunks=self.chunks,
            failures=tuple(self.failures),
            seconds=seconds,
            embed_seconds=self.writer.embed_seconds,
        )

    def _take(self, file: Readable) -> None:
        """Prepare a file for writing, unless it is indexed already or cannot be parsed."""
        try:
            check_size(file.size, name=file.uri, limits=self.options.limits)
            data = file.read()
            if self.inventory.is_current(self._id(file), self._hash(file, data)):
                self.unchanged += 1
                self.done += 1
            else:
                self.pending.append(prepare(file, data, source=self.source, target=self.target, options=self.options))
                self.waiting += len(self.pending[-1].chunks)
        except InvalidInput as error:
            self._fail(file, error.message, error.remedy)

    def _fail(self, file: Readable, error: str, remedy: str) -> None:
        self.failures.append(Failure(file.uri, error, remedy))
        self.done += 1

    def _flush(self) -> Iterator[Progress]:
        """Write what is pending."""
        if not self.pending:
            return
        self.journal.open()
        uri = self.pending[-1].document.uri
        for embedded in self.writer.write(self.pending):
            self.chunks += embedded
            yield self._progress(uri)
        self.done += len(self.pending)
        self.pending.clear()
        self.waiting = 0
        yield self._progress(uri)

    def _delete(self, gone: set[str]) -> int:
        if gone:
            self.journal.open()
        for key in sorted(gone):
            self.target.store.delete_document(self.target.knowledge_base, key)
            self.target.knowledge.delete_document(key)
        return len(gone)

    def _id(self, file: Readable) -> str:
        return document_id(self.target.knowledge_base, self.source, file.uri)

    def _hash(self, file: Readable, data: bytes) -> str:
        return content_hash(data, title=file.title, chunking=self.options.chunking)

    def _progress(self, uri: str) -> Progress:
        return Progress(self.done, len(self.files), self.chunks, uri)

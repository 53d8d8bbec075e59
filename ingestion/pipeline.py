"""Bring a knowledge base up to date with its sources."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from engine.domain.knowledge import Document
from engine.errors import InvalidInput
from ingestion.inventory import Inventory, take_inventory
from ingestion.journal import Journal
from ingestion.parallel_titles import relate_by_title
from ingestion.parsing import check_size
from ingestion.preparing import Prepared, content_hash, document_id, is_current, is_read_so, prepare, stored
from ingestion.report import Failure, IngestEvent, IngestReport, Progress, Warned
from ingestion.sources import Readable
from ingestion.target import IngestOptions, IngestTarget, open_index
from ingestion.versions.duplicates import duplicates_among
from ingestion.versions.revising import with_edits
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
    What is in an archive or mail is a document each; those that are no longer in it are deleted. A file that cannot be
    parsed is a failure in the report; an older version of it stays. Raises Conflict if the index was built with
    another model, BackendFailed if store, repository or embedder fail: what was written by then stays, and the next
    run goes on from there.
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
    warnings: list[Warned] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # ids
    total: int = 0
    unchanged: int = 0
    done: int = 0
    chunks: int = 0

    def events(self, *, synchronize: bool) -> Iterator[IngestEvent]:
        began = time.perf_counter()
        open_index(self.target, rebuild=self.options.rebuild)
        suspicious = self.journal.was_left_open
        uris = [file.uri for file in self.files]
        self.inventory = take_inventory(
            self.target, source=self.source, uris=uris, whole=synchronize, suspicious=suspicious
        )
        yield from self._restore()
        self.total = len(self.files)
        for file in self.files:
            yield from self._work_on(file)
        yield from self._flush()
        deleted = self._delete(self._gone(synchronize=synchronize))
        if self.journal.is_open:
            self.target.store.optimize(self.target.index)
        relate_by_title(self.target, self.writer.written, date.today())
        if synchronize or not suspicious:  # else only a part of what the last run left was looked at
            self.journal.close()
        yield self._report(deleted, began)

    def _report(self, deleted: int, began: float) -> IngestReport:
        writer = self.writer
        known = sum(document.id in self.inventory.documents for document in writer.written)
        duplicates = tuple(duplicates_among(self.target.knowledge, writer.written))
        return IngestReport(
            added=len(writer.written) - known,
            changed=known,
            unchanged=self.unchanged,
            deleted=deleted,
            failed=len(self.failures),
            chunks=self.chunks,
            failures=tuple(self.failures),
            seconds=time.perf_counter() - began,
            embed_seconds=writer.embed_seconds,
            embedded=writer.embedded,
            reused=writer.reused,
            repaired=len(self.inventory.incomplete),
            warnings=tuple(self.warnings),
            duplicates=duplicates,
        )

    def _restore(self) -> Iterator[Progress]:
        """Index again what the index has lost."""
        knowledge, batch, waiting = self.target.knowledge, list[Prepared](), 0
        for number, (key, version) in enumerate(self.inventory.incomplete, start=1):
            self.journal.open()
            batch.append(stored(knowledge, knowledge.version(key, version)))
            waiting += len(batch[-1].chunks)
            if waiting >= self.options.batch_chunks or number == len(self.inventory.incomplete):
                for found in self.writer.restore(batch):
                    self.chunks += found
                    yield self._progress(batch[-1].document.uri)
                batch, waiting = [], 0

    def _work_on(self, file: Readable) -> Iterator[Progress]:
        """Take a file, or what it holds."""
        for number, item in enumerate(self._opened(file)):
            self.total += number > 0
            self._take(item, container=file.uri if item.uri != file.uri else "")
            yield self._progress(item.uri)
            if self.waiting >= self.options.batch_chunks:
                yield from self._flush()

    def _opened(self, file: Readable) -> Iterable[Readable]:
        """Return what a file holds; the file itself if it is as it was, and so what it holds too, or cannot be read."""
        known = self.inventory.documents.get(self._id(file))
        try:
            check_size(file.size, name=file.uri, limits=self.options.limits)
            contents = self.inventory.contents.get(file.uri, ())
            if known and self._is_current(known, file, file.read()) and self._are_read_so(contents):
                self.seen.update(contents)
                return (file,)
        except InvalidInput:
            return (file,)
        return self.options.expand(file)

    def _take(self, file: Readable, *, container: str) -> None:
        """Prepare a file for writing, unless it is indexed already or cannot be parsed."""
        key = self._id(file)
        try:
            if key in self.seen:
                raise InvalidInput(f"{file.uri} is given twice.", remedy="Give each document a uri of its own.")
            self.seen.add(key)
            check_size(file.size, name=file.uri, limits=self.options.limits)
            data = file.read()
            known = self.inventory.documents.get(key)
            if known and self._is_current(known, file, data):
                self.unchanged += 1
                self.done += 1
            else:
                prepared = prepare(file, data, source=self.source, target=self.target, options=self.options)
                document = with_edits(replace(prepared.document, container=container), known)
                self._wait(replace(prepared, document=document))
        except InvalidInput as error:
            self._fail(file.uri, error)

    def _wait(self, prepared: Prepared) -> None:
        self.pending.append(prepared)
        self.waiting += len(prepared.chunks)
        if warnings := prepared.document.metadata.get("warnings"):
            self.warnings.append(Warned(prepared.document.uri, warnings))

    def _fail(self, uri: str, error: InvalidInput) -> None:
        self.failures.append(Failure(uri, error.message, error.remedy))
        self.done += 1

    def _flush(self) -> Iterator[Progress]:
        """Write what is pending."""
        if not self.pending:
            return
        self.journal.open()
        uri = self.pending[-1].document.uri
        for found in self.writer.write(self.pending):
            self.chunks += found
            yield self._progress(uri)
        self.done += len(self.pending)
        self.pending.clear()
        self.waiting = 0
        yield self._progress(uri)

    def _gone(self, *, synchronize: bool) -> list[str]:
        """Return the documents that are not there any more; what is in a file that cannot be opened stays."""
        given, failed = {file.uri for file in self.files}, {failure.uri for failure in self.failures}
        return [
            key
            for key, document in self.inventory.documents.items()
            if key not in self.seen
            and (synchronize or document.container in given)
            and (not document.container or document.container not in failed)
        ]

    def _delete(self, gone: list[str]) -> int:
        if gone:
            self.journal.open()
        store, names = self.target.store, self.target.all_indexes
        for key in gone:
            for name in names:
                store.delete_document(name, key)
            self.target.knowledge.delete_document(key)
        if gone:
            self.target.knowledge.purge()
            for name in names:
                store.purge(name)
        return len(gone)

    def _id(self, file: Readable) -> str:
        return document_id(self.target.knowledge_base, self.source, file.uri)

    def _is_current(self, known: Document, file: Readable, data: bytes) -> bool:
        hashed = content_hash(data, title=file.title, chunking=self.options.chunking, notes=file.notes.key)
        return is_current(known.content_hash, hashed, self.options.limits.ocr)

    def _are_read_so(self, keys: Sequence[str]) -> bool:
        documents = self.inventory.documents
        return all(is_read_so(documents[key].content_hash, self.options.limits.ocr) for key in keys)

    def _progress(self, uri: str) -> Progress:
        return Progress(self.done, max(self.total, self.done), self.chunks, uri)

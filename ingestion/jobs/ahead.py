"""Read and parse the files of a block ahead of their ingestion, several at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput, NotFound
from ingestion.paging import PageDone
from ingestion.parsing import Limits, check_size
from ingestion.preparing import content_hash, document_id, is_current
from ingestion.sources import Around, Readable, SourceNotes, Unavailable
from ingestion.target import IngestOptions, IngestTarget, Parse
from ingestion.workers.pool import OnWait, ParsePool

__all__ = ["Ahead", "Begun", "ParsedBlock", "Reading", "is_indexed"]

_TICK_S = 0.05
_Outcome = ParsedDocument | InvalidInput
_Key = tuple[str, bytes]
IsCurrent = Callable[[Readable, bytes], bool]
Fetch = Callable[[Callable[[], bytes]], bytes]
"""Calls a function that reads a document, more than once if need be."""


@dataclass(frozen=True)
class _Held(Around):
    """A file with its content in memory."""

    file: Readable
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def notes(self) -> SourceNotes:
        return self.file.notes

    def read(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read ahead, or could not be, and what parsing gave of it, or of what came in it."""

    file: Readable
    outcomes: tuple[tuple[_Key, _Outcome], ...] = ()


@dataclass(slots=True)
class Begun:
    """A block whose files are being read and parsed; `at` is the last page that was done of each file, by name."""

    readings: list[Future[Reading]] = field(default_factory=list)
    at: dict[str, PageDone] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages were done so far."""
        return sum(page.number for page in tuple(self.at.values()))

    @property
    def parsed(self) -> float:
        """How much of the files was parsed, in files, as far as their pages tell."""
        return sum(page.number / page.total for page in tuple(self.at.values()))

    @property
    def note(self) -> str:
        """Where the parsers are in files of several pages, as "scan.pdf: page 7 of 200"."""
        under_way = ((name, page) for name, page in tuple(self.at.items()) if page.number < page.total)
        return ", ".join(f"{name}: page {page.number} of {page.total}" for name, page in under_way)


class ParsedBlock:
    """Files of a block as ingestion takes them; `parse` returns what was found ahead, and parses what was not."""

    def __init__(self, readings: Sequence[Reading], parse: Parse) -> None:
        self.files = tuple(reading.file for reading in readings)
        self.pages = 0
        self._parse = parse
        self._outcomes = dict(pair for reading in readings for pair in reading.outcomes)

    def parse(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        """Return the document in `data`, or raise InvalidInput."""
        outcome = self._outcomes.get(_key(data, name))
        if isinstance(outcome, InvalidInput):
            raise outcome
        parsed = outcome or self._parse(data, name=name, limits=limits)
        self.pages += max((block.page or 0 for block in parsed.blocks), default=0)
        return parsed


def is_indexed(target: IngestTarget, options: IngestOptions, source: str, file: Readable, data: bytes) -> bool:
    """Tell whether a document is indexed with this very content, so that it need not be parsed."""
    hashed = content_hash(data, title=file.title, chunking=options.chunking, notes=file.notes.key)
    try:
        key = document_id(target.knowledge_base, source, file.uri)
        return is_current(target.knowledge.document(key).content_hash, hashed, options.limits.ocr)
    except NotFound:
        return False


class Ahead:
    """Reads files in threads that wait for the worker processes; one file more than there are processes."""

    def __init__(self, pool: ParsePool, options: IngestOptions, *, check: OnWait) -> None:
        self._pool = pool
        self._options = options
        self._check = check
        self._threads = ThreadPoolExecutor(pool.size + 1, thread_name_prefix="knowdesk-ahead")

    def start(self, files: Sequence[Readable], *, fetch: Fetch, is_current: IsCurrent) -> Begun:
        """Begin to read the files, and to parse those that are not current."""
        begun = Begun()
        begun.readings += [self._threads.submit(self._read, file, fetch, is_current, begun.at) for file in files]
        return begun

    def finish(self, begun: Begun, *, on_wait: OnWait) -> ParsedBlock:
        """Return the block when all its files are parsed; `on_wait` is called all the while and may raise."""
        while wait(begun.readings, timeout=_TICK_S).not_done:
            on_wait()
        return ParsedBlock([each.result() for each in begun.readings], partial(self._pool.parse, on_wait=on_wait))

    def close(self) -> None:
        """Begin nothing more, and wait for what was begun; `check` should raise by now."""
        self._threads.shutdown(cancel_futures=True)

    def _read(self, file: Readable, fetch: Fetch, is_current: IsCurrent, at: dict[str, PageDone]) -> Reading:
        self._check()
        try:
            held = _Held(file, fetch(partial(self._content, file)))
        except InvalidInput as error:
            return Reading(Unavailable(file.uri, error.message, error.remedy, file.title, file.notes))
        return Reading(held, tuple(self._parsed(held, is_current, at)))

    def _content(self, file: Readable) -> bytes:
        check_size(file.size, name=file.uri, limits=self._options.limits)
        return file.read()

    def _parsed(
        self, held: Readable, is_current: IsCurrent, at: dict[str, PageDone]
    ) -> Iterator[tuple[_Key, _Outcome]]:
        """Parse a file, or what is in it if it is an archive or a mail; ingestion meets the same failures again."""
        limits = self._options.limits
        with suppress(InvalidInput):
            for item in self._options.expand(held):
                with suppress(InvalidInput):
                    check_size(item.size, name=item.uri, limits=limits)
                    data = item.read()
                    if not is_current(item, data):
                        yield _key(data, item.name), self._outcome(data, item.name, at)

    def _outcome(self, data: bytes, name: str, at: dict[str, PageDone]) -> _Outcome:
        limits, on_page = self._options.limits, partial(at.__setitem__, name)
        try:
            return self._pool.parse(data, name=name, limits=limits, on_wait=self._check, on_page=on_page)
        except InvalidInput as error:
            return error


def _key(data: bytes, name: str) -> _Key:
    return name, hashlib.blake2b(data).digest()

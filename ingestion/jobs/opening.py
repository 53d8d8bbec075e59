"""From the sources that a job names to files, divided into blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from engine.errors import InvalidInput
from ingestion.jobs.values import JobSpec, SourceSpec
from ingestion.sources import Noted, Readable, Source, SourceFile, Unavailable
from ingestion.sources.places import merged

__all__ = ["Block", "Opener", "Plan", "open_sources", "planned", "taken"]

FILES = 20  # of a block: so many are compared with the index one by one, more of them with all of it
BYTES = 32_000_000  # of a block, which is in memory as a whole
_UNKNOWN = 4_000_000

Opener = Callable[[SourceSpec], Iterable[Source]]
"""Opens a source; raises the engine's errors."""


@dataclass(frozen=True, slots=True)
class Block:
    """Documents that are parsed, embedded and written together; `source` is the place of theirs among the sources."""

    source: int
    uris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a job decided to do when it began; a restart goes on with the same.

    `complete` are the places of the sources that are listed as a whole, so that what is gone can be deleted.
    """

    blocks: tuple[Block, ...]
    complete: tuple[int, ...] = ()

    def to_json(self) -> str:
        """Return it as JSON."""
        return _PLAN.dump_json(self).decode()

    @classmethod
    def from_json(cls, text: str) -> Plan:
        """Read what `to_json` wrote."""
        return _PLAN.validate_json(text)


_PLAN = TypeAdapter(Plan)


def open_sources(spec: JobSpec, openers: Mapping[str, Opener]) -> tuple[Source, ...]:
    """Return the sources, those of the same name as one, each document once; InvalidInput for an unknown kind."""
    found: list[Source] = []
    for each in spec.sources:
        if each.kind not in openers:
            raise InvalidInput(
                f"There is no kind of source {each.kind!r}.", remedy=f"There are: {', '.join(sorted(openers))}."
            )
        found += (source.noted(each.notes) for source in openers[each.kind](each))
    return tuple(_only(source, spec.only) if spec.only else source for source in merged(found))


def planned(sources: Sequence[Source]) -> Plan:
    """Divide the documents into blocks."""
    blocks = tuple(Block(at, uris) for at, source in enumerate(sources) for uris in _divided(source.files))
    return Plan(blocks, tuple(at for at, source in enumerate(sources) if source.complete))


def taken(block: Block, sources: Sequence[Source]) -> list[Readable]:
    """Return the documents of a block; one that is gone since the plan was made cannot be had."""
    files = {file.uri: file for file in sources[block.source].files} if block.source < len(sources) else {}
    gone = "It was there when the job began and is gone."
    return [files.get(uri) or Unavailable(uri, f"{uri}: {gone}", "Check the source.") for uri in block.uris]


def _only(source: Source, uris: Sequence[str]) -> Source:
    """Return the source with no other documents than these and those they came in; it is not complete then."""
    files = tuple(file for file in source.files if any(uri.startswith(file.uri) for uri in uris))
    return Source(source.name, files, complete=False)


def _divided(files: Sequence[Readable]) -> Iterator[tuple[str, ...]]:
    uris: list[str] = []
    size = 0
    for file in files:
        more = _size(file)
        if uris and (len(uris) == FILES or size + more > BYTES):
            yield tuple(uris)
            uris, size = [], 0
        uris.append(file.uri)
        size += more
    if uris:
        yield tuple(uris)


def _size(file: Readable) -> int:
    """Return the size of what is on this machine; what must be fetched to know is fetched with its block."""
    inner = file.file if isinstance(file, Noted) else file
    return inner.size if isinstance(inner, SourceFile) else _UNKNOWN

"""Watch a folder: what changes, once it has stopped changing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from engine.errors import InvalidInput
from ingestion.sources.folder import is_passing, open_source, source_file
from ingestion.sources.values import Source

if TYPE_CHECKING:
    from watchfiles import Change

__all__ = ["WatchOptions", "watch"]

_State = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch, in seconds: how long a file must rest, how often the whole folder is looked through regardless.

    `poll` looks at the files instead of waiting for the system's word, as network folders need.
    """

    settle_s: float = 1.0
    rescan_s: float = 600.0
    tick_s: float = 0.2
    poll: bool | None = None


def watch(folder: Path, *, options: WatchOptions | None = None, stop: Event | None = None) -> Iterator[Source]:
    """Yield the whole folder, then whatever changes in it, until `stop` is set.

    A source that is complete holds all files there are, so that what is missing is gone: it comes first, after a file
    or folder was deleted or moved, and now and then. Else it holds the files that were added or changed. A file that
    is still being written is held back until it rests; bursts come as one source. Raises InvalidInput if `folder` is
    none.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder.", remedy="Watch a folder.")
    options = options or WatchOptions()
    root = folder.resolve()
    batches = _changes(root, options, stop)
    touched = _Touched(root, options.settle_s)
    touched.add(next(batches, set()))
    scanned = time.monotonic()
    yield open_source(root)
    for batch in batches:
        touched.add(batch)
        if time.monotonic() - scanned > options.rescan_s:
            scanned = time.monotonic()
            touched.rescan = True
        yield from touched.settled()


def _changes(root: Path, options: WatchOptions, stop: Event | None) -> Iterator[set[tuple[Change, str]]]:
    """Yield what changed since the last time, at every tick; nothing is missed from the first time on."""
    from watchfiles import watch as watch_files

    tick = max(1, int(options.tick_s * 1000))
    return watch_files(
        root,
        watch_filter=_wanted(root),
        debounce=tick,
        step=min(50, tick),
        rust_timeout=tick,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=options.poll,
        raise_interrupt=True,
        ignore_permission_denied=True,
    )


class _Touched:
    """Paths that were touched, and how long each has looked the same."""

    def __init__(self, root: Path, settle_s: float) -> None:
        self.rescan = False
        self._root = root
        self._settle_s = settle_s
        self._gone = False
        self._waiting: dict[Path, tuple[_State, float]] = {}

    def add(self, changes: Iterable[tuple[Change, str]]) -> None:
        """Wait for these from now on."""
        now = time.monotonic()
        self._waiting.update((path, (_state(path), now)) for path in (Path(name) for _, name in changes))

    def settled(self) -> Iterator[Source]:
        """Yield what has rested long enough, and the whole folder when that is due and nothing is being written."""
        ready = self._ready()
        files = []
        for path in ready:
            try:
                if path.is_file():
                    files.append(source_file(path, self._root))
                    continue
            except FileNotFoundError:
                pass
            self._gone = True  # or a whole folder came
        if files:
            yield Source(self._root.as_posix(), tuple(files), False)
        if (self._gone or self.rescan) and not self._waiting:
            whole = open_source(self._root)
            if whole.files or self._gone:  # a folder that is empty of itself is a disk that is not mounted
                yield whole
            self._gone = self.rescan = False

    def _ready(self) -> list[Path]:
        now = time.monotonic()
        for path, (state, _) in list(self._waiting.items()):
            if (current := _state(path)) != state:
                self._waiting[path] = (current, now)
        ready = sorted(path for path, (_, since) in self._waiting.items() if now - since >= self._settle_s)
        for path in ready:
            del self._waiting[path]
        return ready


def _state(path: Path) -> _State:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _wanted(root: Path) -> Callable[[Change, str], bool]:
    return lambda _, path: not any(map(is_passing, Path(path).relative_to(root).parts))

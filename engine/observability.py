"""See what the engine does: the time of each stage, and logs that keep private content out."""

from __future__ import annotations

import copy
import json
import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from engine.errors import EngineError
from engine.serving import served

__all__ = ["Private", "Stopwatch", "configure_logging", "get_logger", "private"]

ROOT_LOGGER = "knowdesk"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_Args = tuple[object, ...] | Mapping[str, object] | None
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Stopwatch:
    """Collects how long each stage of one request takes; a stage that runs twice adds up. Not for several threads.

    No stage begins once the request that is served is to end.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time spent inside the `with` block, also when it raises; Stopped if nobody waits any more."""
        request = served()
        request.stop.check()
        begin = self._clock()
        try:
            yield
        finally:
            seconds = self._clock() - begin
            self._seconds[name] = self._seconds.get(name, 0.0) + seconds
            if request.observer:
                request.observer.stage(name, seconds)

    @property
    def timings_ms(self) -> dict[str, float]:
        """Milliseconds of each stage so far, to a microsecond, in the order in which they first ended."""
        return {name: round(1000 * seconds, 3) for name, seconds in self._seconds.items()}


class Private:
    """Content of a customer or a document on its way into a log: prints as its length unless it is revealed."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the content itself."""
        return self._text

    def __repr__(self) -> str:
        return f"<{len(self._text)} chars>"


def private(text: str) -> Private:
    """Mark content as private.

    `logger.info("asked %s", private(question))` logs "asked <12 chars>" unless private content is wanted.
    """
    return Private(text)


def get_logger(name: str) -> logging.Logger:
    """Return the logger of a module (`__name__`), below the one that `configure_logging` sets up."""
    return logging.getLogger(f"{ROOT_LOGGER}.{name}")


def configure_logging(
    *,
    private_content: bool = False,
    level: int = logging.WARNING,
    stream: TextIO | None = None,
    as_json: bool = False,
    names: Sequence[str] = (ROOT_LOGGER,),
) -> None:
    """Send the engine's log, and those of `names`, to `stream` (stderr), in place of any earlier configuration.

    Private content, and the messages of exceptions that are not ours, appear only with `private_content`
    (`Settings.log_private_content`). With `as_json` each entry is one JSON object on one line.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter((_JsonFormatter if as_json else _Formatter)(private_content=private_content))
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False


class _Formatter(logging.Formatter):
    def __init__(self, *, private_content: bool) -> None:
        super().__init__(_FORMAT)
        self._private_content = private_content

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # another handler's rendering of the exception may be cached here
        if self._private_content:
            own.args = _revealed(record.args)
        return super().format(own)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (the name is logging's)
        if self._private_content or ei[1] is None:
            return super().formatException(ei)
        return "\n".join(_without_foreign_messages(ei[1]))


class _JsonFormatter(_Formatter):
    """Writes what the text has, field by field, and the id of the request that was served."""

    def format(self, record: logging.LogRecord) -> str:
        args = _revealed(record.args) if self._private_content else record.args
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg) % args if args else str(record.msg),
            "request_id": served().id,
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in entry.items() if value}, ensure_ascii=False)


def _revealed(args: _Args) -> _Args:
    if isinstance(args, Mapping):
        return {key: _reveal(value) for key, value in args.items()}
    return tuple(_reveal(value) for value in args) if args else args


def _reveal(value: object) -> object:
    return value.reveal() if isinstance(value, Private) else value


def _without_foreign_messages(error: BaseException) -> Iterator[str]:
    """Yield the traceback of `error` and of what caused it; only our own errors promise to quote nothing private."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _without_foreign_messages(cause)
        yield "followed by:"
    yield from (line.rstrip() for line in traceback.format_tb(error.__traceback__))
    name = type(error).__qualname__
    yield f"{name}: {error}" if isinstance(error, EngineError) else name

"""Whether what answers depend on can be reached; servers are asked once in a while, however often we are asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from api.schemas.health import CheckOut
from engine.embedders import plain_embedder
from engine.errors import EngineError
from engine.ports import Probed
from engine.service import Engine

__all__ = ["SERVICES", "Probe", "checks_of"]

FRESH_S: Final = 10.0
SERVICES: Final = frozenset({"llm", "embedder"})
"""Names of checks without which questions are answered still, if not as well."""


class Probe:
    """Remembers for `fresh_s` how each backend was, by whoever asks for the engine that uses it."""

    def __init__(self, *, fresh_s: float = FRESH_S, clock: Callable[[], float] = time.monotonic) -> None:
        self._fresh_s = fresh_s
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, CheckOut]] = {}

    def check(self, name: str, backend: Probed) -> CheckOut:
        """Return how the backend of that name is, or was a moment ago."""
        with self._lock:
            known = self._known.get(name)
            if known is None or self._clock() - known[0] >= self._fresh_s:
                known = self._known[name] = (self._clock(), _checked(name, backend.probe))
            return known[1]


def checks_of(engine: Engine, probe: Probe) -> Iterator[CheckOut]:
    """Look at the database, every index, and the services of the language model and the embedder, if there are any."""
    names: list[str] = []

    def listed() -> None:
        names[:] = [found.name for found in engine.parts.knowledge.knowledge_bases()]

    yield _checked("database", listed)
    for name in names:
        yield _checked(f"index:{name}", lambda name=name: _open(engine, name))  # type: ignore[misc]
    if isinstance(engine.parts.generator, Probed):
        yield probe.check("llm", engine.parts.generator)
    if isinstance(embedder := plain_embedder(engine.parts.embedder), Probed):
        yield probe.check("embedder", embedder)


def _open(engine: Engine, knowledge_base: str) -> None:
    """Open the index and count in it; one that nothing was indexed into yet is in order."""
    if built := engine.open_index(knowledge_base):
        engine.parts.store.count(built.name(knowledge_base))


def _checked(name: str, look: Callable[[], None]) -> CheckOut:
    try:
        look()
    except EngineError as error:
        return CheckOut(name=name, ok=False, detail=str(error))
    return CheckOut(name=name, ok=True)

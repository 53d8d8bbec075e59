"""The embedder on a service: text-embeddings-inference, vLLM, or what else speaks OpenAI's protocol for embeddings."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.breaker import Breaker
from engine.embedding.loaded import encodable, unit_rows
from engine.embedding.service_calls import Refused, ServiceCalls
from engine.embedding.service_known import WITNESS, Known, ServiceOptions, changed, learnt
from engine.errors import BackendFailed, Misconfigured
from engine.observability import get_logger
from engine.patience import Patience
from engine.ports import EmbedderInfo, Vector

if TYPE_CHECKING:
    import httpx

__all__ = ["ServiceEmbedder"]

logger = get_logger(__name__)

LOOK_EVERY_S: Final = 30.0  # between two queries that the witness goes along with
PROBE_S: Final = 3.0
FIRST_PAUSE_S: Final = 0.25
FEW: Final = 2  # repetitions while a customer waits
SHORTEST: Final = 16  # characters; what is refused even so is not refused for its length


class ServiceEmbedder:
    """Embeds queries and passages by asking a service; safe to use from several threads.

    Nothing is asked before the first use. Then the service is learnt for good: one that gives other vectors later fails
    until it is as it was or this process starts anew, so that two models never meet in one index. BackendFailed if the
    service cannot be reached, fails or answers nonsense; Misconfigured if it says that it serves another model. A
    service that keeps failing gets no query for a while. Blank texts are not sent: they point equally along every axis.
    """

    def __init__(
        self,
        options: ServiceOptions,
        *,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        breaker: Breaker | None = None,
    ) -> None:
        if not options.model:
            raise Misconfigured("There is no name of an embedding model.", remedy="Set embedding_model=service:NAME.")
        self._options = options
        patience = Patience(options.retries, FIRST_PAUSE_S, options.timeout_s)
        self._calls = ServiceCalls(options.url, options.api_key, patience, transport=transport, sleep=sleep)
        self._breaker = breaker or Breaker(pause_s=5.0)
        self._learning = threading.Lock()
        self._learnt: Known | None = None
        self._looked = float("-inf")

    @property
    def info(self) -> EmbedderInfo:
        """Identity and abilities of the model; asks for them at the first use.

        The name is as in the settings, so that no index of a model in this process is taken for one of the service:
        services have prompts, precisions and cuts of their own. The prefixes are part of the revision.
        """
        return self._known().info

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 rows of unit length, shape (len(texts), dimension); never NaN, also for empty texts.

        A text that is too long for the model is cut.
        """
        known = self._known()
        vectors = np.zeros((len(texts), known.info.dimension), dtype=np.float32)
        said = [at for at, text in enumerate(texts) if text.strip()]
        if said:
            vectors[said] = self._passages(known, [self._options.passage_prefix + encodable(texts[at]) for at in said])
        return unit_rows(vectors)

    def embed_query(self, text: str) -> Vector:
        """Return a float32 vector of unit length, shape (dimension,)."""
        known = self._known()
        if not text.strip():
            return _only(np.zeros((1, known.info.dimension), dtype=np.float32))
        due = time.monotonic() - self._looked >= LOOK_EVERY_S
        asked = [self._options.query_prefix + encodable(text), *((WITNESS,) if due else ())]
        with self._tried():
            rows = self._rows(known, asked, within_s=self._options.query_timeout_s, retries=FEW)
            if due:
                known.check(rows[1])
                self._looked = time.monotonic()
            return _only(rows[:1])

    def probe(self) -> None:
        """Ask whether the service is there; BackendFailed if it is not, or refuses the key."""
        path = self._learnt.dialect.health if self._learnt else "/v1/models"
        self._calls.probe(path, within_s=PROBE_S)

    def close(self) -> None:
        """Close the connections to the service; a later use opens new ones."""
        if threads := self.__dict__.pop("_threads", None):
            threads.shutdown(wait=False)
        self._calls.close()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._options.parallel, thread_name_prefix="knowdesk-embedding")

    def _passages(self, known: Known, texts: Sequence[str]) -> Vector:
        """Return rows of any length, from several requests at a time."""
        most = known.dialect.most or self._options.batch_size
        step = max(1, min(self._options.batch_size, most) - 1)  # one place is the witness's
        portions = [texts[begin : begin + step] for begin in range(0, len(texts), step)]
        if len(portions) == 1:
            return self._portion(known, texts)
        waiting = [self._threads.submit(copy_context().run, self._portion, known, portion) for portion in portions]
        try:
            return np.concatenate([each.result() for each in waiting])
        finally:
            for each in waiting:
                each.cancel()

    def _portion(self, known: Known, texts: Sequence[str]) -> Vector:
        rows = self._rows(known, [*texts, WITNESS], within_s=self._options.timeout_s)
        known.check(rows[-1])
        self._breaker.succeeded()
        return rows[:-1]

    def _rows(self, known: Known, texts: Sequence[str], *, within_s: float, retries: int | None = None) -> Vector:
        """Return rows of any length; halves of what is refused are sent, and of a text that is refused alone, one."""
        try:
            deadline = time.monotonic() + within_s
            rows = known.dialect.embedded(self._calls, texts, deadline=deadline, retries=retries)
        except Refused:
            half = len(texts) // 2
            parts = [texts[:half], texts[half:]] if half else [[_shortened(texts[0])]]
            return np.concatenate([self._rows(known, part, within_s=within_s, retries=retries) for part in parts])
        if rows.shape[1] != known.info.dimension:
            raise changed(known.info)
        return rows

    def _known(self) -> Known:
        """Return what is known of the service; one thread at a time asks for it."""
        if self._learnt is not None:
            return self._learnt
        if not self._learning.acquire(timeout=self._options.query_timeout_s):
            raise BackendFailed("The embedding service has not said yet what it serves.", remedy="Try again soon.")
        try:
            if self._learnt is None:
                with self._tried():
                    self._learnt = learnt(self._options, self._calls)
            return self._learnt
        finally:
            self._learning.release()

    @contextmanager
    def _tried(self) -> Iterator[None]:
        """Let the block try, unless the service keeps failing, and note how it went."""
        if not self._breaker.allows():
            raise BackendFailed("The embedding service keeps failing.", remedy="It is asked again soon.")
        try:
            yield
        except BackendFailed:
            self._breaker.failed()
            raise
        self._breaker.succeeded()


def _only(rows: Vector) -> Vector:
    """Return the one row that there is, at unit length."""
    vector: Vector = unit_rows(rows)[0]
    return vector


def _shortened(text: str) -> str:
    """Return half of a text that was refused; BackendFailed if that cannot be for its length."""
    if len(text) < SHORTEST:
        raise BackendFailed("The embedding service refuses a short text.", remedy="Look into its log.") from None
    logger.info("a text of %d characters is too long for the embedding service and is cut", len(text))
    return text[: len(text) // 2]

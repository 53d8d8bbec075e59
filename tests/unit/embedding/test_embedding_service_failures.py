"""An embedding service that fails: what is tried again, for how long, and what is told without quoting anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import numpy as np
import pytest

from engine.embedding.service import ServiceEmbedder
from engine.errors import BackendFailed, Stopped
from engine.serving import Served, Stop, serving
from tests.fakes.embedding import HashEmbedder
from tests.fakes.embedding_service import FakeService, Kind

SECRET = "secret order 4711"
PASSING = (
    *map(httpx.Response, (408, 424, 429, 500, 502, 503, 504)),
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("cut"),
)


@pytest.fixture
def service() -> FakeService:
    return FakeService()


def learnt(service: FakeService, **options: Any) -> ServiceEmbedder:
    """Return an embedder whose first use is over, and forget what that took."""
    embedder = service.embedding(**options)
    _ = embedder.info
    service.requests.clear()
    return embedder


def failure(embedder: ServiceEmbedder) -> BackendFailed:
    with pytest.raises(BackendFailed) as caught:
        embedder.embed_passages([SECRET])
    shown, cause = str(caught.value), caught.value.__cause__
    assert "secret" not in shown
    assert cause is None
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize("passing", PASSING, ids=str)
def test_what_passes_is_tried_again_after_pauses_that_grow(
    passing: httpx.Response | Exception, service: FakeService
) -> None:
    embedder = learnt(service)
    service.next = [passing] * 3
    np.testing.assert_allclose(embedder.embed_passages([SECRET])[0], HashEmbedder(8).embed_query(SECRET), atol=1e-6)
    assert [0.125 * 2**n <= pause <= 0.375 * 2**n for n, pause in enumerate(service.pauses)] == [True] * 3


def test_a_service_is_given_the_time_it_asks_for(service: FakeService) -> None:
    embedder = learnt(service)
    service.next = [httpx.Response(429, headers={"Retry-After": "7"})]
    embedder.embed_passages([SECRET])
    assert service.pauses == [7.0]


def test_nobody_waits_longer_than_the_time_that_is_set(service: FakeService) -> None:
    embedder = learnt(service, timeout_s=5.0)
    service.next = [httpx.Response(429, headers={"Retry-After": "7"})]
    assert "lower embedding_threads" in failure(embedder).remedy
    assert service.pauses == []


def test_a_query_waits_for_less_long_than_passages(service: FakeService) -> None:
    embedder = learnt(service)
    service.next = [httpx.Response(503)] * 9
    with pytest.raises(BackendFailed, match="HTTP status 503, 3 times"):
        embedder.embed_query(SECRET)
    assert len(service.next) == 6


def test_what_fails_for_long_is_told_with_how_often(service: FakeService) -> None:
    embedder = learnt(service, retries=2)
    service.next = [httpx.Response(503, text=SECRET)] * 3
    assert failure(embedder).message == "The embedding service failed with HTTP status 503, 3 times."


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "embedding_api_key"), (403, "embedding_api_key"), (404, "embedding_model"), (307, "log"), (405, "log")],
)
def test_a_refusal_is_not_tried_again(status: int, remedy: str, service: FakeService) -> None:
    embedder = learnt(service)
    service.next = [httpx.Response(status, text=SECRET)]
    assert remedy in failure(embedder).remedy
    assert len(service.requests) == 1


Alter = Callable[[list[Any]], object]
OPENAI: dict[str, Alter] = {
    "fewer": lambda items: items[:1],
    "twice the same": lambda items: [items[0], items[0]],
    "no numbers": lambda items: [{"index": 0, "embedding": "AAAA"}, {"index": 1, "embedding": "AAAA"}],
    "ragged": lambda items: [{**items[0], "embedding": [1.0]}, items[1]],
    "empty": lambda items: [{**item, "embedding": []} for item in items],
    "none": lambda _: None,
}
TEI: dict[str, Alter] = {
    "fewer": lambda rows: rows[:1],
    "ragged": lambda rows: [rows[0][:1], rows[1]],
    "flat": lambda rows: rows[0][:2],
    "null": lambda rows: [[None, *row[1:]] for row in rows],
    "huge": lambda rows: [["1e999", *row[1:]] for row in rows],
    "an object": lambda rows: {"rows": rows},
}


@pytest.mark.parametrize(
    ("kind", "altered"),
    [(kind, way) for kind, ways in ((Kind.OPENAI, OPENAI), (Kind.TEI, TEI)) for way in ways.values()],
    ids=[f"{kind} {name}" for kind, ways in ((Kind.OPENAI, OPENAI), (Kind.TEI, TEI)) for name in ways],
)
def test_rows_that_cannot_be_are_told(kind: Kind, altered: Alter) -> None:
    service = FakeService(kind)
    embedder = learnt(service)
    service.altered = altered
    failure(embedder)


@pytest.mark.parametrize("reply", [b"<html>Welcome</html>", b'{"data": [', b"[]", b"null", b"7"])
def test_a_reply_in_another_form_is_told(reply: bytes, service: FakeService) -> None:
    embedder = learnt(service)
    service.next = [httpx.Response(200, content=reply)]
    assert "embedding_url" in failure(embedder).remedy


class Trickle(httpx.SyncByteStream):
    """A body that never ends."""

    def __iter__(self) -> Iterator[bytes]:
        while True:
            time.sleep(0.01)
            yield b" "


def test_a_reply_that_never_ends_is_given_up_in_time(service: FakeService) -> None:
    embedder = learnt(service, timeout_s=0.3)
    service.next = [httpx.Response(200, stream=Trickle())]
    assert "in time" in failure(embedder).message


def test_a_request_that_is_to_stop_is_not_tried_for_longer(service: FakeService) -> None:
    embedder, stop = learnt(service, batch_size=2), Stop()
    service.next = [httpx.Response(503)] * 20
    stop.ask()
    with serving(Served("r", stop=stop)), pytest.raises(Stopped):
        embedder.embed_passages(["kettle", "battery", "delivery"])
    assert len(service.next) == 20


def test_one_request_that_fails_fails_all(service: FakeService) -> None:
    embedder = learnt(service, batch_size=2, retries=0)
    service.next = [httpx.Response(503)]
    with pytest.raises(BackendFailed, match="503"):
        embedder.embed_passages(["kettle", "battery", "delivery"])


@pytest.mark.parametrize("page", ["<html></html>", "{}", "[]", '{"model_id": 7}'])
def test_a_page_that_says_nothing_of_a_model_is_passed_over(page: str) -> None:
    service = FakeService(next=[httpx.Response(200, text=page), httpx.Response(200, text=page)])
    assert service.embedding().info.revision == "unknown"

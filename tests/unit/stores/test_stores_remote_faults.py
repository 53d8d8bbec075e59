"""The remote store behind a proxy that injects faults: what is written is there once, whatever happened on the way."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from engine.errors import BackendFailed, NotFound, Stopped
from engine.patience import Patience
from engine.ports import StoreQuery
from engine.serving import Served, Stop, serving
from engine.stores.collections import RemoteOptions
from engine.stores.remote import RemoteStore, connect
from engine.stores.remote_calls import Calls
from tests.fakes.faulty_proxy import Fault, FaultyProxy, faulty_proxy
from tests.fakes.qdrant_server import QdrantServer, qdrant_server
from tests.fakes.stores import DIMENSION, chunk, unit

PATIENCE = Patience(retries=3, first_s=0.01, longest_s=1.0)
PASSING = [fault for fault in Fault if fault not in (Fault.NONE, Fault.SLOW, Fault.TOO_MANY)]


@pytest.fixture
def server() -> Iterator[QdrantServer]:
    with qdrant_server() as server:
        yield server


@pytest.fixture
def proxy(server: QdrantServer) -> Iterator[FaultyProxy]:
    with faulty_proxy(server.server_port) as proxy:
        yield proxy


@pytest.fixture
def store(proxy: FaultyProxy) -> Iterator[RemoteStore]:
    store = RemoteStore(connect(proxy.url, timeout_s=1), RemoteOptions(patience=PATIENCE, points=16))
    store.create("kb", DIMENSION)
    store.upsert("kb", [chunk("a"), chunk("b", "other")])
    yield store
    store.close()


Act = Callable[[RemoteStore], object]
CALLS: dict[str, tuple[Act, Act, object]] = {
    "exists": (lambda _: None, lambda store: store.exists("kb"), True),
    "create": (lambda store: store.create("new", DIMENSION), lambda store: store.count("new"), 0),
    "drop": (lambda store: store.drop("kb"), lambda store: store.exists("kb"), False),
    "upsert": (lambda store: store.upsert("kb", [chunk("a"), chunk("c")]), lambda store: store.count("kb"), 3),
    "delete": (lambda store: store.delete_document("kb", "manual"), lambda store: store.count("kb"), 1),
    "search": (lambda _: None, lambda store: len(store.search("kb", StoreQuery(dense=unit(1.0))).dense), 2),
    "records": (lambda _: None, lambda store: len(list(store.records("kb"))), 2),
    "vectors": (lambda _: None, lambda store: len(store.vectors("kb", [chunk("a").record.chunk_id])), 1),
}


@pytest.mark.parametrize("name", CALLS)
def test_each_call_gets_through_each_fault(name: str, store: RemoteStore, proxy: FaultyProxy) -> None:
    act, look, wanted = CALLS[name]
    for fault in PASSING:
        proxy.faults[:] = [fault]
        act(store)
        assert look(store) == wanted, fault
        assert not proxy.faults
        if name in ("create", "drop"):
            store.drop("new")
            store.create("kb", DIMENSION)


def test_a_reply_that_takes_too_long_is_asked_for_again(store: RemoteStore, proxy: FaultyProxy) -> None:
    proxy.faults[:] = [Fault.SLOW]
    store.upsert("kb", [chunk("c")])
    assert proxy.met[-2:] == [Fault.SLOW, Fault.NONE]
    assert sorted(record.text for record in store.records("kb")) == ["a", "b", "c"]


def test_an_overloaded_server_is_given_the_time_it_asks_for(store: RemoteStore, proxy: FaultyProxy) -> None:
    proxy.faults[:] = [Fault.TOO_MANY]
    began = time.monotonic()
    assert store.count("kb") == 2
    assert 1.0 <= time.monotonic() - began < 3.0


def test_what_fails_for_long_is_a_failure_that_says_how_often(store: RemoteStore, proxy: FaultyProxy) -> None:
    proxy.faults[:] = [Fault.UNAVAILABLE] * 4
    with pytest.raises(BackendFailed, match=r"while counting, 4 times\.") as failure:
        store.count("kb")
    assert "KNOWDESK_QDRANT_URL" in failure.value.remedy
    assert store.count("kb") == 2


def test_a_refusal_is_not_tried_again(store: RemoteStore, server: QdrantServer, proxy: FaultyProxy) -> None:
    before = len(proxy.met)
    with pytest.raises(NotFound):
        store.delete_document("gone", "manual")
    assert len(proxy.met) == before + 2  # the deletion, and the look whether the collection is there


def test_a_server_that_is_started_anew_is_waited_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    store = RemoteStore(connect(f"http://127.0.0.1:{port}", timeout_s=1), RemoteOptions(patience=Patience(6, 0.1, 1.0)))
    found: list[bool] = []
    asking = threading.Thread(target=lambda: found.append(store.exists("kb")))
    asking.start()  # the connection is refused
    time.sleep(0.2)
    with qdrant_server(port=port):
        asking.join(10)
        assert found == [False]
        store.close()


def test_batches_bound_what_goes_into_one_request(store: RemoteStore, server: QdrantServer) -> None:
    server.requests.clear()
    store.upsert("kb", [chunk(f"{number}") for number in range(40)])
    assert server.requests == [("PUT", "/points")] * 3


def test_random_faults_lose_nothing_and_double_nothing(store: RemoteStore, proxy: FaultyProxy) -> None:
    dice, kept = random.Random(5), {"a": 1, "b": 1}
    for step in range(40):
        proxy.faults[:] = dice.choices([Fault.NONE, *PASSING], k=2)
        name = f"{dice.randrange(8)}"
        if dice.random() < 0.7:
            store.upsert("kb", [chunk(name, f"document {name}", version=step)])
            kept[name] = step
        else:
            store.delete_document("kb", f"document {name}")
            kept.pop(name, None)
    proxy.faults.clear()
    assert {record.text: record.version for record in store.records("kb")} == kept


def test_a_request_that_is_to_stop_is_not_tried_for_longer() -> None:
    stop = Stop()

    def fails() -> None:
        stop.ask()
        raise ConnectionError

    with serving(Served("r", stop=stop)), pytest.raises(Stopped):
        Calls(PATIENCE, sleep=lambda _: None).make("searching", fails)

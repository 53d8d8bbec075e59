"""An engine whose embedding model is a service: the `/v1/embeddings` of another server of ours, on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.doctor import State, examine
from api.ingesting import Batch, ingest_batches, report_of
from engine.assembly import build_engine
from engine.domain.search import SearchResult
from engine.embedding.static import StaticEmbedder
from engine.errors import BackendFailed, Conflict
from engine.ports import Embedder
from engine.retrieval.query_vector import UNEMBEDDED
from engine.service import Engine
from engine.settings import Settings, load_settings
from ingestion.report import IngestReport
from ingestion.sources import open_source
from tests.fakes.embedding import HashEmbedder
from tests.fakes.faulty_proxy import Fault, FaultyProxy, faulty_proxy
from tests.serving import embeddings, free_port
from tests.waiting import PATIENCE_S, until

QUERIES = (
    "How long is the warranty of the kettle?",
    "送料はお客様の負担",
    "退款多久到账",
    "return unused goods",
    "4711 ??",
    "🧺",
)
PASSING = [fault for fault in Fault if fault not in (Fault.NONE, Fault.SLOW, Fault.TOO_MANY)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embeddings(tmp_path_factory.mktemp("service") / "data") as address:
        yield address


@contextmanager
def opened(folder: Path, **chosen: Any) -> Iterator[tuple[Engine, Settings]]:
    """Open an engine on a folder, with time enough for slow machines."""
    waiting = ("embedding_query_timeout_s", "embedding_timeout_s", "request_timeout_s")
    patient = dict.fromkeys(waiting, PATIENCE_S)
    settings = load_settings(data_dir=folder, parse_workers=0, **{**patient, **chosen})
    engine = build_engine(settings)
    try:
        yield engine, settings
    finally:
        engine.close()


def by_service(url: str, **chosen: Any) -> dict[str, Any]:
    return {"embedding_model": "service:shop", "embedding_url": url, **chosen}


def ingested(engine: Engine, settings: Settings, pages: Path) -> IngestReport:
    source = open_source(pages)
    return report_of(ingest_batches(engine, settings, "shop", [Batch(source.name, source.files, source.complete)]))


def found(engine: Engine, query: str = QUERIES[0]) -> SearchResult:
    return engine.search("shop", query)


def retrievers(result: SearchResult) -> set[str]:
    return {name for passage in result.passages for name in passage.ranks}


def test_an_index_built_through_the_service_finds_what_the_model_in_the_process_finds(
    address: str, pages: Path, tmp_path: Path
) -> None:
    spoken = {"embedding_languages": sorted(StaticEmbedder().info.languages)}
    with opened(tmp_path / "own") as own, opened(tmp_path / "served", **by_service(address, **spoken)) as served:
        assert ingested(*own, pages).chunks == ingested(*served, pages).chunks > 0
        for query in QUERIES:
            here, there = (found(engine, query).passages for engine, _ in (own, served))
            assert [each.chunk_id for each in here] == [each.chunk_id for each in there]
            assert [each.scores for each in here] == [pytest.approx(each.scores, abs=1e-4) for each in there]
        assert served[0].signature.model == "service:shop"
        assert own[0].signature != served[0].signature


@pytest.mark.parametrize("fault", PASSING)
def test_each_fault_on_the_way_is_got_over(fault: Fault, address: str, pages: Path, tmp_path: Path) -> None:
    with (
        faulty_proxy(urlsplit(address).port or 0) as proxy,
        opened(tmp_path / "data", **by_service(proxy.url)) as (engine, settings),
    ):
        proxy.faults[:] = [fault]
        _ = engine.signature
        proxy.faults[:] = [fault] * 2
        assert ingested(engine, settings, pages).failed == 0
        proxy.faults[:] = [fault] * 2
        result = found(engine)
        assert "dense" in retrievers(result)
        assert UNEMBEDDED not in result.timings_ms
        assert not proxy.faults


def test_a_search_that_waits_too_long_goes_on_with_words(address: str, pages: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "data", **by_service(address)) as (engine, settings):
        ingested(engine, settings, pages)
    with proxied(address) as proxy, opened(tmp_path / "data", **by_service(proxy.url)) as (engine, _):
        assert "dense" in retrievers(found(engine))
    hurried = {"embedding_query_timeout_s": 0.2}
    with proxied(address) as proxy, opened(tmp_path / "data", **by_service(proxy.url, **hurried)) as (engine, _):
        proxy.faults[:] = [Fault.SLOW] * 50
        assert UNEMBEDDED in found(engine).timings_ms


@contextmanager
def proxied(address: str) -> Iterator[FaultyProxy]:
    with faulty_proxy(urlsplit(address).port or 0, slow_s=1.0) as proxy:
        yield proxy


def test_while_the_service_is_away_searches_go_on_with_words_and_take_it_up_when_it_is_back(
    pages: Path, tmp_path: Path
) -> None:
    port = free_port()
    with opened(tmp_path / "data", **by_service(f"http://127.0.0.1:{port}")) as (engine, settings):
        with embeddings(tmp_path / "service", port=port):
            ingested(engine, settings, pages)
            assert "dense" in retrievers(found(engine))
        away = found(engine)
        assert away.passages[0].title == "Warranty"
        assert "dense" not in retrievers(away)
        assert UNEMBEDDED in away.timings_ms
        with embeddings(tmp_path / "service", port=port):
            back = until(lambda: found(engine), lambda result: "dense" in retrievers(result), pause_s=0.5)
            assert UNEMBEDDED not in back.timings_ms


def test_a_process_that_starts_before_its_service_searches_and_ingests_once_it_is_there(
    pages: Path, tmp_path: Path
) -> None:
    port = free_port()
    chosen = by_service(f"http://127.0.0.1:{port}", embedding_retries=0)
    with embeddings(tmp_path / "service", port=port), opened(tmp_path / "data", **chosen) as (engine, settings):
        ingested(engine, settings, pages)
    with opened(tmp_path / "data", **chosen) as (engine, settings):
        assert found(engine).passages[0].title == "Warranty"
        with pytest.raises(BackendFailed, match="embedding service"):
            ingested(engine, settings, pages)
        with embeddings(tmp_path / "service", port=port):
            until(lambda: found(engine), lambda result: "dense" in retrievers(result), pause_s=0.5)
            assert ingested(engine, settings, pages).failed == 0


@pytest.mark.parametrize("other", [HashEmbedder(32), HashEmbedder(352)], ids=["another dimension", "the same one"])
def test_an_ingestion_into_an_index_of_another_model_is_refused(
    other: Embedder, address: str, pages: Path, tmp_path: Path
) -> None:
    with opened(tmp_path / "data", **by_service(address, embedding_revision="1")) as (engine, settings):
        ingested(engine, settings, pages)
    with (
        embeddings(tmp_path / "other", other) as url,
        opened(tmp_path / "data", **by_service(url, embedding_revision="2")) as (engine, settings),
    ):
        for act in (lambda: ingested(engine, settings, pages), lambda: found(engine)):
            with pytest.raises(Conflict, match="is indexed with service:shop at revision 1"):
                act()


@pytest.mark.parametrize(("needed", "status"), [(True, 503), (False, 200)])
def test_readiness_depends_on_the_service_as_on_the_language_model(needed: bool, status: int, tmp_path: Path) -> None:
    away = by_service(f"http://127.0.0.1:{free_port()}", ready_needs_llm=needed)
    with (
        opened(tmp_path / "data", **away) as (engine, settings),
        TestClient(create_app(settings, engine=engine)) as client,
    ):
        engine.create_knowledge_base("shop")
        response = client.get("/health/ready")
        assert response.status_code == status
        (check,) = [each for each in response.json()["checks"] if not each["ok"]]
        assert (check["name"], "cannot be reached" in check["detail"]) == ("embedder", True)
        asked = {"knowledge_base": "shop", "query": "kettle"}
        assert client.post("/v1/search", json=asked).status_code == 200


def test_a_service_that_is_there_is_ready(address: str, tmp_path: Path) -> None:
    with (
        opened(tmp_path / "data", **by_service(address, embedding_cache=10)) as (engine, settings),
        TestClient(create_app(settings, engine=engine)) as client,
    ):
        well = {"name": "embedder", "ok": True, "detail": ""}
        until(lambda: client.get("/health/ready").json()["checks"], lambda checks: well in checks)


@pytest.mark.parametrize(("there", "state"), [(True, State.OK), (False, State.FAILED)])
def test_the_doctor_asks_the_service(there: bool, state: State, address: str, tmp_path: Path) -> None:
    url = address if there else f"http://127.0.0.1:{free_port()}"
    waiting = {"embedding_query_timeout_s": PATIENCE_S, "embedding_api_key": "sk-4711"}
    found = {each.name: each for each in examine(load_settings(data_dir=tmp_path, **by_service(url, **waiting)))}
    assert found["embedder"].state is state
    assert ("service:shop" in found["embedder"].detail) is there
    assert "sk-4711" not in str(found)


def test_queries_that_are_asked_again_are_remembered(address: str, pages: Path, tmp_path: Path) -> None:
    with (
        proxied(address) as proxy,
        opened(tmp_path / "data", **by_service(proxy.url, embedding_cache=10)) as (engine, settings),
    ):
        ingested(engine, settings, pages)
        found(engine)
        before = len(proxy.met)
        assert "dense" in retrievers(found(engine))
        assert len(proxy.met) == before


def test_searches_wait_for_the_service_side_by_side(address: str, tmp_path: Path) -> None:
    with opened(tmp_path / "served", **by_service(address)) as (served, _), opened(tmp_path / "own") as (own, _):
        assert (served.options.searches_at_a_time, own.options.searches_at_a_time is None) == (None, False)

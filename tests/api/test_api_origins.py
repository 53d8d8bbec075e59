"""CORS: what browsers let pages of other origins read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.service import Engine
from engine.settings import Settings
from tests.api.isolation import KB
from tests.api.visiting import DESK, EVIL, SHOP, Shop, opened

ALLOWED = "access-control-allow-origin"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(tmp_path_factory.mktemp("origins")) as made:
        yield made


@pytest.mark.parametrize("origin", [SHOP, DESK])
def test_a_preflight_from_a_page_that_is_known_passes_without_credentials(shop: Shop, origin: str) -> None:
    reply = shop.client.options("/v1/answer", headers={"Origin": origin, **ASKS})
    assert (reply.status_code, reply.text, reply.headers[ALLOWED]) == (204, "", origin)
    assert "Authorization" in reply.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in reply.headers
    assert reply.headers["vary"] == "Origin"


@pytest.mark.parametrize("origin", [EVIL, "null", "http://shop.example", f"{SHOP}:444", f"{SHOP}.evil.example"])
def test_a_preflight_from_elsewhere_is_refused(shop: Shop, origin: str) -> None:
    reply = shop.client.options("/v1/answer", headers={"Origin": origin, **ASKS})
    assert reply.status_code == 403
    assert ALLOWED not in reply.headers


@pytest.mark.parametrize(("origin", "status"), [(SHOP, 200), (DESK, 403), (EVIL, 403), (None, 403)])
def test_a_public_key_works_on_its_pages_only(shop: Shop, origin: str | None, status: int) -> None:
    reply = shop.ask(origin=origin)
    assert reply.status_code == status
    assert reply.headers.get(ALLOWED) == {SHOP: SHOP, DESK: DESK}.get(origin or "")
    assert "20 months" not in reply.text or origin == SHOP


@pytest.mark.parametrize(("origin", "read"), [(DESK, DESK), (SHOP, None), (EVIL, None), ("null", None)])
def test_replies_to_other_keys_are_read_by_the_pages_of_the_settings(shop: Shop, origin: str, read: str | None) -> None:
    reply = shop.ask(key=shop.agent, origin=origin)
    assert reply.status_code == 200
    assert reply.headers.get(ALLOWED) == read
    assert "Origin" in reply.headers["vary"]


def test_refusals_are_read_by_the_pages_that_may(shop: Shop) -> None:
    forbidden = shop.visit("GET", "/v1/keys", key=shop.agent, origin=DESK)
    assert (forbidden.status_code, forbidden.headers[ALLOWED]) == (403, DESK)
    wrong = shop.visit("GET", "/v1/keys", key="kd_none_none", origin=DESK)
    assert (wrong.status_code, wrong.headers[ALLOWED]) == (401, DESK)
    assert ALLOWED not in shop.visit("GET", "/v1/keys", key="kd_none_none", origin=EVIL).headers
    visited = shop.visit("GET", "/v1/keys")
    assert (visited.status_code, visited.headers[ALLOWED]) == (403, SHOP)


def test_a_plain_options_request_is_no_preflight(shop: Shop) -> None:
    reply = shop.visit("OPTIONS", "/v1/answer", key=shop.agent, origin=DESK)
    assert reply.status_code == 405


@pytest.mark.parametrize(("origin", "status"), [(DESK, 200), (EVIL, 403)])
def test_an_open_server_lets_in_the_pages_of_the_settings(
    shop: Shop, settings: Settings, tmp_path_factory: pytest.TempPathFactory, origin: str, status: int
) -> None:
    from engine.assembly import build_engine
    from tests.fakes.embedding import HashEmbedder

    chosen = settings.model_copy(update={"page_origins": (DESK,), "data_dir": tmp_path_factory.mktemp("open") / "data"})
    engine: Engine = build_engine(chosen, embedder=HashEmbedder())
    engine.create_knowledge_base(KB)
    with TestClient(create_app(chosen, engine=engine)) as client:
        reply = client.get("/v1/faqs", params={"knowledge_base": KB}, headers={"Origin": origin})
        assert (reply.status_code, reply.headers.get(ALLOWED)) == (status, origin if status == 200 else None)
    engine.close()

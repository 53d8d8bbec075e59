from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import Headers

from api.access.browsers import is_of_another_site
from api.app import create_app
from engine.assembly import build_engine
from engine.settings import load_settings
from tests.fakes.embedding import HashEmbedder

OURS = ["127.0.0.1:8080", "[::1]:8080", "localhost:8080", "desk:8080", "192.0.2.7", "proxy.example:443", "a.localhost"]
THEIRS = ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "[", "x y."]


@pytest.mark.parametrize("host", [*OURS, ""])
def test_hosts_that_are_nobodys_site_are_ours(host: str) -> None:
    assert not is_of_another_site(Headers({"host": host}), ["proxy.example"])


@pytest.mark.parametrize("host", THEIRS)
def test_a_name_that_was_made_to_lead_here_is_of_another_site(host: str) -> None:
    assert is_of_another_site(Headers({"host": host}), ["proxy.example"])


@pytest.mark.parametrize(
    ("origin", "another"),
    [
        ("http://127.0.0.1:3000", False),
        ("http://localhost:3000", False),
        ("http://[::1]", False),
        ("http://desk:8080", False),
        ("https://proxy.example", False),
        ("https://evil.example", True),
        ("http://192.0.2.9", True),
        ("http://printer", True),
        ("null", True),
        ("http://[", True),
    ],
)
def test_a_request_of_a_page_comes_from_the_host_itself_or_from_loopback(origin: str, another: bool) -> None:
    assert is_of_another_site(Headers({"host": "desk:8080", "origin": origin}), ["proxy.example"]) is another


@pytest.mark.parametrize("auth", ["open", "required"])
def test_a_server_without_keys_refuses_pages_of_other_sites(
    tmp_path_factory: pytest.TempPathFactory, auth: str
) -> None:
    settings = load_settings(data_dir=tmp_path_factory.mktemp("data"), parse_workers=0, auth=auth)
    engine = build_engine(settings, embedder=HashEmbedder())
    with TestClient(create_app(settings, engine=engine)) as client:
        form: dict[str, Any] = {"data": {"knowledge_base": "kb"}, "files": [("files", ("a.md", b"# A"))]}
        refused = 403 if auth == "open" else 401
        assert client.post("/v1/documents", headers={"Origin": "https://evil.example"}, **form).status_code == refused
        rebound = client.get("/v1/knowledge-bases", headers={"Host": "evil.example"})
        assert rebound.status_code == refused
        assert rebound.json()["remedy"]
        assert client.get("/v1/knowledge-bases").status_code == (200 if auth == "open" else 401)
    engine.close()

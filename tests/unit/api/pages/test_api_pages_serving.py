from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

import api.pages.files
from api.pages.files import ENTRIES, STATIC, found, loaded
from api.pages.serving import Pages


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=[Route("/v1/x", lambda _: PlainTextResponse("api"))])
    app.add_middleware(Pages)
    return TestClient(app)


@pytest.mark.parametrize("path", ["/console", "/console/", "/console/documents/7"])
def test_every_address_of_an_entry_shows_it(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.text == (STATIC / "console/index.html").read_text(encoding="utf-8")


def test_what_is_no_page_is_passed_on(client: TestClient) -> None:
    assert client.get("/v1/x").text == "api"
    assert client.get("/consoles").status_code == 404
    assert client.post("/console").status_code == 404
    assert "content-security-policy" not in client.get("/consoles").headers


@pytest.mark.parametrize("entry", sorted(ENTRIES))
def test_nothing_inline_and_nothing_from_elsewhere_may_run(client: TestClient, entry: str) -> None:
    policy = client.get(entry).headers["content-security-policy"]
    said = dict(part.split(" ", 1) for part in policy.split("; "))
    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["connect-src"] == "'self'"
    assert said["require-trusted-types-for"] == "'script'"
    assert said["trusted-types"] == said["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert "*" not in policy
    html = client.get(entry).text
    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count('<script type="module" src="/pages/')


def test_the_console_is_shown_in_no_frame(client: TestClient) -> None:
    assert client.get("/console").headers["content-security-policy"].endswith("frame-ancestors 'none'")


def test_scripts_may_be_loaded_by_pages_of_other_sites(client: TestClient) -> None:
    headers = client.get("/pages/shared/dom.js").headers
    assert headers["content-type"] == "text/javascript; charset=utf-8"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["x-content-type-options"] == "nosniff"


def test_a_file_is_sent_once(client: TestClient) -> None:
    first = client.get("/pages/shared/theme.css")
    again = client.get("/pages/shared/theme.css", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert client.get("/pages/shared/theme.css", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_file_is_packed_for_who_takes_that(client: TestClient) -> None:
    plain = client.get("/pages/shared/theme.css", headers={"Accept-Encoding": "identity"})
    packed = client.get("/pages/shared/theme.css", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    file = loaded("shared/theme.css")
    assert file is not None
    assert gzip.decompress(file.packed) == file.content


def test_head_sends_no_body(client: TestClient) -> None:
    reply = client.head("/pages/shared/theme.css")
    assert (reply.status_code, reply.content) == (200, b"")


@pytest.mark.parametrize(
    "name",
    ["", "none.js", "../files.py", "shared/../../files.py", "/etc/passwd", "shared", "shared/", "shared/dom.js\x00"],
)
def test_nothing_but_the_files_can_be_asked_for(client: TestClient, name: str) -> None:
    assert loaded(name) is None
    assert found(f"/pages/{name}") == (name, None)
    if "\x00" not in name:
        assert client.get(f"/pages/{name.replace('..', '%2e%2e')}").status_code == 404


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.js"
    file.write_text("1")
    monkeypatch.setattr(api.pages.files, "_known", lambda: {"a.js": file})
    before = loaded("a.js")
    file.write_text("22")
    after = loaded("a.js")
    assert before is not None
    assert after is not None
    assert (before.content, after.content) == (b"1", b"22")
    assert before.etag != after.etag

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole
from engine.records import open_api_keys
from engine.settings import load_settings


def test_an_open_server_lets_everybody_do_everything(client: TestClient) -> None:
    caller = client.get("/v1/caller").json()
    assert caller["authentication"] == "open"
    assert caller["roles"] == sorted(AccessRole)
    assert caller["access"] is None


def test_a_key_is_told_its_roles_and_lists(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data", parse_workers=0, auth="required")
    with open_api_keys(settings) as keys:
        key, text = keys.create(KeyRequest("desk", [AccessRole.AGENT, AccessRole.BOT], "acme", ("staff",)))
    with TestClient(create_app(settings)) as client:
        caller = client.get("/v1/caller", headers={"Authorization": f"Bearer {text}"}).json()
        nobody = client.get("/v1/caller")
    assert caller == {
        "subject": key.id,
        "tenant": "acme",
        "roles": ["agent", "bot"],
        "access": ["staff"],
        "authentication": "required",
        "evaluations": False,
    }
    assert nobody.status_code == 401


def test_pages_need_no_key(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path / "data", parse_workers=0, auth="required")
    with TestClient(create_app(settings)) as client:
        assert client.get("/console").status_code == 200
        assert client.get("/pages/shared/dom.js").status_code == 200
        assert client.get("/v1/knowledge-bases").status_code == 401
        assert "/console" not in client.get("/openapi.json").json()["paths"]

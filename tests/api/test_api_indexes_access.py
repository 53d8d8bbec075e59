"""Changed indexes under keys: who may change them, what access lists hide in them, and tenants with their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any

import pytest
from fastapi.testclient import TestClient

import engine.assembly
from api.app import create_app
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole
from engine.records import open_api_keys
from engine.settings import Settings
from ingestion.jobs.turns import Turns
from ingestion.reembedding.service import Reembedding
from tests.api.named_models import MODELS, name_models
from tests.api.world import ENDED
from tests.unit.ingestion.reembedding.shop import changed, write
from tests.waiting import until

ROOT = "/v1/knowledge-bases/shop/indexes"
PAGES = {
    "open.md": "# Kettle\n\nThe kettle has a warranty of 24 months.\n",
    "staff.md": "---\ntags: access:staff\n---\n# Kettle for staff\n\nStaff get a kettle warranty of 60 months.\n",
}
QUESTION = "How long is the warranty of the kettle?"
Headers = dict[str, str]
KeyOf = Callable[..., Headers]
Served = Callable[[], AbstractContextManager[TestClient]]


@pytest.fixture
def guarded(settings: Settings) -> Settings:
    return settings.model_copy(update={"auth": "required", "embedding_candidates": ("other", "third")})


@pytest.fixture
def key_of(guarded: Settings) -> KeyOf:
    def made(*roles: AccessRole, **more: Any) -> Headers:
        with open_api_keys(guarded) as keys:
            return {"Authorization": f"Bearer {keys.create(KeyRequest('k', roles, **more))[1]}"}

    return made


@pytest.fixture
def served(guarded: Settings, monkeypatch: pytest.MonkeyPatch) -> Served:
    name_models(monkeypatch)

    @contextmanager
    def opened() -> Iterator[TestClient]:
        built = engine.assembly.build_engine(guarded)
        with closing(built), TestClient(create_app(guarded, engine=built)) as made:
            yield made

    return opened


@pytest.fixture
def client(served: Served) -> Iterator[TestClient]:
    with served() as made:
        yield made


def fill(client: TestClient, headers: Headers) -> None:
    client.post("/v1/knowledge-bases", json={"name": "shop"}, headers=headers)
    files = [("files", (name, text.encode())) for name, text in PAGES.items()]
    made = client.post("/v1/documents", data={"knowledge_base": "shop"}, files=files, headers=headers)
    assert made.status_code == 200, made.text


def change(client: TestClient, headers: Headers, model: str = "other") -> str:
    response = client.post(ROOT, json={"model": model, "tolerance": 1}, headers=headers)
    assert response.status_code == 202, response.text
    path = f"/v1/jobs/{response.json()['id']}"
    job = until(lambda: client.get(path, headers=headers).json(), lambda found: found["state"] in ENDED)
    return str(job["state"])


def listed(client: TestClient, headers: Headers) -> list[tuple[str, bool, str]]:
    items = client.get(ROOT, headers=headers).json()["items"]
    return [(each["id"], each["in_use"], each["model"]) for each in items]


def found(client: TestClient, headers: Headers) -> set[str]:
    body = {"knowledge_base": "shop", "query": QUESTION}
    return {each["uri"] for each in client.post("/v1/search", json=body, headers=headers).json()["passages"]}


def answered(client: TestClient, headers: Headers) -> str:
    body = {"knowledge_base": "shop", "question": QUESTION, "threshold": 0}
    return str(client.post("/v1/answer", json=body, headers=headers).json()["answer"]["text"])


def test_access_lists_hold_in_a_changed_index_and_on_the_way_back(client: TestClient, key_of: KeyOf) -> None:
    admin = key_of(AccessRole.ADMIN)
    partners, staff = (key_of(AccessRole.BOT, access=[name]) for name in ("partners", "staff"))
    fill(client, admin)
    for step in ("build", "back"):
        if step == "build":
            assert change(client, admin) == "done"
        else:
            client.post(f"{ROOT}/1/use", headers=admin)
            until(lambda: listed(client, admin)[0][0] == "1")
        assert found(client, partners) == {"open.md"}
        assert found(client, staff) == found(client, admin) == {"open.md", "staff.md"}
        assert "60" not in answered(client, partners)


@pytest.mark.parametrize("role", [AccessRole.BOT, AccessRole.AGENT, AccessRole.EVALUATOR, AccessRole.AUDITOR])
@pytest.mark.parametrize(("method", "path"), [("POST", ROOT), ("POST", f"{ROOT}/1/use"), ("DELETE", f"{ROOT}/1")])
def test_only_administrators_change_indexes(
    client: TestClient, key_of: KeyOf, role: AccessRole, method: str, path: str
) -> None:
    response = client.request(method, path, json={"model": "other"}, headers=key_of(role))
    assert (response.status_code, response.json()["remedy"]) == (403, "It takes one of the roles: admin.")


def test_auditors_may_look_and_who_is_bound_to_lists_may_not_even_look(client: TestClient, key_of: KeyOf) -> None:
    fill(client, key_of(AccessRole.ADMIN))
    assert listed(client, key_of(AccessRole.AUDITOR)) == [("1", True, "hash")]
    bound = client.get(ROOT, headers=key_of(AccessRole.ADMIN, access=["staff"]))
    assert (bound.status_code, bound.json()["remedy"]) == (403, "Use a key that is not bound to access lists.")
    assert client.get(ROOT, headers=key_of(AccessRole.AGENT)).status_code == 403


def test_a_change_is_written_down(client: TestClient, key_of: KeyOf) -> None:
    admin = key_of(AccessRole.ADMIN)
    fill(client, admin)
    change(client, admin)
    client.delete(f"{ROOT}/2", headers=admin)
    client.delete(f"{ROOT}/1", headers=key_of(AccessRole.BOT))
    log = client.get("/v1/audit", headers=admin).json()["items"]
    noted = [(each["action"], each["status"]) for each in log if each["action"].endswith("_index")]
    assert sorted(noted) == [("build_index", 202), ("drop_index", 403), ("drop_index", 409)]


def test_each_tenant_has_indexes_of_its_own(client: TestClient, key_of: KeyOf) -> None:
    ours, theirs = key_of(AccessRole.ADMIN), key_of(AccessRole.ADMIN, tenant="acme")
    for headers in (ours, theirs):
        fill(client, headers)
    assert change(client, theirs) == "done"
    assert listed(client, theirs) == [("2", True, "other"), ("1", False, "hash")]
    assert listed(client, ours) == [("1", True, "hash")]
    assert change(client, ours, "third") == "done"
    assert listed(client, ours) == [("2", True, "third"), ("1", False, "hash")]
    assert client.delete(f"{ROOT}/1", headers=ours).status_code == 204
    assert listed(client, theirs) == [("2", True, "other"), ("1", False, "hash")]
    assert found(client, ours) == found(client, theirs) == {"open.md", "staff.md"}


def test_the_job_of_a_tenant_is_its_own(client: TestClient, key_of: KeyOf) -> None:
    ours, theirs = key_of(AccessRole.ADMIN), key_of(AccessRole.ADMIN, tenant="acme")
    fill(client, theirs)
    job = client.post(ROOT, json={"model": "other"}, headers=theirs).json()["id"]
    assert client.get(f"/v1/jobs/{job}", headers=ours).status_code == 404
    assert client.post(ROOT, json={"model": "other"}, headers=ours).status_code == 404
    until(lambda: client.get(f"/v1/jobs/{job}", headers=theirs).json()["state"] in ENDED)


def test_embeddings_are_those_of_the_index_in_use(client: TestClient, key_of: KeyOf) -> None:
    admin, asked = key_of(AccessRole.ADMIN), {"model": "shop", "input": QUESTION}

    def made() -> list[float]:
        (each,) = client.post("/v1/embeddings", json=asked, headers=admin).json()["data"]
        return [round(number, 4) for number in each["embedding"]]

    fill(client, admin)
    assert made() == [round(float(number), 4) for number in MODELS[""].embed_query(QUESTION)]
    change(client, admin)
    assert made() == [round(float(number), 4) for number in MODELS["other"].embed_query(QUESTION)]


def test_a_model_that_is_gone_is_named_to_who_asks_for_the_state_and_the_way_back_is_open(
    served: Served, guarded: Settings, key_of: KeyOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = key_of(AccessRole.ADMIN)
    with closing(engine.assembly.build_engine(guarded)) as shop:
        write(shop, guarded, PAGES)
        changed(Reembedding(shop, "shop", lambda **options: Turns().turn("shop", **options)))
    monkeypatch.delitem(MODELS, "other")
    with served() as client:
        ready = client.get("/health/ready", headers=admin)
        (state,) = [each for each in ready.json()["checks"] if each["name"] == "index:shop"]
        assert (ready.status_code, state["ok"]) == (503, False)
        assert state["detail"] == "The model 'other' cannot be loaded. Fetch it."
        assert listed(client, admin) == [("2", True, "other"), ("1", False, "hash")]
        client.post(f"{ROOT}/1/use", headers=admin)
        until(lambda: listed(client, admin)[0][0] == "1")
        assert found(client, admin) == {"open.md", "staff.md"}
        assert client.get("/health/ready", headers=admin).status_code == 200

"""No tenant, role or access list reaches across; made from the route table: a new route has to be thought of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.access.rules import RULES
from api.app import PROBES, ROUTES, create_app
from engine.assembly import build_engine
from engine.domain.access import DEFAULT_TENANT, AccessRole
from engine.settings import load_settings
from engine.tenancy import tenant_settings
from tests.api.isolation import ACCESS, KB, LISTS, TENANTS, Caller, World, callers, fill, mark, requests_of, secret
from tests.fakes.embedding import HashEmbedder

NAMES = sorted(route.name for each in (*ROUTES, *PROBES) for route in each.router.routes if isinstance(route, APIRoute))
SECRET = re.compile(r"qq(default|acme)(open|staff|partners|legal)qq")
REFUSED = 403
BY_DATABASE = [pytest.param(each, marks=[pytest.mark.sqlite] * (each == "create_backup")) for each in NAMES]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("tenants")
    settings = load_settings(data_dir=folder / "data", parse_workers=0, auth="required", intent_encoder="bundled")
    made = callers(settings)
    documents: dict[tuple[str, str], str] = {}
    for tenant in TENANTS:
        engine = build_engine(tenant_settings(settings, tenant), embedder=HashEmbedder())
        documents |= fill(engine, settings, tenant, folder / tenant)
        engine.close()
    engine = build_engine(settings, embedder=HashEmbedder())
    with TestClient(create_app(settings, engine=engine)) as client:
        admins = {each.tenant: each for each in made if each.role is AccessRole.ADMIN and each.access is None}
        jobs = {tenant: _job(client, admins[tenant]) for tenant in TENANTS}
        keys = {tenant: "_".join(each.text.split("_")[:2]) for tenant, each in admins.items()}
        yield World(client, made, documents, jobs, keys)
    engine.close()


def _job(client: TestClient, admin: Caller) -> str:
    queued = client.post(
        "/v1/documents",
        files=[("files", (f"{secret(admin.tenant, '')}.md", b"# More\n\nNothing much."))],
        data={"knowledge_base": KB, "wait": "false", "tags": "access:legal"},
        headers=admin.headers,
    )
    assert queued.status_code == 202, queued.text
    job = str(queued.json()["id"])
    client.get(f"/v1/jobs/{job}/events", headers=admin.headers)
    return job


def _may(caller: Caller, route: str) -> bool:
    rule = RULES[route]
    if rule.all_tenants and caller.tenant != DEFAULT_TENANT:
        return False
    return not rule.roles or (caller.role in rule.roles and not (rule.whole and caller.access is not None))


@pytest.mark.parametrize("route", BY_DATABASE)
def test_nothing_is_seen_across_tenants_and_lists(world: World, route: str) -> None:
    for request in requests_of(world, route):
        for caller in world.callers:
            reply = request.send(world.client, caller)
            assert (reply.status_code == REFUSED) == (not _may(caller, route)), (caller, request, reply.text)
            assert reply.status_code < 500, reply.text
            seen = {(found[1], found[2].replace("open", "")) for found in SECRET.finditer(reply.text)}
            assert {each for each in seen if not caller.sees(*each)} == set(), (caller, request)


@pytest.mark.parametrize("route", ["show_document", "show_document_text", "list_versions", "show_version", "show_job"])
def test_what_is_hidden_looks_like_what_is_not_there(world: World, route: str) -> None:
    hidden = 0
    for request in requests_of(world, route):
        asked = request.path.split("/")[3]
        nothing = type(request)(request.method, request.path.replace(asked, "no-such-id"), request.json, request.params)
        for caller in (each for each in world.callers if _may(each, route)):
            reply = request.send(world.client, caller)
            if reply.status_code == 200:
                continue
            hidden += 1
            expected = nothing.send(world.client, caller)
            assert (reply.status_code, _named(reply.json(), "", "")) == (
                expected.status_code,
                _named(expected.json(), "no-such-id", asked),
            )
    assert hidden


def _named(problem: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    said = {key: value for key, value in problem.items() if key != "request_id"}
    return {key: value.replace(old, new) if isinstance(value, str) else value for key, value in said.items()}


@pytest.mark.parametrize("access", ACCESS)
def test_whoever_is_on_a_list_finds_what_it_opens(world: World, access: tuple[str, ...] | None) -> None:
    caller = next(each for each in world.callers if each.access == access and each.role is AccessRole.AGENT)
    for name in LISTS:
        wanted = caller.sees(caller.tenant, name)
        query = {"knowledge_base": KB, "query": mark(caller.tenant, name)}
        found = world.client.post("/v1/search", json=query, headers=caller.headers).json()["passages"]
        assert (secret(caller.tenant, name) in str(found)) == wanted
        answer = world.client.post(
            "/v1/answer",
            json={"knowledge_base": KB, "question": f"What is {mark(caller.tenant, name)}, the zirconium kettle?"},
            headers=caller.headers,
        ).json()
        assert wanted or secret(caller.tenant, name) not in str(answer)


def test_counts_tell_only_of_what_is_seen(world: World) -> None:
    for caller in (each for each in world.callers if each.role is AccessRole.AGENT):
        seen = sum(caller.sees(caller.tenant, name) for name in LISTS)
        seen += caller.sees(caller.tenant, "legal")  # what the job brought
        found = world.client.get(f"/v1/knowledge-bases/{KB}", headers=caller.headers).json()
        assert found["documents"] == seen


def test_a_conversation_belongs_to_those_who_see_the_same(world: World) -> None:
    def agent(tenant: str, access: tuple[str, ...] | None) -> Caller:
        wanted = (tenant, AccessRole.AGENT, access)
        return next(each for each in world.callers if (each.tenant, each.role, each.access) == wanted)

    body = {
        "knowledge_base": KB,
        "question": "How many months does the warranty of the zirconium kettle last?",
        "conversation_id": "talk",
    }
    assert world.client.post("/v1/answer", json=body, headers=agent("acme", ("staff",)).headers).status_code == 200
    feedback = {"conversation_id": "talk", "csat": 5}
    statuses = {
        (tenant, access): world.client.post(
            "/v1/feedback", json=feedback, headers=agent(tenant, access).headers
        ).status_code
        for tenant in TENANTS
        for access in ACCESS
    }
    assert {key for key, status in statuses.items() if status == 200} == {("acme", ("staff",))}
    assert set(statuses.values()) == {200, 404}


def test_another_tenants_key_cannot_be_revoked_or_listed(world: World) -> None:
    for caller in (each for each in world.callers if each.role is AccessRole.ADMIN and each.access is None):
        listed = {each["id"] for each in world.client.get("/v1/keys", headers=caller.headers).json()["items"]}
        for tenant, key in world.keys.items():
            assert (key in listed) == (tenant == caller.tenant)
            if tenant != caller.tenant:
                refused = world.client.delete(f"/v1/keys/{key}", headers=caller.headers)
                absent = world.client.delete("/v1/keys/kd_none", headers=caller.headers)
                assert refused.status_code == absent.status_code == 404
                assert _named(refused.json(), key, "kd_none") == _named(absent.json(), "", "")

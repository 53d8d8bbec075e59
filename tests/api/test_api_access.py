"""Credentials and roles over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.testclient import TestClient

from api.access.rules import RULES, check_every_route, check_permitted
from api.access.tokens import Tokens
from api.app import PROBES, ROUTES, create_app
from api.routes import search
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole, Principal
from engine.errors import Forbidden, Misconfigured
from engine.records import open_api_keys
from engine.service import Engine
from engine.settings import Settings

ISSUER, AUDIENCE = "https://id.shop.example", "knowdesk"
BASES = "/v1/knowledge-bases"


@pytest.fixture(scope="module")
def signer() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def guarded(settings: Settings, tmp_path: Path, signer: ec.EllipticCurvePrivateKey) -> Settings:
    jwk = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(signer.public_key()))
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [{**jwk, "kid": "k1", "alg": "ES256", "use": "sig"}]}))
    changed = {"auth": "required", "jwt_issuer": ISSUER, "jwt_audience": AUDIENCE, "jwt_keys": str(jwks)}
    return settings.model_copy(update={**changed, "jwt_tenant_claim": "org", "jwt_access_claim": "lists"})


@pytest.fixture
def locked(shop: Engine, guarded: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(guarded, engine=shop)) as made:
        yield made


@pytest.fixture
def key_of(guarded: Settings) -> Callable[..., dict[str, str]]:
    def made(*roles: AccessRole, **more: Any) -> dict[str, str]:
        with open_api_keys(guarded) as keys:
            return {"Authorization": f"Bearer {keys.create(KeyRequest('k', roles, **more))[1]}"}

    return made


def test_without_credentials_only_public_paths_are_answered(locked: TestClient) -> None:
    for path in ("/health/live", "/health/ready", "/openapi.json"):
        assert locked.get(path).status_code == 200
    for path in (BASES, "/v1/nothing", "/", "/v1/jobs/x/events"):
        reply = locked.get(path)
        assert (reply.status_code, reply.json()["type"]) == (401, "/problems/unauthorized")
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")


def test_what_is_sent_is_not_read_before_the_key(locked: TestClient) -> None:
    assert locked.post("/v1/answer", content=b"{not json").status_code == 401


def test_the_indexes_are_named_to_those_with_a_key_only(
    locked: TestClient, key_of: Callable[..., dict[str, str]]
) -> None:
    def names(**headers: str) -> list[str]:
        return [each["name"] for each in locked.get("/health/ready", headers=headers).json()["checks"]]

    assert names() == ["database", "indexes"]
    assert "index:shop" in names(**key_of(AccessRole.ADMIN))


@pytest.mark.parametrize("sent", ["Bearer", "Bearer x", "Basic eDp4", "bearer kd_0_0", "Bearer a.b.c", "Bearer é"])
def test_wrong_credentials_are_refused_on_public_paths_too(locked: TestClient, sent: str) -> None:
    headers = {b"Authorization": sent.encode("latin-1")}
    assert locked.get(BASES, headers=headers).status_code == 401


def test_a_key_may_come_in_its_own_header(locked: TestClient, key_of: Callable[..., dict[str, str]]) -> None:
    text = key_of(AccessRole.AGENT)["Authorization"].removeprefix("Bearer ")
    assert locked.get(BASES, headers={"X-API-Key": text}).status_code == 200


def test_a_role_that_may_not_is_told_which_may(locked: TestClient, key_of: Callable[..., dict[str, str]]) -> None:
    reply = locked.post(BASES, json={"name": "new"}, headers=key_of(AccessRole.BOT))
    assert (reply.status_code, reply.json()["type"]) == (403, "/problems/forbidden")
    assert "admin" in reply.json()["remedy"]
    assert "kd_" not in reply.text


def test_revocation_works_at_once(locked: TestClient, key_of: Callable[..., dict[str, str]]) -> None:
    admin, other = key_of(AccessRole.ADMIN), key_of(AccessRole.AGENT)
    assert locked.get(BASES, headers=other).status_code == 200
    known = [each["id"] for each in locked.get("/v1/keys", headers=admin).json()["items"]]
    assert locked.delete(f"/v1/keys/{known[-1]}", headers=admin).json()["revoked_at"]
    assert locked.get(BASES, headers=other).status_code == 401


def test_a_key_made_over_http_works_once_it_is_made(locked: TestClient, key_of: Callable[..., dict[str, str]]) -> None:
    body = {"name": "Partner bot", "roles": ["bot"], "access": ["partners"], "days": 30}
    made = locked.post("/v1/keys", json=body, headers=key_of(AccessRole.ADMIN)).json()
    asked = {"knowledge_base": "shop", "query": "returns"}
    headers = {"Authorization": f"Bearer {made['text']}"}
    assert locked.post("/v1/search", json=asked, headers=headers).status_code == 200
    assert made["text"].startswith(made["key"]["id"])
    assert made["text"] not in locked.get("/v1/keys", headers=key_of(AccessRole.AUDITOR)).text


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "roles": ["bot"]},
        {"name": "x", "roles": []},
        {"name": "x", "roles": ["root"]},
        {"name": "x", "roles": ["bot"], "access": ["*"]},
        {"name": "x", "roles": ["bot"], "days": 0},
        {"name": "x", "roles": ["bot"], "tenant": "other"},
    ],
)
def test_what_makes_no_key_is_refused(
    locked: TestClient, key_of: Callable[..., dict[str, str]], body: dict[str, Any]
) -> None:
    reply = locked.post("/v1/keys", json=body, headers=key_of(AccessRole.ADMIN))
    assert (reply.status_code, reply.json()["type"]) == (422, "/problems/invalid-input")


def token(signer: ec.EllipticCurvePrivateKey, kid: str = "k1", **claims: object) -> str:
    known = {"iss": ISSUER, "aud": AUDIENCE, "sub": "anna", "exp": time.time() + 60, "roles": ["agent"]}
    kept = {name: value for name, value in {**known, "org": "default", **claims}.items() if value is not None}
    return jwt.encode(kept, signer, algorithm="ES256", headers={"kid": kid})


def test_a_token_stands_for_its_owner(guarded: Settings, signer: ec.EllipticCurvePrivateKey) -> None:
    found = Tokens(guarded).principal(token(signer, org="acme", roles="agent root auditor", lists=["a", "b"]))
    assert found == Principal("sub:anna", "acme", frozenset({AccessRole.AGENT, AccessRole.AUDITOR}), ("a", "b"))


def test_a_token_without_lists_sees_what_everybody_sees(guarded: Settings, signer: ec.EllipticCurvePrivateKey) -> None:
    found = Tokens(guarded).principal(token(signer))
    assert found is not None
    assert found.access == ()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://else.example"},
        {"aud": "other"},
        {"aud": None},
        {"sub": None},
        {"exp": None},
        {"exp": time.time() - timedelta(hours=1).total_seconds()},
        {"nbf": time.time() + 3600},
        {"org": None},
        {"org": "../up"},
        {"kid": "k2"},
    ],
)
def test_a_token_that_is_not_for_us_opens_nothing(
    guarded: Settings, signer: ec.EllipticCurvePrivateKey, claims: dict[str, Any]
) -> None:
    assert Tokens(guarded).principal(token(signer, **claims)) is None


def test_forged_tokens_open_nothing(guarded: Settings, signer: ec.EllipticCurvePrivateKey) -> None:
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "eve", "exp": time.time() + 60, "org": "default"}
    stranger = ec.generate_private_key(ec.SECP256R1())
    forged = [
        jwt.encode(claims, stranger, algorithm="ES256", headers={"kid": "k1"}),
        jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "k1"}),
        jwt.encode(claims, "", algorithm="none", headers={"kid": "k1"}),
        token(signer)[:-2] + "AA",
        "a.b.c",
        "..",
    ]
    assert [Tokens(guarded).principal(each) for each in forged] == [None] * len(forged)


def test_a_token_is_taken_over_http(locked: TestClient, signer: ec.EllipticCurvePrivateKey) -> None:
    headers = {"Authorization": f"Bearer {token(signer)}"}
    assert locked.get(BASES, headers=headers).status_code == 200
    assert locked.get("/v1/keys", headers=headers).status_code == 403


@pytest.mark.parametrize("changed", [{"jwt_issuer": ""}, {"jwt_audience": ""}, {"jwt_keys": "nowhere.json"}])
def test_half_configured_tokens_are_named(guarded: Settings, changed: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match="KNOWDESK_JWT"):
        Tokens(guarded.model_copy(update=changed))


def test_an_open_server_asks_for_nothing(client: TestClient) -> None:
    assert client.get(BASES).status_code == 200
    assert client.get("/v1/keys").json() == {"items": []}


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    check_every_route(routes.router for routes in (*ROUTES, *PROBES))
    with pytest.raises(LookupError, match="answer"):
        check_every_route([search.router])


def test_a_route_without_a_rule_is_open_to_nobody() -> None:
    everything = Principal("x", roles=frozenset(AccessRole))
    with pytest.raises(Forbidden):
        check_permitted(everything, "a_new_route")
    for name, rule in RULES.items():
        if rule.roles:
            with pytest.raises(Forbidden):
                check_permitted(None, name)
        check_permitted(everything, name)

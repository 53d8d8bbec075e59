"""What every call says to requests that are formed wrongly: media types, methods, fields, parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from engine.service import Engine
from engine.settings import load_settings
from tests.api.world import METHODS, operations

DOCUMENT: dict[str, Any] = create_app(load_settings()).openapi()
# the dialects of others take what those send, and say so in their own words: see test_api_chat, test_api_inbound
DIALECTS = {"complete_chat", "create_embeddings", "list_models", "show_model", "receive_chatwoot_event"}
OPERATIONS = {name: call for name, call in operations(DOCUMENT).items() if name not in DIALECTS}
AT = {"name": "shop", "id": "nothing", "version": "1", "customer_id": "nobody", "run": "none", "before": "never"}
JSON = "application/json"
WITH_BODY = sorted(name for name, (_, _, call) in OPERATIONS.items() if JSON in str(call.get("requestBody")))
WITH_QUERY = sorted(
    name
    for name, (_, _, call) in OPERATIONS.items()
    if any(each["in"] == "query" for each in call.get("parameters", []))
)
QUERY_MODELS = ["list_documents", "list_feedback", "list_jobs"]
NUMBERS = [
    (name, each["name"], each["schema"])
    for name in WITH_QUERY
    for each in OPERATIONS[name][2]["parameters"]
    if each["in"] == "query" and "integer" in json.dumps(each["schema"])
]
PATHS = sorted({path for _, path, _ in OPERATIONS.values()})


@pytest.fixture(scope="module", name="client")
def shared_client(shop: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return one client for all: nothing that is sent here changes anything."""
    settings = load_settings(data_dir=tmp_path_factory.mktemp("requests"), parse_workers=0, intent_encoder="bundled")
    with TestClient(create_app(settings, engine=shop)) as made:
        yield made


def send(client: TestClient, name: str, **sent: Any) -> Response:
    method, path, _ = OPERATIONS[name]
    return client.request(method, path.format(**AT), **sent)


def problem(response: Response, *statuses: int) -> dict[str, Any]:
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    path = response.request.url.path.replace("\n", "")
    assert (found["status"], found["instance"]) == (response.status_code, path)
    return found


def example(name: str) -> dict[str, Any]:
    """Return the example that the OpenAPI document has for the body of a call."""
    reference = OPERATIONS[name][2]["requestBody"]["content"][JSON]["schema"]["$ref"]
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]["examples"][0]
    return found


@pytest.mark.parametrize("name", WITH_BODY)
def test_what_is_no_json_or_not_called_so_is_refused(client: TestClient, name: str) -> None:
    """A page elsewhere can send what is not called JSON to this machine without asking it first."""
    content = json.dumps(example(name)).encode()
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        problem(send(client, name, content=content, headers={"content-type": media_type}), 400, 422)
    for content in (b"", b"{", b"\xff\xfe", b"nul", b'{"a": 1} trailing'):
        assert problem(send(client, name, content=content, headers={"content-type": JSON}), 400, 422)["remedy"]
    bodies: tuple[object, ...] = ([], "private", 7, None, True)
    for body in bodies:
        assert "private" not in str(problem(send(client, name, json=body), 422))


@pytest.mark.parametrize("name", WITH_BODY)
def test_fields_that_are_wrong_are_named(client: TestClient, name: str) -> None:
    found = problem(send(client, name, json={**example(name), "colour": "private"}), 422)
    assert [each["field"] for each in found["errors"]] == ["colour"]
    assert "private" not in str(found)
    reference = OPERATIONS[name][2]["requestBody"]["content"][JSON]["schema"]["$ref"]
    for left_out in DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]].get("required", []):
        body = {field: value for field, value in example(name).items() if field != left_out}
        assert left_out in [each["field"] for each in problem(send(client, name, json=body), 422)["errors"]]
    for field in example(name):
        wrong = problem(send(client, name, json={**example(name), field: {"private": [0.5]}}), 422)
        assert {each["field"].split(".")[0] for each in wrong["errors"]} == {field}
        assert "0.5" not in str(wrong)


@pytest.mark.parametrize("name", QUERY_MODELS)
def test_a_parameter_that_there_is_not_is_named(client: TestClient, name: str) -> None:
    found = problem(send(client, name, params={"knowledge_base": "shop", "colour": "private"}), 422)
    assert [each["field"] for each in found["errors"]] == ["colour"]


@pytest.mark.parametrize(("name", "parameter", "schema"), NUMBERS, ids=str)
def test_numbers_are_numbers_within_their_bounds(
    client: TestClient, name: str, parameter: str, schema: dict[str, Any]
) -> None:
    for value in ("many", "", "1.5", "-1", "9" * 30):
        found = problem(send(client, name, params={"knowledge_base": "shop", parameter: value}), 404, 422)
        if value != "9" * 30 or "maximum" in json.dumps(schema):
            assert parameter in [each["field"] for each in found["errors"]]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_takes_its_methods_only_and_no_slash_more(client: TestClient, path: str) -> None:
    taken = {each for each, other, _ in OPERATIONS.values() if other == path}
    for method in METHODS - {each.lower() for each in taken}:
        response = client.request(method, path.format(**AT))
        problem(response, 405)
        assert set(response.headers["allow"].split(", ")) <= taken
    response = client.get(path.format(**AT) + "/", follow_redirects=False)
    assert problem(response, 404, 405, 422)["remedy"] or response.status_code == 405


@pytest.mark.parametrize("name", ["show_document", "list_versions", "delete_document", "show_job", "cancel_job"])
@pytest.mark.parametrize("strange", ["%00", "a%0Ab", "..%2f..", "%F0%9F%99%82", "'%22;--", "%ED%A0%80"])
def test_strange_ids_are_not_found_or_refused(client: TestClient, name: str, strange: str) -> None:
    method, path, _ = OPERATIONS[name]
    problem(client.request(method, path.replace("{id}", strange)), 404, 405, 422)


@pytest.mark.parametrize("name", ["show_knowledge_base", "list_words", "list_intents"])
@pytest.mark.parametrize("strange", ["%00", "a%0Ab", "%F0%9F%99%82", "'%22;--", "%ED%A0%80", "SHOP"])
def test_strange_names_are_not_found_or_refused(client: TestClient, name: str, strange: str) -> None:
    method, path, _ = OPERATIONS[name]
    problem(client.request(method, path.replace("{name}", strange)), 404, 422)

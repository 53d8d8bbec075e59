from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from api.app import create_app
from api.chat.errors import speaks_openai
from engine.settings import load_settings

Document = dict[str, Any]
METHODS = {"get", "post", "put", "patch", "delete"}
REFERENCES = {"$ref", "allOf"}


@pytest.fixture(scope="module")
def document() -> Document:
    return create_app(load_settings()).openapi()


def _calls(document: Document) -> Iterator[tuple[str, Document]]:
    for path, item in document["paths"].items():
        for method, call in item.items():
            if method in METHODS:
                yield f"{method.upper()} {path}", call


def test_it_is_served(client: TestClient, document: Document) -> None:
    assert client.get("/openapi.json").json() == document


def test_it_is_valid(document: Document) -> None:
    validate(document)


def test_every_parameter_says_what_it_is(document: Document) -> None:
    silent = {
        f"{name}: {parameter['name']}"
        for name, call in _calls(document)
        for parameter in call.get("parameters", [])
        if not parameter.get("description")
    }
    assert silent == set()


def test_every_field_of_a_request_says_what_it_is(document: Document) -> None:
    silent = {
        f"{model}: {name}"
        for model, schema in document["components"]["schemas"].items()
        if model.endswith("In")
        for name, field in schema["properties"].items()
        if not field.get("description") and not REFERENCES & field.keys()
    }
    assert silent == set()


def test_it_has_exactly_these_calls(document: Document) -> None:
    assert {name for name, _ in _calls(document)} == {
        "POST /v1/answer",
        "POST /v1/chat/completions",
        "POST /v1/embeddings",
        "GET /v1/models",
        "GET /v1/models/{model}",
        "POST /v1/checks",
        "POST /v1/drafts",
        "GET /v1/knowledge-bases/{name}/words",
        "POST /v1/knowledge-bases/{name}/words",
        "PUT /v1/knowledge-bases/{name}/words",
        "DELETE /v1/knowledge-bases/{name}/words",
        "POST /v1/search",
        "POST /v1/sentiment",
        "POST /v1/summaries",
        "POST /v1/triage",
        "GET /v1/insights/proposals",
        "POST /v1/insights/proposals",
        "GET /v1/insights/proposals/{id}",
        "PATCH /v1/insights/proposals/{id}",
        "POST /v1/insights/proposals/{id}/approve",
        "POST /v1/insights/proposals/{id}/reject",
        "POST /v1/insights/proposals/{id}/publish",
        "POST /v1/insights/proposals/{id}/rollback",
        "GET /v1/insights/contradictions",
        "GET /v1/insights/staleness",
        "POST /v1/suggestions",
        "POST /v1/suggestions/{id}/feedback",
        "GET /v1/canned-replies",
        "POST /v1/canned-replies",
        "GET /v1/canned-replies/{id}",
        "PUT /v1/canned-replies/{id}",
        "DELETE /v1/canned-replies/{id}",
        "GET /v1/knowledge-bases/{name}/indexes",
        "POST /v1/knowledge-bases/{name}/indexes",
        "POST /v1/knowledge-bases/{name}/indexes/{id}/use",
        "DELETE /v1/knowledge-bases/{name}/indexes/{id}",
        "GET /v1/knowledge-bases/{name}/intents",
        "PUT /v1/knowledge-bases/{name}/intents",
        "GET /v1/knowledge-bases/{name}/intents/{id}",
        "PUT /v1/knowledge-bases/{name}/intents/{id}",
        "DELETE /v1/knowledge-bases/{name}/intents/{id}",
        "GET /v1/keys",
        "GET /v1/conversations/{id}",
        "GET /v1/faqs",
        "GET /v1/customers/{customer_id}",
        "DELETE /v1/customers/{customer_id}",
        "POST /v1/explanations",
        "GET /v1/caller",
        "GET /v1/audit",
        "GET /v1/audit/verification",
        "POST /v1/keys",
        "DELETE /v1/keys/{id}",
        "GET /v1/feedback",
        "POST /v1/feedback",
        "POST /v1/forms/check",
        "GET /v1/knowledge-bases",
        "POST /v1/knowledge-bases",
        "GET /v1/knowledge-bases/{name}",
        "DELETE /v1/knowledge-bases/{name}",
        "GET /v1/documents",
        "POST /v1/documents",
        "GET /v1/documents/{id}",
        "DELETE /v1/documents/{id}",
        "PATCH /v1/documents/{id}",
        "GET /v1/documents/{id}/text",
        "GET /v1/documents/{id}/regions",
        "GET /v1/documents/{id}/passages",
        "POST /v1/documents/{id}/corrections",
        "GET /v1/documents/{id}/versions",
        "GET /v1/documents/{id}/versions/compare",
        "GET /v1/documents/{id}/versions/{version}",
        "POST /v1/documents/{id}/rollback",
        "GET /v1/jobs",
        "POST /v1/jobs",
        "GET /v1/jobs/{id}",
        "GET /v1/jobs/{id}/events",
        "POST /v1/jobs/{id}/cancel",
        "POST /v1/jobs/{id}/retry",
        "POST /v1/inbound/chatwoot",
        "POST /v1/inbound/tickets",
        "GET /v1/webhooks",
        "POST /v1/webhooks",
        "GET /v1/webhooks/{id}",
        "PATCH /v1/webhooks/{id}",
        "DELETE /v1/webhooks/{id}",
        "POST /v1/webhooks/{id}/secret",
        "POST /v1/webhooks/{id}/test",
        "GET /v1/webhooks/{id}/deliveries",
        "POST /v1/backups",
        "GET /v1/insights/topics",
        "GET /v1/insights/gaps",
        "GET /v1/insights/sentiment",
        "GET /v1/insights/questions",
        "GET /v1/insights/forecast",
        "POST /v1/insights/runs",
        "GET /v1/evaluations",
        "GET /v1/evaluations/{run}",
        "GET /v1/evaluations/{run}/cases",
        "GET /v1/evaluations/{run}/comparisons/{before}",
        "POST /v1/faqs",
        "PUT /v1/faqs/{id}",
        "GET /v1/rule-packs",
        "GET /v1/settings",
        "GET /v1/insights/quality",
        "GET /v1/insights/quality/replies",
        "GET /v1/insights/quality/digest",
        "POST /v1/conversations/{id}/turns",
        "POST /v1/events",
        "GET /v1/graph",
        "GET /v1/documents/{id}/related",
        "POST /v1/proactive",
        "GET /v1/customers/{customer_id}/profile",
        "GET /metrics",
        "GET /health/live",
        "GET /health/ready",
    }


def test_every_call_is_described_and_filed_under_a_known_tag(document: Document) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, call in _calls(document):
        assert call["summary"], name
        assert call["description"].endswith("."), name
        assert set(call["tags"]) <= tags, name


def test_every_call_under_v1_tells_its_problems(document: Document) -> None:
    for name, call in _calls(document):
        if "/v1/" in name and not speaks_openai(name.partition(" ")[2]):
            takes_input = call.get("parameters") or call.get("requestBody")
            assert not takes_input or "422" in call["responses"], name
            for status in {"422", "429", "500", "503", "504"} & {*call["responses"], "429", "500", "503", "504"}:
                assert list(call["responses"][status]["content"]) == ["application/problem+json"], (name, status)


def test_calls_of_openai_clients_tell_errors_in_their_shape(document: Document) -> None:
    found = [call for name, call in _calls(document) if speaks_openai(name.partition(" ")[2])]
    assert len(found) == 4
    for call in found:
        assert "422" not in call["responses"]
        for status in ("400", "500", "503"):
            schema = call["responses"][status]["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ChatErrorOut"}


def test_every_call_that_can_be_sent_again_says_so(document: Document) -> None:
    for name, call in _calls(document):
        keyed = "Idempotency-Key" in {parameter["name"] for parameter in call.get("parameters", [])}
        assert keyed is ("/v1/" in name and not name.startswith("GET ")), name
        assert not keyed or "409" in call["responses"], name


def test_no_call_shows_the_framework_own_errors(document: Document) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & set(document["components"]["schemas"])


def test_an_answer_is_json_or_events(document: Document) -> None:
    content = document["paths"]["/v1/answer"]["post"]["responses"]["200"]["content"]
    assert set(content) == {"application/json", "text/event-stream"}
    assert "event: done" in content["text/event-stream"]["example"]


def _examples(document: Document) -> Iterator[tuple[str, Document, object]]:
    for name, schema in document["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            yield name, schema, example
        for field, part in schema.get("properties", {}).items():
            for example in part.get("examples", ()):
                yield f"{name}.{field}", part, example


def test_examples_validate_against_their_schemas(document: Document) -> None:
    checked = set()
    for name, schema, example in _examples(document):
        OAS31Validator({**schema, "components": document["components"]}).validate(example)
        checked.add(name)
    assert {
        "AnswerIn",
        "AnswerOut",
        "CitationOut",
        "DocumentOut",
        "IngestOut",
        "PassageOut",
        "ProblemOut",
        "SearchIn",
    } <= checked


def test_every_body_and_result_has_an_example(document: Document) -> None:
    for name, call in _calls(document):
        bodies = [call.get("requestBody", {}), *(call["responses"].values())]
        for media in (media for body in bodies for media in body.get("content", {}).values()):
            if reference := media["schema"].get("$ref"):
                schema = document["components"]["schemas"][reference.rpartition("/")[2]]
                uploaded = schema["properties"].get("knowledge_base", {})  # a file has no example
                assert schema.get("examples") or uploaded.get("examples"), (name, reference)


def test_unknown_fields_are_refused_by_contract(document: Document) -> None:
    for name, schema in document["components"]["schemas"].items():
        if schema["type"] == "object" and not (name.startswith("Chat") and name.endswith("In")):
            assert schema["additionalProperties"] is False, name


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404

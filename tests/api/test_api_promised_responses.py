"""Every response that the OpenAPI document promises can be had, and is what it promises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from openapi_schema_validator import OAS31Validator

from api.app import MAX_BODY_BYTES, create_app
from engine.assembly import build_engine
from engine.settings import load_settings
from ingestion.workers.pool import NoPool
from tests.api.world import ELSEWHERE, FAULTS, QUESTION, Gate, World, broken, operations
from tests.fakes.embedding import HashEmbedder

Call = tuple[str, int, dict[str, str], dict[str, Any]]

SHOP, NOWHERE, FOREIGN = ({"knowledge_base": name} for name in ("shop", "nowhere", "foreign"))
AT_SHOP, AT_WORK, AT_NOWHERE = ({"name": name} for name in ("shop", "work", "nowhere"))
LONG_NAME = {"name": "n" * 101}
LONG_ID = {"id": "i" * 201}
NO_ID = {"id": "nothing"}
PAGE = {"id": "{page}"}
FILES = [("files", ("toast.md", b"# Toast\n\nThe toaster has six levels.\n"))]
WORDS = {"json": {"items": [{"word": "Acme"}]}}
NO_WORDS = {"json": {"items": [{"word": ""}]}}
INTENT: dict[str, Any] = {"json": {"examples": ["I want to return it"]}}
NO_INTENT: dict[str, Any] = {"json": {"examples": []}}
TURN = {"from": "1", "to": "2"}

# of every call; see test_api_access, _isolation, _etags, _idempotency and _requests, and tests/unit/api/serving
GUARDS = ("304", "400", "401", "403", "409", "412", "428", "429", "504")

DONE: tuple[Call, ...] = (
    ("answer", 200, {}, {"json": {**SHOP, "question": QUESTION}}),
    ("search", 200, {}, {"json": {**SHOP, "query": "returns"}}),
    ("give_feedback", 200, {}, {"json": {"conversation_id": "{conversation}", "verdict": "solved"}}),
    ("list_feedback", 200, {}, {"params": SHOP}),
    ("check", 200, {}, {"json": {**SHOP, "text": "You may return it within 90 days."}}),
    ("list_words", 200, AT_SHOP, {}),
    ("add_words", 200, AT_WORK, WORDS),
    ("import_words", 200, AT_WORK, WORDS),
    ("remove_word", 204, AT_WORK, {"params": {"word": "{new_word}"}}),
    ("read_sentiment", 200, {}, {"json": {"text": "I am fed up!"}}),
    ("triage", 200, {}, {"json": {**SHOP, "text": "My kettle KX-200 is broken"}}),
    ("list_knowledge_bases", 200, {}, {}),
    ("create_knowledge_base", 201, {}, {"json": {"name": "{new_name}"}}),
    ("show_knowledge_base", 200, AT_SHOP, {}),
    ("delete_knowledge_base", 204, {"name": "{new_kb}"}, {}),
    ("list_intents", 200, AT_SHOP, {}),
    ("replace_intents", 200, AT_WORK, {"json": {"items": []}}),
    ("show_intent", 200, {**AT_WORK, "id": "{new_intent}"}, {}),
    ("put_intent", 200, {**AT_WORK, "id": "back"}, INTENT),
    ("delete_intent", 204, {**AT_WORK, "id": "{new_intent}"}, {}),
    ("list_documents", 200, {}, {"params": SHOP}),
    ("upload_documents", 200, {}, {"data": {"knowledge_base": "work"}, "files": FILES}),
    ("upload_documents", 202, {}, {"data": {"knowledge_base": "work", "wait": "false"}, "files": FILES}),
    ("show_document", 200, PAGE, {}),
    ("edit_document", 200, {"id": "{new_page}"}, {"json": {"kind": "manual"}}),
    ("delete_document", 204, {"id": "{new_page}"}, {}),
    ("show_document_text", 200, PAGE, {}),
    ("show_document_regions", 200, PAGE, {}),
    ("list_versions", 200, PAGE, {}),
    ("compare_versions", 200, {"id": "{edited}"}, {"params": TURN}),
    ("show_version", 200, {**PAGE, "version": "1"}, {}),
    ("roll_back_document", 200, {"id": "{new_edited}"}, {"json": {"version": 1}}),
    ("list_jobs", 200, {}, {}),
    ("submit_job", 202, {}, {"json": {"knowledge_base": "work", "reindex": True}}),
    ("show_job", 200, {"id": "{ended}"}, {}),
    ("follow_job", 200, {"id": "{ended}"}, {}),
    ("cancel_job", 200, {"id": "{new_active}"}, {}),
    ("retry_job", 202, {"id": "{failed}"}, {}),
    ("live", 200, {}, {}),
    ("ready", 503, {}, {}),  # for the index of another model
)
REFUSED: tuple[Call, ...] = (
    ("answer", 404, {}, {"json": {**NOWHERE, "question": QUESTION}}),
    ("answer", 409, {}, {"json": {**FOREIGN, "question": QUESTION}}),
    ("answer", 422, {}, {"json": {**SHOP, "question": " "}}),
    ("search", 404, {}, {"json": {**NOWHERE, "query": "returns"}}),
    ("search", 409, {}, {"json": {**FOREIGN, "query": "returns"}}),
    ("search", 422, {}, {"json": {**SHOP, "query": "returns", "limit": 0}}),
    ("give_feedback", 404, {}, {"json": {"conversation_id": "nothing", "verdict": "solved"}}),
    (
        "give_feedback",
        409,
        {},
        {"json": {"conversation_id": "{conversation}", "verdict": "rejected", "id": "{feedback}"}},
    ),
    ("give_feedback", 422, {}, {"json": {"conversation_id": "{conversation}", "csat": 6}}),
    ("list_feedback", 404, {}, {"params": NOWHERE}),
    ("list_feedback", 422, {}, {"params": {"since": "yesterday"}}),
    ("check", 404, {}, {"json": {**NOWHERE, "text": "Thanks."}}),
    ("check", 409, {}, {"json": {**FOREIGN, "text": "You may return it within 90 days."}}),
    ("check", 422, {}, {"json": {**SHOP, "text": "Thanks.", "packs": ["no such pack"]}}),
    ("list_words", 404, AT_NOWHERE, {}),
    ("list_words", 422, LONG_NAME, {}),
    ("add_words", 404, AT_NOWHERE, WORDS),
    ("add_words", 422, AT_WORK, NO_WORDS),
    ("import_words", 404, AT_NOWHERE, WORDS),
    ("import_words", 422, AT_WORK, NO_WORDS),
    ("remove_word", 404, AT_WORK, {"params": {"word": "not listed"}}),
    ("remove_word", 422, AT_WORK, {}),
    ("read_sentiment", 422, {}, {"json": {"text": "", "turns": []}}),
    ("triage", 404, {}, {"json": {**NOWHERE, "text": "Where is my parcel?"}}),
    ("triage", 409, {}, {"json": {**FOREIGN, "text": "My kettle KX-200 is broken"}}),
    ("triage", 422, {}, {"json": {**SHOP, "text": ""}}),
    ("create_knowledge_base", 409, {}, {"json": {"name": "shop"}}),
    ("create_knowledge_base", 422, {}, {"json": {"name": "a/b"}}),
    ("show_knowledge_base", 404, AT_NOWHERE, {}),
    ("show_knowledge_base", 422, LONG_NAME, {}),
    ("delete_knowledge_base", 404, AT_NOWHERE, {}),
    ("delete_knowledge_base", 422, LONG_NAME, {}),
    ("list_intents", 404, AT_NOWHERE, {}),
    ("list_intents", 422, LONG_NAME, {}),
    ("replace_intents", 404, AT_NOWHERE, {"json": {"items": []}}),
    ("replace_intents", 422, AT_WORK, {"json": {"items": [{"id": "a", "examples": []}]}}),
    ("show_intent", 404, {**AT_WORK, "id": "nothing"}, {}),
    ("show_intent", 422, {**AT_WORK, "id": "a b"}, {}),
    ("put_intent", 404, {**AT_NOWHERE, "id": "back"}, INTENT),
    ("put_intent", 422, {**AT_WORK, "id": "back"}, NO_INTENT),
    ("delete_intent", 404, {**AT_WORK, "id": "nothing"}, {}),
    ("delete_intent", 422, {**AT_WORK, "id": "a b"}, {}),
    ("list_documents", 404, {}, {"params": NOWHERE}),
    ("list_documents", 422, {}, {"params": {**SHOP, "limit": "0"}}),
    ("upload_documents", 404, {}, {"data": NOWHERE, "files": FILES}),
    ("upload_documents", 409, {}, {"data": FOREIGN, "files": FILES}),
    ("upload_documents", 422, {}, {"data": SHOP}),
    ("show_document", 404, NO_ID, {}),
    ("show_document", 422, LONG_ID, {}),
    ("edit_document", 404, NO_ID, {"json": {"kind": "manual"}}),
    ("edit_document", 409, {"id": "{new_page}"}, {"json": {"kind": "manual"}}),
    ("edit_document", 422, PAGE, {"json": {"effective_from": "2026-02-02", "effective_until": "2026-02-01"}}),
    ("delete_document", 404, NO_ID, {}),
    ("delete_document", 422, LONG_ID, {}),
    ("show_document_text", 404, PAGE, {"params": {"version": "9"}}),
    ("show_document_text", 422, PAGE, {"params": {"version": "0"}}),
    ("show_document_regions", 404, PAGE, {"params": {"version": "9"}}),
    ("show_document_regions", 422, PAGE, {"params": {"start": "-1"}}),
    ("list_versions", 404, NO_ID, {}),
    ("list_versions", 422, LONG_ID, {}),
    ("compare_versions", 404, PAGE, {"params": TURN}),
    ("compare_versions", 422, PAGE, {"params": {"from": "1"}}),
    ("show_version", 404, {**PAGE, "version": "9"}, {}),
    ("show_version", 422, {**PAGE, "version": "first"}, {}),
    ("roll_back_document", 404, {"id": "{edited}"}, {"json": {"version": 9}}),
    ("roll_back_document", 409, PAGE, {"json": {"version": 1}}),
    ("roll_back_document", 422, PAGE, {"json": {"version": 0}}),
    ("list_jobs", 422, {}, {"params": {"state": "asleep"}}),
    ("submit_job", 404, {}, {"json": {**NOWHERE, "reindex": True}}),
    ("submit_job", 422, {}, {"json": SHOP}),
    ("show_job", 404, NO_ID, {}),
    ("show_job", 422, LONG_ID, {}),
    ("follow_job", 404, NO_ID, {}),
    ("follow_job", 422, LONG_ID, {}),
    ("cancel_job", 404, NO_ID, {}),
    ("cancel_job", 409, {"id": "{ended}"}, {}),
    ("cancel_job", 422, LONG_ID, {}),
    ("retry_job", 404, NO_ID, {}),
    ("retry_job", 409, {"id": "{ended}"}, {}),
    ("retry_job", 422, LONG_ID, {}),
)
BREAKABLE = tuple(call for call in DONE if call[0] not in {"live", "ready"} and call[1] != 202) + tuple(
    call for call in DONE if call[0] in {"submit_job", "retry_job"}
)
DELETING = tuple(call for call in DONE if call[0] in {"delete_knowledge_base", "delete_document"})
TOO_LARGE = tuple(
    call for call in DONE if {"json", "files"} & call[3].keys() and (call[0], call[1]) != ("upload_documents", 202)
)


def _id(call: Call) -> str:
    return f"{call[0]}-{call[1]}"


@pytest.fixture(scope="module")
def world(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = shutil.copytree(shop_folder, tmp_path_factory.mktemp("world") / "data")
    settings = load_settings(data_dir=folder, parse_workers=0, intent_encoder="bundled", max_file_mb=0.01)
    engine, gate = build_engine(settings, embedder=HashEmbedder()), Gate()
    with TestClient(create_app(settings, engine=engine, pool=NoPool(gate))) as client:
        yield World(client, engine, gate)
        gate.event.set()
    engine.close()


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(load_settings()).openapi()


def check(response: Response, operation: str, document: dict[str, Any]) -> Any:
    """Hold a response against what is promised for its status; return its content."""
    _, _, call = operations(document)[operation]
    promised = call["responses"][str(response.status_code)].get("content")
    if not promised:
        assert response.content == b""
        return None
    media = response.headers["content-type"].partition(";")[0]
    schema = promised[media]["schema"]
    if media == "text/event-stream":
        return response.text
    content = response.json()
    OAS31Validator({**schema, "components": document["components"]}).validate(content)
    return content


def check_problem(response: Response, call: Call, world: World, document: dict[str, Any]) -> None:
    content = check(response, call[0], document)
    assert response.headers["content-type"] == "application/problem+json"
    assert content["status"] == response.status_code
    assert content["instance"] == response.request.url.path
    assert content["type"].startswith("/problems/")
    assert content["title"]
    assert content["detail"]
    assert content["remedy"]
    assert "private" not in response.text


def test_every_promised_response_is_asked_for_below(document: dict[str, Any]) -> None:
    promised = {
        (name, int(status))
        for name, (_, _, call) in operations(document).items()
        for status in call["responses"]
        if name not in ELSEWHERE and status not in GUARDS
    }
    asked = {(name, status) for name, status, _, _ in (*DONE, *REFUSED)}
    asked |= {(name, 413) for name, *_ in TOO_LARGE}
    asked |= {(name, status) for name, *_ in BREAKABLE for status in (500, 503)}
    asked |= {(name, 409) for name, *_ in DELETING}
    asked = {(name, status) for name, status in asked if str(status) not in GUARDS}
    assert promised - asked == {("ready", 200)}  # see test_api_health
    assert asked - promised == set()


@pytest.mark.parametrize("call", DONE, ids=_id)
def test_what_is_done(world: World, document: dict[str, Any], call: Call) -> None:
    operation, status, at, sent = call
    response = world.call(operation, world.filled(at), **world.filled(sent))
    world.gate.event.set()
    assert response.status_code == status, response.text
    check(response, operation, document)


@pytest.mark.parametrize("call", REFUSED, ids=_id)
def test_what_is_refused(world: World, document: dict[str, Any], call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    operation, status, at, sent = call
    at, sent = world.filled(at), world.filled(sent)
    if call[:2] == ("edit_document", 409):
        index = world.engine.parts.knowledge.index("foreign")
        monkeypatch.setattr(world.engine.parts.knowledge, "index", lambda _: index)
    response = world.call(operation, at, **sent)
    assert response.status_code == status, response.text
    check_problem(response, call, world, document)


@pytest.mark.parametrize("call", TOO_LARGE, ids=_id)
def test_what_is_too_large(world: World, document: dict[str, Any], call: Call) -> None:
    operation, _, at, sent = call
    if "files" in sent:
        large: dict[str, Any] = {"data": sent["data"], "files": [("files", ("a.txt", b" " * 40_001))]}
    else:
        large = {"content": b" " * (MAX_BODY_BYTES + 1), "headers": {"content-type": "application/json"}}
    response = world.call(operation, world.filled(at), **large)
    assert response.status_code == 413, response.text
    check_problem(response, call, world, document)


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.parametrize("call", BREAKABLE, ids=_id)
def test_what_breaks(
    world: World, document: dict[str, Any], call: Call, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, _, at, sent = call
    at, sent = world.filled(at), world.filled(sent)
    broken(world, FAULTS[status], monkeypatch)
    response = world.call(operation, at, **sent)
    world.gate.event.set()
    assert response.status_code == status, response.text
    check_problem(response, call, world, document)


@pytest.mark.parametrize("call", DELETING, ids=_id)
def test_what_somebody_else_changes_at_the_same_time(
    world: World, document: dict[str, Any], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, _, at, sent = call
    at = world.filled(at)
    broken(world, FAULTS[409], monkeypatch)
    response = world.call(operation, at, **sent)
    assert response.status_code == 409, response.text
    check_problem(response, call, world, document)

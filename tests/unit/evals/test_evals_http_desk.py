"""A running service as the desk: the real HTTP API over the real engine, and services that misbehave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from engine.domain.answer import Answer
from engine.domain.conversation import Role, Turn
from engine.errors import BackendFailed, EngineError, InvalidInput, Misconfigured, NotFound
from engine.settings import load_settings
from evals.engine_system import KNOWLEDGE_BASE, EngineSubject, EngineSystem, Pipeline
from evals.http_desk import HttpDesk, open_http_desk
from evals.subject import Entry
from tests.fakes.embedding import HashEmbedder

ENTRIES = (
    Entry("returns", "Returns", "You can return a kettle within 30 days.\n\nKeep the box."),
    Entry("warranty", "Warranty", "The warranty of a kettle is 24 months."),
)
QUESTION = "What is the warranty of a kettle?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[HttpDesk, EngineSubject]]:
    """Yield a desk over HTTP, and the same knowledge base asked in process."""
    settings = load_settings(data_dir=tmp_path)
    with EngineSystem(settings, Pipeline(), embedder=HashEmbedder()).open(tmp_path) as subject:
        assert isinstance(subject, EngineSubject)
        list(subject.add(ENTRIES))
        with TestClient(create_app(settings, engine=subject._engine)) as client:
            yield HttpDesk(client, KNOWLEDGE_BASE), subject  # type: ignore[arg-type]


def test_a_service_answers_as_the_engine_in_process(desk: tuple[HttpDesk, EngineSubject]) -> None:
    over_http, subject = desk
    for threshold in (None, 0.0, 1.0):
        here = subject.answer(QUESTION, threshold=threshold)
        there = over_http.answer(QUESTION, threshold=threshold)
        assert (there.text, there.citations, there.abstained) == (here.text, here.citations, here.abstained)
        assert there.confidence == pytest.approx(here.confidence)
        assert there.question == here.question


def test_each_threshold_is_a_request_of_its_own(
    desk: tuple[HttpDesk, EngineSubject], monkeypatch: pytest.MonkeyPatch
) -> None:
    over_http, subject = desk
    here, asked = list(subject.answers(QUESTION, thresholds=(1.0, 0.0))), list[float | None]()
    answer = HttpDesk.answer

    def noted(self: HttpDesk, question: str, *, threshold: float | None, **others: Any) -> Answer:
        asked.append(threshold)
        return answer(self, question, threshold=threshold, **others)

    monkeypatch.setattr(HttpDesk, "answer", noted)
    there = over_http.answers(QUESTION, thresholds=(1.0, 0.0))
    assert next(there).abstained == here[0].abstained
    assert asked == [1.0]
    assert next(there).text == here[1].text
    assert over_http.candidates("kettle", limit=5).passages == over_http.search("kettle", limit=5).passages


def test_a_service_searches_as_the_engine_in_process(desk: tuple[HttpDesk, EngineSubject]) -> None:
    over_http, subject = desk
    here, there = (each.search("return a kettle", limit=5) for each in (subject, over_http))
    assert [(each.uri, each.text, each.span) for each in there.passages] == [
        (each.uri, each.text, each.span) for each in here.passages
    ]
    assert over_http.search("kettle", limit=800).passages  # more than the service allows at once


def test_citations_can_be_checked_over_http(desk: tuple[HttpDesk, EngineSubject]) -> None:
    over_http, _ = desk
    answer = over_http.answer(QUESTION, threshold=0.0)
    assert answer.citations
    for each in answer.citations:
        assert each.span.of(over_http.stored_text(each.document_id, each.version)) == each.quote


def test_history_travels(desk: tuple[HttpDesk, EngineSubject]) -> None:
    over_http, subject = desk
    said = (Turn(Role.CUSTOMER, "I bought a kettle"), Turn(Role.ASSISTANT, "Good."))
    here, there = (each.answer("And its warranty?", history=said, threshold=0.0) for each in (subject, over_http))
    assert there.question.standalone == here.question.standalone


def test_the_settings_tell_what_was_asked(desk: tuple[HttpDesk, EngineSubject]) -> None:
    settings = desk[0].settings
    assert (settings["knowledge_base"], settings["documents"]) == (KNOWLEDGE_BASE, 2)
    assert "service_version" in settings


def test_a_question_that_the_service_refuses_is_invalid_input(desk: tuple[HttpDesk, EngineSubject]) -> None:
    with pytest.raises(InvalidInput):
        desk[0].answer("   ")


def test_a_missing_knowledge_base_is_named(desk: tuple[HttpDesk, EngineSubject]) -> None:
    other = HttpDesk(desk[0]._client, "nowhere")
    with pytest.raises(NotFound, match="--kb"):
        _ = other.settings


Serve = Callable[[int, bytes], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that answer everything with one status and body; yield what starts them."""
    servers = []

    def start(status: int, body: bytes) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Log nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "error", "message"),
    [
        (401, b'{"title": "No key"}', Misconfigured, "401: No key.*--api-key"),
        (404, b'{"title": "Not found"}', NotFound, "--kb"),
        (422, b'{"title": "Empty"}', InvalidInput, "Empty"),
        (503, b'{"title": "Busy"}', BackendFailed, "503: Busy"),
        (200, b"<html>", BackendFailed, "POST /v1/answer failed"),
        (200, b'{"answer": null}', BackendFailed, "cannot be read: conversation_id"),
        (502, b"", BackendFailed, "502"),
    ],
)
def test_services_that_misbehave(
    serve: Serve, status: int, body: bytes, error: type[EngineError], message: str
) -> None:
    with open_http_desk(serve(status, body), "kb") as desk, pytest.raises(error, match=message):
        desk.answer("Hello?")


def test_a_service_that_is_not_there() -> None:
    with open_http_desk("http://127.0.0.1:9", "kb") as desk, pytest.raises(BackendFailed, match="--url"):
        desk.search("hello", limit=1)


def test_an_address_that_is_none() -> None:
    with pytest.raises(InvalidInput, match="not an address"), open_http_desk("http://a:b", "kb"):
        pass


def test_the_key_is_sent() -> None:
    with open_http_desk("http://127.0.0.1:9", "kb", api_key="secret") as desk:
        assert isinstance(desk._client, httpx.Client)
        assert desk._client.headers["authorization"] == "Bearer secret"

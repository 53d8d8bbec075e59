"""The typed client against the API on a real port."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.client import ApiError, Client
from api.client.events import values
from api.schemas.answers import AnswerOut, CitationOut, QuestionIn, TokenOut
from api.schemas.checks import CheckIn
from api.schemas.feedback import FeedbackIn
from api.schemas.jobs import JobIn
from api.schemas.knowledge_bases import KnowledgeBaseIn, KnowledgeBaseOut
from api.schemas.search import SearchIn
from api.schemas.sentiment import SentimentIn
from api.schemas.triage import TriageIn
from engine.service import Engine
from engine.settings import Settings
from tests.fakes.hook_server import hook_server
from tests.serving import serving

QUESTION = QuestionIn(knowledge_base="shop", question="Within how many days may I return unused goods?", threshold=0)


@pytest.fixture(name="client")
def typed_client(shop: Engine, settings: Settings) -> Iterator[Client]:
    with serving(create_app(settings, engine=shop)) as address, Client(address) as made:
        yield made


@pytest.fixture
def admin(engine: Engine, settings: Settings) -> Iterator[Client]:
    with serving(create_app(settings, engine=engine)) as address, Client(address) as made:
        made.call("POST", "/v1/knowledge-bases", KnowledgeBaseOut, body=KnowledgeBaseIn(name="kb"))
        yield made


def test_an_answer_and_the_text_that_it_quotes(client: Client) -> None:
    answer = client.answer(QUESTION)
    assert answer.answer is not None
    assert "within 30 days" in answer.answer.text
    cited = answer.citations[0]
    assert client.text(cited)[cited.span.start : cited.span.end] == cited.quote


def test_a_stream_ends_with_the_whole_answer(client: Client) -> None:
    *parts, last = client.stream(QUESTION)
    assert isinstance(last, AnswerOut)
    assert last.answer is not None
    assert "".join(part.text for part in parts if isinstance(part, TokenOut)) == last.answer.text
    assert tuple(part for part in parts if isinstance(part, CitationOut)) == last.citations


def test_the_other_verbs(client: Client) -> None:
    assert client.search(SearchIn(knowledge_base="shop", query="kettle warranty")).passages[0].title == "Warranty"
    assert client.check(CheckIn(knowledge_base="shop", text="100% guaranteed!")).verdict == "warn"
    assert client.sentiment(SentimentIn.model_validate({"text": "I am furious!"})).overall.polarity == "negative"
    assert client.triage(TriageIn(knowledge_base="shop", text="Where is my parcel?")).language == "en"
    answer = client.answer(QUESTION)
    said = client.feedback(FeedbackIn(conversation_id=answer.conversation_id, answer_id=answer.answer_id, csat=5))
    assert said.csat == 5


def test_files_are_uploaded_followed_and_listed(admin: Client, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.md" for number in range(3)]
    for number, file in enumerate(files):
        file.write_text(f"# Page {number}\n\nText {number}.\n", encoding="utf-8")
    *_, ended = admin.follow(admin.upload("kb", *files).id)
    assert ended.state == "done"
    assert [document.title for document in admin.documents("kb")] == ["Page 0", "Page 1", "Page 2"]
    *_, again = admin.follow(admin.submit(JobIn.model_validate({"knowledge_base": "kb", "reindex": True})).id)
    assert again.state == "done"


@pytest.mark.parametrize("streamed", [False, True])
def test_a_refusal_is_raised_with_its_problem(client: Client, streamed: bool) -> None:
    wrong = QUESTION.model_copy(update={"knowledge_base": "shoop"})
    with pytest.raises(ApiError, match="'shoop'") as caught:
        list(client.stream(wrong)) if streamed else client.answer(wrong)
    assert caught.value.status == 404
    assert caught.value.problem is not None
    assert caught.value.problem.type == "/problems/not-found"
    assert caught.value.problem.remedy


def test_what_is_no_service_is_told_by_its_status() -> None:
    with hook_server() as server, Client(server.url) as other:
        server.statuses = [502]
        with pytest.raises(ApiError, match="status 502") as caught:
            other.answer(QUESTION)
    assert caught.value.problem is None


def test_the_key_is_sent_and_nobody_there_is_an_error_of_http() -> None:
    with hook_server() as server, Client(server.url, api_key="kd_1") as other:
        server.statuses = [401]
        with pytest.raises(ApiError):
            other.answer(QUESTION)
    assert server.received[0].headers["authorization"] == "Bearer kd_1"
    with Client("http://127.0.0.1:9") as nobody, pytest.raises(httpx.ConnectError):
        nobody.answer(QUESTION)


def test_unknown_events_and_fields_are_skipped_and_an_error_is_raised() -> None:
    sent = ["event: new", "data: {}", "", ": ping", "", "event: token", 'data: {"text": "a", "mood": 1}', ""]
    assert list(values(sent, {"token": TokenOut})) == [TokenOut(text="a")]
    problem = '{"type": "/problems/backend-failed", "title": "T", "status": 503, "detail": "Away.", "instance": "/"}'
    with pytest.raises(ApiError, match="Away") as caught:
        list(values(["event: error", f"data: {problem}", ""], {}))
    assert caught.value.status == 503

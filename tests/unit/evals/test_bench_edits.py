"""The benchmark of edits, on the real pipeline in this process, and on readers that see odd things."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest

from engine.answering.request import AnswerRequest
from engine.assembly import build_engine
from engine.errors import BackendFailed, InvalidInput
from engine.service import Engine
from engine.settings import load_settings
from evals.bench.edits import PAGE, bench_edits, edit_section, edit_under_questions
from evals.bench.service import HttpApi, Seen, Uploaded
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile
from ingestion.versions.comparison import compare
from tests.fakes.embedding import HashEmbedder
from tests.fakes.stores import folder

MANUAL = "# Kettle\n\n" + "\n\n".join(f"## Part {n}\n\n{'Keep this part dry and clean. ' * 20}" for n in range(4))


@dataclass
class LocalApi:
    """The calls on an engine in this process."""

    engine: Engine

    def upload(self, name: str, text: str) -> Uploaded:
        files = [MemoryFile(name, text.encode())]
        *_, report = ingest(files, target=target_of(self.engine, "kb"), source="upload")
        assert isinstance(report, IngestReport)
        return Uploaded(report.chunks, report.embedded, report.reused)

    def search(self, query: str, *, limit: int) -> tuple[Seen, ...]:
        found = self.engine.search("kb", query, limit=limit).passages
        return tuple(Seen(each.uri, each.version, each.text) for each in found)

    def answer(self, question: str) -> tuple[Seen, ...]:
        answer = self.engine.answer("kb", AnswerRequest(question, threshold=0.0))
        return tuple(Seen(each.uri, each.version, each.quote) for each in answer.citations)

    def changed_sections(self, name: str) -> int:
        (document,) = (each for each in self.engine.parts.knowledge.documents("kb") if each.uri == name)
        found = compare(self.engine.parts.knowledge, document.id, document.version - 1, document.version)
        return len(found.sections)


@pytest.fixture
def api() -> Iterator[LocalApi]:
    with folder() as path:
        engine = build_engine(load_settings(data_dir=path), embedder=HashEmbedder())
        yield LocalApi(engine)
        engine.close()


def test_a_section_is_edited_and_asked_for(api: LocalApi) -> None:
    api.upload("manual.md", MANUAL)
    found = edit_section(api, "manual.md", MANUAL)
    assert (found.embedded, found.sections_changed, found.answered) == (1, 1, True)
    assert found.passages > found.embedded
    assert min(found.request_ms, found.answered_ms) > 0


def test_the_page_with_most_sections_is_edited_and_all_is_reported(api: LocalApi) -> None:
    pages = {"a.md": "# A\n\nShort.", "manual.md": MANUAL}
    for name, text in pages.items():
        api.upload(name, text)
    found = bench_edits(api, pages, edits=3, readers=1).as_json()
    assert found["pages"] == 2
    asked = found["edits_under_questions"]
    assert isinstance(asked, dict)
    assert (asked["edits"], asked["mixtures"], asked["gaps"], asked["steps_back"]) == (3, 0, 0, 0)
    assert asked["searches"] > 0


def test_pages_without_sections_cannot_be_used(api: LocalApi) -> None:
    with pytest.raises(InvalidInput, match="page with sections"):
        edit_section(api, "a.md", "No heading.")


@dataclass
class OddApi:
    """Shows what was uploaded last, bent by `bend`; an edit takes until the readers have looked at it a few times."""

    bend: Callable[[Seen, Seen], tuple[Seen, ...]]
    versions: list[Seen] = field(default_factory=list)
    searches: int = 0
    answers: int = 0
    looked: threading.Condition = field(default_factory=threading.Condition)

    def upload(self, name: str, text: str) -> Uploaded:
        with self.looked:
            self.versions.append(Seen(PAGE, len(self.versions) + 1, text))
            searches, answers = self.searches + 4, self.answers + 1
            if len(self.versions) > 1:
                assert self.looked.wait_for(lambda: self.searches >= searches and self.answers >= answers, 30)
        return Uploaded(1, 1, 0)

    def search(self, query: str, *, limit: int) -> tuple[Seen, ...]:
        with self.looked:
            self.searches += 1
            self.looked.notify_all()
            return self.bend(self.versions[0], self.versions[-1])

    def answer(self, question: str) -> tuple[Seen, ...]:
        with self.looked:
            self.answers += 1
            self.looked.notify_all()
            return self.bend(self.versions[0], self.versions[-1])

    def changed_sections(self, name: str) -> int:
        raise NotImplementedError


@dataclass
class WaveringApi(OddApi):
    """Shows searchers the newest version and the oldest in turn."""

    def search(self, query: str, *, limit: int) -> tuple[Seen, ...]:
        newest, oldest = super().search(query, limit=limit), (self.versions[0],)
        return oldest if self.searches % 2 else newest


def shown_newest(oldest: Seen, newest: Seen) -> tuple[Seen, ...]:
    return (newest,)


def test_a_reader_who_sees_all_is_content() -> None:
    found = edit_under_questions(OddApi(shown_newest), 3, 1)
    assert (found.edits, found.mixtures, found.gaps, found.steps_back) == (3, 0, 0, 0)


def test_gaps_are_counted() -> None:
    found = edit_under_questions(OddApi(lambda *_: ()), 3, 1)
    assert found.gaps == found.searches + found.answers > 0


def test_two_versions_in_one_result_are_a_mixture() -> None:
    found = edit_under_questions(OddApi(lambda _, newest: (newest, replace(newest, version=99))), 3, 1)
    assert found.mixtures == found.searches + found.answers > 0


def test_sections_in_a_state_that_never_was_are_a_mixture() -> None:
    found = edit_under_questions(
        OddApi(lambda _, newest: (replace(newest, text=newest.text.replace("edition ", "edition 7")),)), 3, 1
    )
    assert found.mixtures == found.searches > 0


def test_a_step_back_is_counted() -> None:
    found = edit_under_questions(WaveringApi(shown_newest), 3, 1)
    assert found.steps_back >= 3
    assert (found.mixtures, found.gaps) == (0, 0)


def http(handler: Callable[[httpx.Request], httpx.Response]) -> HttpApi:
    return HttpApi(httpx.Client(transport=httpx.MockTransport(handler), base_url="http://desk.example"), "kb")


def test_the_calls_go_over_http() -> None:
    sent: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if request.url.path.endswith("/compare"):
            return httpx.Response(200, json={"sections": [1, 2]})
        body = {
            "GET /v1/documents": {"items": [{"id": "d", "version": 5}]},
            "POST /v1/documents": {"chunks": 3, "embedded": 1, "reused": 2, "failures": []},
            "POST /v1/search": {"passages": [{"uri": "a.md", "version": 2, "text": "T", "score": 1}]},
            "POST /v1/answer": {"citations": [{"uri": "a.md", "version": 2, "quote": "Q"}]},
        }[f"{request.method} {request.url.path}"]
        return httpx.Response(200, json=body)

    api = http(handler)
    assert api.upload("a.md", "Text.") == Uploaded(3, 1, 2)
    assert b'filename="a.md"' in sent[-1].content
    assert api.search("q", limit=5) == (Seen("a.md", 2, "T"),)
    assert api.answer("q") == (Seen("a.md", 2, "Q"),)
    assert api.changed_sections("a.md") == 2
    assert sent[-1].url.query == b"from=4&to=5"


def test_a_failure_of_the_api_is_one_of_the_benchmark() -> None:
    with pytest.raises(BackendFailed, match="failed at /v1/search"):
        http(lambda _: httpx.Response(500)).search("q", limit=1)
    failed = {"failures": [{"error": "a.md is empty.", "remedy": "Check it."}]}
    with pytest.raises(BackendFailed, match=r"a\.md is empty"):
        http(lambda _: httpx.Response(200, json=failed)).upload("a.md", "")

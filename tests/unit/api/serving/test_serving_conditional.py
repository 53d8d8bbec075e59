"""Entity tags, wishes about caches, and calls that will go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import anyio
import pytest
from fastapi import Request, Response

from api.problems import Refused
from api.schemas.documents import DocumentTextOut
from api.serving.caching import CACHE, answer_events, whole
from api.serving.deprecating import deprecated
from api.serving.etags import _unchanged, tagged
from engine.answering.request import AnswerRequest
from engine.domain.answer import Answer, AnswerEvent, DoneEvent, Question, TokenEvent
from tests.fakes.repositories import document

TEXT = DocumentTextOut(document_id="d", version=3, text="You may return it. 返品できます。")
ANSWER = Answer("c", Question("?", "?", "en"), None, (), 0.5)


def tag_of(shown: DocumentTextOut = TEXT, version: int = 3) -> str:
    return tagged(shown, version, "").headers["etag"]


def test_a_tag_begins_with_the_version_and_changes_with_the_text() -> None:
    other = DocumentTextOut(document_id="d", version=3, text="You may not return it.")
    assert tag_of().startswith('"3.')
    assert len({tag_of(), tag_of(other), tag_of(version=4)}) == 3
    assert tag_of() == tag_of()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("", 200),
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"old", {tag}', 304),
        ('"old",{tag},"older"', 304),
        ("*", 304),
        (" * ", 304),
        ('"old"', 200),
        ('"3"', 200),
        ('""', 200),
        ("3.0", 200),
        ("{bare}", 200),
        ('"* "', 200),
    ],
)
def test_what_the_client_has_already_is_not_sent_again(sent: str, status: int) -> None:
    reply = tagged(TEXT, 3, sent.format(tag=tag_of(), bare=tag_of().strip('"')))
    assert (reply.status_code, reply.headers["etag"]) == (status, tag_of())
    assert bytes(reply.body) == (b"" if status == 304 else TEXT.model_dump_json().encode())


def test_no_cache_on_the_way_may_keep_what_only_some_may_see() -> None:
    assert tagged(TEXT, 3, "").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("sent", ["", "*", ' "3" ', '"3.abc"', '"1.x", "3.y"', "{tag}"])
def test_a_change_of_what_was_seen_is_let_through(sent: str) -> None:
    _unchanged("d", engine_with(3), sent.format(tag=tag_of()))


@pytest.mark.parametrize("sent", ['"2.abc"', '"30.abc"', '"33"', "3.abc", "nonsense", '""', '"v3"'])
def test_a_change_of_something_older_is_refused_with_what_to_do(sent: str) -> None:
    with pytest.raises(Refused) as caught:
        _unchanged("d", engine_with(3), sent)
    kind, _, remedy = caught.value.said
    assert (caught.value.status_code, kind.name) == (412, "precondition-failed")
    assert "Read it again" in remedy


def engine_with(version: int) -> Any:
    knowledge = SimpleNamespace(document=lambda name: document(name, version=version))
    return SimpleNamespace(parts=SimpleNamespace(knowledge=knowledge))


class Answers:
    """A cache that says of each look whether it was a hit."""

    def __init__(self, hit: bool | None) -> None:
        self.hit, self.scopes = hit, list[str]()

    def stream(self, *_: object, scope: str) -> Any:
        self.scopes.append(scope)
        return SimpleNamespace(hit=self.hit, events=iter([DoneEvent(ANSWER)]))


def looked(answers: Answers | None, **headers: str) -> tuple[dict[str, str], list[str]]:
    """Return the headers of an answer, and what the metrics were told of the cache."""
    counted: list[str] = []
    serving = SimpleNamespace(answers=answers, metrics=SimpleNamespace(cached=counted.append))
    scope = {
        "type": "http",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "state": {},
        "client": ("127.0.0.1", 1),
    }
    engine = SimpleNamespace(stream=lambda *_: iter([DoneEvent(ANSWER)]))

    async def ask() -> dict[str, str]:
        request = Request(cast("Any", scope))
        found = await answer_events(cast("Any", engine), cast("Any", serving), request, "shop", AnswerRequest("?"))
        assert whole(found.events) is ANSWER
        return found.headers

    return anyio.run(ask), counted


@pytest.mark.parametrize(
    ("hit", "headers", "counted"),
    [(True, {CACHE: "hit"}, ["hit"]), (False, {CACHE: "miss"}, ["miss"]), (None, {}, [])],
    ids=["hit", "miss", "not for the cache"],
)
def test_a_client_is_told_whether_it_was_answered_before(
    hit: bool | None, headers: dict[str, str], counted: list[str]
) -> None:
    assert looked(Answers(hit)) == (headers, counted)


@pytest.mark.parametrize("wish", ["no-cache", "No-Store", "max-age=0, no-cache", "no-store,private", " no-cache "])
def test_a_client_that_wants_none_gets_a_fresh_answer(wish: str) -> None:
    answers = Answers(hit=True)
    assert looked(answers, cache_control=wish) == ({}, [])
    assert answers.scopes == []


@pytest.mark.parametrize("wish", ["", "max-age=0", "no-transform", "no-cache-please"])
def test_other_wishes_do_not_go_past_the_cache(wish: str) -> None:
    assert looked(Answers(hit=True), cache_control=wish)[0] == {CACHE: "hit"}


def test_without_a_cache_nothing_is_said_of_one() -> None:
    assert looked(None) == ({}, [])


def test_a_stream_without_its_end_is_a_mistake_of_ours() -> None:
    events: Iterator[AnswerEvent] = iter([TokenEvent("a")])
    with pytest.raises(AssertionError, match="DoneEvent"):
        whole(events)


def told(since: date, sunset: date) -> dict[str, str]:
    response = Response()
    anyio.run(deprecated(since=since, sunset=sunset, successor="/v2/answer").dependency, response)
    return dict(response.headers)


def test_a_call_that_will_go_says_when_and_what_comes_after_it() -> None:
    headers = told(date(2026, 1, 1), date(2026, 7, 2))
    assert headers["deprecation"] == "@1767225600"
    assert headers["sunset"] == "Thu, 02 Jul 2026 00:00:00 GMT"
    assert headers["link"] == '</v2/answer>; rel="successor-version"'


def test_nobody_is_given_less_than_half_a_year() -> None:
    with pytest.raises(ValueError, match="half a year"):
        deprecated(since=date(2026, 1, 1), sunset=date(2026, 7, 1), successor="/v2/answer")

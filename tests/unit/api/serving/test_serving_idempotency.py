from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from api.problems import Refused
from api.serving.idempotency import KEPT_S, LOST_S, Claim, forget_lost
from api.serving.identity import Caller
from engine.domain.reply import KeptReply
from engine.persistence.replies import SqlReplyRepository
from engine.ports import ReplyRepository
from tests.fakes.repositories import database

ANN = Caller("shop", "ann")
BODY = b'{"name": "kb"}'


@pytest.fixture
def replies() -> Iterator[ReplyRepository]:
    with database() as engine:
        yield SqlReplyRepository(engine)


def _claim(replies: ReplyRepository, caller: Caller = ANN, key: str = "k", request: str = "create kb") -> Claim:
    return Claim.of(replies, caller, key, request)


def _type(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, int]:
    return refused.value.said[0].name, refused.value.status_code


def test_a_reply_comes_back_and_is_sealed_meanwhile(replies: ReplyRepository) -> None:
    claim = _claim(replies)
    assert claim.made() is None
    claim.keep(201, "application/json", BODY)
    assert _claim(replies).made() == KeptReply("create kb", 201, "application/json", BODY)
    kept = replies.claim(claim.key, "", at=0.0)
    assert kept
    assert b"kb" not in kept.body
    assert "ann" not in claim.key


@pytest.mark.parametrize("other", [Caller("shop", "bob"), Caller("other", "ann"), Caller("sho", "pann")])
def test_the_key_of_another_caller_is_another_one(replies: ReplyRepository, other: Caller) -> None:
    assert _claim(replies).made() is None
    assert _claim(replies, other).made() is None


def test_another_request_under_the_key_is_refused(replies: ReplyRepository) -> None:
    _claim(replies).made()
    with pytest.raises(Refused) as refused:
        _claim(replies, request="delete kb").made()
    assert _type(refused) == ("idempotency-key-reused", 422)


def test_while_the_first_is_under_way_the_second_is_refused(replies: ReplyRepository) -> None:
    first = _claim(replies)
    first.made()
    with pytest.raises(Refused) as refused:
        _claim(replies).made()
    assert _type(refused) == ("idempotency-in-progress", 409)
    first.release()
    assert _claim(replies).made() is None


def test_a_reply_is_forgotten_after_a_day_and_a_lost_claim_after_an_hour(
    replies: ReplyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    done, lost = _claim(replies), _claim(replies, key="lost")
    assert done.made() is lost.made() is None
    done.keep(201, "", b"")
    monkeypatch.setattr(time, "time", lambda: now + LOST_S + 1)
    assert _claim(replies).made()
    assert _claim(replies, key="lost").made() is None
    monkeypatch.setattr(time, "time", lambda: now + KEPT_S + 1)
    assert _claim(replies).made() is None


def test_a_start_gives_up_what_a_process_that_ended_had_claimed(replies: ReplyRepository) -> None:
    done = _claim(replies)
    done.made()
    done.keep(201, "", BODY)
    _claim(replies, key="lost").made()
    forget_lost(replies)
    assert _claim(replies).made() == replace(KeptReply("create kb", 201), body=BODY)
    assert _claim(replies, key="lost").made() is None

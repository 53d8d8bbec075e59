"""What every adapter of the ReplyRepository port must do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.reply import KeptReply
from engine.persistence.replies import SqlReplyRepository
from engine.ports import ReplyRepository
from tests.fakes.repositories import database

CLAIMED = KeptReply("asked")
REPLIED = KeptReply("asked", 201, "application/json", b"\x00\xffmade")


@pytest.fixture(params=["sqlite"])
def repository(request: pytest.FixtureRequest) -> Iterator[ReplyRepository]:
    with database() as engine:
        yield SqlReplyRepository(engine)


def test_a_key_is_claimed_once(repository: ReplyRepository) -> None:
    assert repository.claim("k", "asked", at=1.0) is None
    assert repository.claim("k", "something else", at=2.0) == CLAIMED
    assert repository.claim("other", "asked", at=2.0) is None


def test_what_was_replied_is_kept_to_the_byte(repository: ReplyRepository) -> None:
    repository.claim("k", "asked", at=1.0)
    repository.keep("k", REPLIED)
    assert repository.claim("k", "asked", at=2.0) == REPLIED


def test_a_claim_that_is_released_can_be_made_again(repository: ReplyRepository) -> None:
    repository.claim("k", "asked", at=1.0)
    repository.release("k")
    assert repository.claim("k", "again", at=2.0) is None


def test_a_reply_is_not_released(repository: ReplyRepository) -> None:
    repository.claim("k", "asked", at=1.0)
    repository.keep("k", REPLIED)
    repository.release("k")
    assert repository.claim("k", "asked", at=2.0) == REPLIED


def test_old_replies_and_lost_claims_are_forgotten(repository: ReplyRepository) -> None:
    for key, at, done in (("old", 1.0, True), ("kept", 5.0, True), ("lost", 5.0, False), ("held", 7.0, False)):
        repository.claim(key, "asked", at=at)
        if done:
            repository.keep(key, REPLIED)
    repository.forget(replied_before=5.0, claimed_before=7.0)
    found = {key: repository.claim(key, "new", at=9.0) for key in ("old", "kept", "lost", "held")}
    assert found == {"old": None, "kept": REPLIED, "lost": None, "held": CLAIMED}


def test_of_many_at_the_same_time_one_gets_the_claim(repository: ReplyRepository) -> None:
    found = list[KeptReply | None]()
    threads = [threading.Thread(target=lambda: found.append(repository.claim("k", "asked", at=1.0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, found)) == sorted(map(str, [None, *[replace(CLAIMED)] * 7]))

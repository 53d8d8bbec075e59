"""What every adapter of the CannedRepository port must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.canned_reply import CannedReply
from engine.domain.knowledge import KnowledgeBase
from engine.errors import NotFound
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from engine.ports import CannedRepository, KnowledgeRepository
from tests.fakes.repositories import database

LATE = CannedReply("shop", "late", "en", "Is it late?", "Sorry, {order_number} is late.", "delivery", 3, 2)
LATE_JA = CannedReply("shop", "late", "ja", "届きません", "申し訳ございません。")
ODD = CannedReply("shop", "a", "zh-Hant", "\ufdd0'; DROP TABLE canned_replies; --", "\x00\ud83d", "")
Both = tuple[CannedRepository, KnowledgeRepository]


@pytest.fixture(params=["sqlite"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    with database() as engine:
        knowledge = SqlKnowledgeRepository(engine)
        for name in ("shop", "desk"):
            knowledge.add_knowledge_base(KnowledgeBase(name))
        yield SqlCannedRepository(engine), knowledge


@pytest.fixture
def repository(both: Both) -> CannedRepository:
    return both[0]


def test_replies_come_back_as_they_were_by_shortcut_and_language(repository: CannedRepository) -> None:
    repository.put("shop", [LATE_JA, LATE, ODD])
    assert repository.replies("shop") == (ODD, LATE, LATE_JA)
    assert repository.reply(LATE.id) == LATE


def test_knowledge_bases_have_replies_of_their_own(repository: CannedRepository) -> None:
    repository.put("shop", [LATE])
    repository.put("desk", [LATE])
    assert repository.replies("desk") == (replace(LATE, knowledge_base="desk"),)
    repository.remove(LATE.id)
    assert (repository.replies("shop"), len(repository.replies("desk"))) == ((), 1)


def test_a_reply_takes_the_place_of_the_one_with_its_id_and_keeps_its_counts(repository: CannedRepository) -> None:
    repository.put("shop", [LATE, LATE_JA])
    repository.put("shop", [replace(LATE, text="New.", used=0, accepted=0)])
    assert repository.replies("shop") == (replace(LATE, text="New."), LATE_JA)


def test_all_can_be_replaced_at_once(repository: CannedRepository) -> None:
    repository.put("shop", [LATE, ODD])
    repository.put("shop", [LATE_JA], replace_all=True)
    assert repository.replies("shop") == (LATE_JA,)
    repository.put("shop", [], replace_all=True)
    assert repository.replies("shop") == ()


def test_every_change_but_of_counts_has_a_revision_of_its_own(repository: CannedRepository) -> None:
    seen = [repository.revision("shop")]
    for replies in ([LATE], [LATE, ODD]):
        repository.put("shop", replies)
        seen.append(repository.revision("shop"))
    repository.remove(ODD.id)
    seen.append(repository.revision("shop"))
    assert (seen, repository.revision("desk")) == ([0, 1, 2, 3], 0)
    repository.count(LATE.id, used=1, accepted=1)
    assert repository.revision("shop") == 3


def test_counts_go_up_and_down(repository: CannedRepository) -> None:
    repository.put("shop", [LATE, LATE_JA])
    repository.count(LATE.id, used=1, accepted=0)
    repository.count(LATE.id, used=1, accepted=-1)
    assert repository.replies("shop") == (replace(LATE, used=5, accepted=1), LATE_JA)
    repository.count("ghost", used=1, accepted=1)


def test_what_is_not_there_is_named(repository: CannedRepository) -> None:
    for call in (repository.reply, repository.remove):
        with pytest.raises(NotFound, match="ghost"):
            call("ghost")
    for ask in (repository.replies, repository.revision):
        with pytest.raises(NotFound, match="nowhere"):
            ask("nowhere")
    with pytest.raises(NotFound, match="nowhere"):
        repository.put("nowhere", [LATE])


def test_they_go_with_their_knowledge_base(both: Both) -> None:
    repository, knowledge = both
    repository.put("shop", [LATE])
    knowledge.delete_knowledge_base("shop")
    knowledge.add_knowledge_base(KnowledgeBase("shop"))
    assert (repository.replies("shop"), repository.revision("shop")) == ((), 0)

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.assist.canned import library as library_module
from engine.assist.canned.library import CannedReplies
from engine.domain.canned_reply import CannedReply
from engine.domain.knowledge import KnowledgeBase
from engine.errors import Conflict, InvalidInput, NotFound
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import database

LATE = CannedReply("shop", "late", "en", "parcel late", "The parcel is late.")
GIFT = CannedReply("shop", "gift", "en", "gift return", "A gift can be returned.")


@pytest.fixture
def library() -> Iterator[CannedReplies]:
    with database() as engine:
        SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase("shop"))
        yield CannedReplies(SqlCannedRepository(engine), HashEmbedder())


def shortcuts(replies: tuple[CannedReply, ...]) -> list[str]:
    return [each.shortcut for each in replies]


def test_the_nearest_comes_first_and_changes_are_taken_up_at_once(library: CannedReplies) -> None:
    assert library.nearest("shop", "parcel late", "en", 5) == ()
    library.put("shop", [LATE, GIFT])
    assert shortcuts(library.nearest("shop", "parcel late", "en", 5)) == ["late", "gift"]
    assert shortcuts(library.nearest("shop", "gift return", "en", 1)) == ["gift"]
    library.repository.remove(GIFT.id)
    assert shortcuts(library.nearest("shop", "gift return", "en", 5)) == ["late"]


def test_only_the_customer_s_language_is_offered_in_their_script_where_there_is_one(library: CannedReplies) -> None:
    simple, other = (replace(LATE, language=code, text=f"{code} text") for code in ("zh-Hans", "ja"))
    traditional = replace(LATE, language="zh-Hant", text="zh-Hant text")
    library.put("shop", [LATE, simple, traditional, other, replace(GIFT, language="zh-Hans")])
    found = library.nearest("shop", "parcel late", "zh-Hant", 5)
    assert {each.shortcut: each.language for each in found} == {"late": "zh-Hant", "gift": "zh-Hans"}
    assert library.nearest("shop", "parcel late", "de", 5) == ()


@pytest.mark.parametrize(
    ("typed", "found"), [("/la", ["late"]), ("/LATE", ["late"]), ("/", ["gift", "late"]), ("/x", [])]
)
def test_agents_call_replies_by_their_shortcuts(library: CannedReplies, typed: str, found: list[str]) -> None:
    library.put("shop", [LATE, GIFT])
    assert shortcuts(library.by_shortcut("shop", typed, "en")) == found


def test_a_shortcut_is_taken_once_a_language(library: CannedReplies) -> None:
    assert library.add(LATE) == LATE
    assert library.add(replace(LATE, language="ja")).language == "ja"
    with pytest.raises(Conflict, match="late"):
        library.add(replace(LATE, text="Another."))


def test_a_change_keeps_counts_and_knowledge_base(library: CannedReplies) -> None:
    library.add(replace(LATE, used=4, accepted=2))
    changed = library.change(LATE.id, replace(LATE, knowledge_base="", text=" Later. "))
    assert changed == replace(LATE, text="Later.", used=4, accepted=2)
    moved = library.change(LATE.id, replace(LATE, shortcut="delayed"))
    assert (moved.shortcut, moved.used, moved.id != LATE.id) == ("delayed", 4, True)
    with pytest.raises(NotFound):
        library.change(LATE.id, LATE)


def test_a_change_does_not_push_another_reply_away(library: CannedReplies) -> None:
    library.put("shop", [LATE, GIFT])
    with pytest.raises(Conflict):
        library.change(LATE.id, GIFT)
    assert len(library.repository.replies("shop")) == 2


def test_there_is_a_limit(library: CannedReplies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_module, "MAX_REPLIES", 1)
    library.put("shop", [LATE])
    with pytest.raises(InvalidInput, match="At most 1"):
        library.put("shop", [GIFT])
    library.put("shop", [GIFT], replace_all=True)
    assert shortcuts(library.repository.replies("shop")) == ["gift"]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(LATE, shortcut="-"),
        replace(LATE, shortcut=""),
        replace(LATE, language=""),
        replace(LATE, title=" "),
        replace(LATE, title="x" * 201),
        replace(LATE, text="x" * 4001),
        replace(LATE, category="x" * 201),
    ],
)
def test_wrong_replies_are_refused(library: CannedReplies, wrong: CannedReply) -> None:
    with pytest.raises(InvalidInput):
        library.put("shop", [wrong])
    assert library.repository.replies("shop") == ()

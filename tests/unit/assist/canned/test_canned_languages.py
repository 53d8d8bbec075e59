"""Which of an owner's replies are offered to whom: one of each shortcut, in the reader's script where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.assist.canned.library import CannedReplies
from engine.domain.canned_reply import CannedReply
from engine.domain.knowledge import KnowledgeBase
from engine.errors import Conflict, InvalidInput, NotFound
from engine.persistence.canned_replies import SqlCannedRepository
from engine.persistence.knowledge import SqlKnowledgeRepository
from tests.fakes.embedding import HashEmbedder
from tests.fakes.repositories import database

ASKED = "包裹在哪裡呢"
NEAR = CannedReply("kb", "where", "zh-Hant", ASKED, ASKED)
FAR = CannedReply("kb", "where", "zh-Hans", "标题", "完全不同的话")
OTHER = CannedReply("kb", "other", "zh-Hant", "包裹在哪", "包裹在哪")


@pytest.fixture
def library() -> Iterator[CannedReplies]:
    with database() as engine:
        for name in ("kb", "desk"):
            SqlKnowledgeRepository(engine).add_knowledge_base(KnowledgeBase(name))
        yield CannedReplies(SqlCannedRepository(engine), HashEmbedder())


def told(replies: tuple[CannedReply, ...]) -> list[tuple[str, str]]:
    return [(each.shortcut, each.language) for each in replies]


@pytest.mark.parametrize("limit", [1, 2, 6])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_reader_s_script_comes_in_the_place_of_the_nearer_one(
    library: CannedReplies, language: str, limit: int
) -> None:
    library.put("kb", [NEAR, FAR, OTHER])
    assert told(library.nearest("kb", ASKED, language, limit)) == [("where", language), ("other", "zh-Hant")][:limit]


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("en", ["en"]),
        ("en-GB", ["en"]),
        ("pt-BR", ["pt"]),
        ("zh", ["zh-Hans"]),
        ("ja", ["ja"]),
        ("ko", []),
        ("th", []),
        ("ar", []),
        ("und", []),
        ("", []),
    ],
)
def test_other_languages_are_not_offered(library: CannedReplies, language: str, found: list[str]) -> None:
    spoken = ("en", "ja", "pt", "zh-Hans")
    library.put("kb", [CannedReply("kb", "where", each, "Where?", "There.") for each in spoken])
    assert [each.language for each in library.nearest("kb", "Where?", language, 9)] == found
    assert [each.language for each in library.by_shortcut("kb", "/where", language)] == found


@pytest.mark.parametrize("limit", [0, 1, 3, 99])
def test_no_more_are_offered_than_asked_for(library: CannedReplies, limit: int) -> None:
    library.put("kb", [CannedReply("kb", f"s{at}", "en", f"Title {at}", "Text.") for at in range(5)])
    assert len(library.nearest("kb", "Title", "en", limit)) == min(limit, 5)


def test_equally_near_replies_come_in_the_order_of_their_shortcuts(library: CannedReplies) -> None:
    library.put("kb", [CannedReply("kb", name, "en", "Same", "Same.") for name in ("c", "a", "b")])
    assert [each.shortcut for each in library.nearest("kb", "Same", "en", 9)] == ["a", "b", "c"]


def test_an_empty_shelf_offers_nothing(library: CannedReplies) -> None:
    assert library.nearest("kb", "Where?", "en", 9) == library.by_shortcut("kb", "/w", "en") == ()


def test_another_knowledge_base_has_replies_of_its_own(library: CannedReplies) -> None:
    library.put("kb", [NEAR])
    assert library.nearest("desk", ASKED, "zh-Hant", 9) == ()
    library.put("desk", [CannedReply("kb", "theirs", "zh-Hant", ASKED, ASKED)])
    assert told(library.nearest("desk", ASKED, "zh-Hant", 9)) == [("theirs", "zh-Hant")]
    assert told(library.nearest("kb", ASKED, "zh-Hant", 9)) == [("where", "zh-Hant")]


def test_of_two_entries_with_one_id_the_last_is_kept(library: CannedReplies) -> None:
    library.put("kb", [NEAR, CannedReply("kb", "where", "zh-Hant", "新", "新的")])
    assert [each.text for each in library.repository.replies("kb")] == ["新的"]


def test_a_wrong_entry_keeps_all_the_others_out(library: CannedReplies) -> None:
    with pytest.raises(InvalidInput, match="cannot be a shortcut"):
        library.put("kb", [NEAR, CannedReply("kb", "/no", "en", "No", "No.")])
    assert library.repository.replies("kb") == ()


def test_a_reply_may_move_to_another_shortcut_but_not_onto_one(library: CannedReplies) -> None:
    library.put("kb", [NEAR, OTHER])
    moved = library.change(NEAR.id, CannedReply("kb", "there", "zh-Hant", ASKED, ASKED))
    assert [each.shortcut for each in library.repository.replies("kb")] == ["other", "there"]
    with pytest.raises(Conflict, match="'other' in zh-Hant"):
        library.change(moved.id, OTHER)
    with pytest.raises(NotFound):
        library.change(NEAR.id, NEAR)


def test_many_threads_see_a_change_at_once(library: CannedReplies) -> None:
    library.put("kb", [NEAR])

    def offered(_: int) -> list[tuple[str, str]]:
        return told(library.nearest("kb", ASKED, "zh-Hant", 9))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(offered, range(8))) == [[("where", "zh-Hant")]] * 8
        library.put("kb", [], replace_all=True)
        assert list(pool.map(offered, range(8))) == [[]] * 8

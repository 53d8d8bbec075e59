from __future__ import annotations

from engine.domain.knowledge import Block, BlockKind, Span
from ingestion.parsers.pieces import Piece, compose


def test_blocks_stand_apart_by_an_empty_line() -> None:
    text, blocks = compose([Piece(BlockKind.HEADING, "Returns", level=2), Piece(BlockKind.PARAGRAPH, "30 days.")])
    assert text == "Returns\n\n30 days."
    assert blocks == (
        Block(BlockKind.HEADING, Span(0, 7), level=2),
        Block(BlockKind.PARAGRAPH, Span(9, 17)),
    )


def test_pieces_of_one_group_stand_on_neighbouring_lines() -> None:
    items = [Piece(BlockKind.LIST_ITEM, f"- {word}", group=4) for word in ("one", "two")]
    text, _ = compose([Piece(BlockKind.PARAGRAPH, "Pack:"), *items, Piece(BlockKind.LIST_ITEM, "- other", group=5)])
    assert text == "Pack:\n\n- one\n- two\n\n- other"


def test_ungrouped_neighbours_stay_apart() -> None:
    text, _ = compose([Piece(BlockKind.PARAGRAPH, "a"), Piece(BlockKind.PARAGRAPH, "b")])
    assert text == "a\n\nb"


def test_pieces_are_cleaned_and_empty_ones_vanish() -> None:
    text, blocks = compose(
        [
            Piece(BlockKind.PARAGRAPH, " \u200b\x00"),
            Piece(BlockKind.HEADING, "Two\nlines"),
            Piece(BlockKind.PARAGRAPH, "cafe\u0301 \r\nopen"),
        ]
    )
    assert text == "Two lines\n\ncafé\nopen"
    assert [block.span.of(text) for block in blocks] == ["Two lines", "café\nopen"]


def test_page_and_level_are_kept() -> None:
    _, (block,) = compose([Piece(BlockKind.LIST_ITEM, "- a", level=2, page=7, group=1)])
    assert (block.level, block.page) == (2, 7)


def test_offsets_count_code_points() -> None:
    text, blocks = compose([Piece(BlockKind.PARAGRAPH, "𠮷野家 👍"), Piece(BlockKind.PARAGRAPH, "后")])
    assert blocks[1].span == Span(7, 8)
    assert blocks[1].span.of(text) == "后"


def test_nothing_gives_nothing() -> None:
    assert compose([]) == ("", ())

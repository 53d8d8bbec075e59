from __future__ import annotations

import pytest

from engine.domain.knowledge import Block, BlockKind, Span
from ingestion.chunking.units import units_of
from ingestion.chunking.weight import weight


def units(text: str, max_weight: float, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    block = Block(kind, Span(2, 2 + len(text)), page=4)
    stored = f"> {text} <"
    found = list(units_of(stored, block, max_weight))
    assert all(unit.weight == pytest.approx(weight(unit.span.of(stored))) for unit in found)
    assert all(unit.weight <= max_weight for unit in found)
    assert all(unit.page == 4 for unit in found)
    return [unit.span.of(stored) for unit in found]


def test_a_block_that_fits_stays_whole() -> None:
    assert units("One sentence. Another sentence.", 320) == ["One sentence. Another sentence."]


def test_a_long_block_is_cut_between_sentences() -> None:
    text = "The first sentence is here. The second one follows it. And a third."
    assert units(text, 9) == ["The first sentence is here.", "The second one follows it.", "And a third."]


def test_chinese_sentences_too() -> None:
    assert units("请先关机。再拔插头！完成了吗？", 6) == ["请先关机。", "再拔插头！", "完成了吗？"]


def test_a_number_of_a_list_stays_with_its_text() -> None:
    assert units("1. Open the lid. Fill the tank.", 6, BlockKind.LIST_ITEM) == ["1. Open the lid.", "Fill the tank."]


def test_a_long_sentence_is_cut_at_clauses_then_at_spaces() -> None:
    assert units("alpha beta gamma, delta epsilon zeta", 8) == ["alpha beta gamma,", "delta epsilon zeta"]
    assert units("alpha beta gamma delta epsilon zeta", 8) == ["alpha beta gamma delta", "epsilon zeta"]


def test_a_sentence_without_any_break_is_cut_where_it_must() -> None:
    assert units("長" * 7, 3) == ["長長長", "長長長", "長"]


def test_line_breaks_are_the_first_place_to_cut() -> None:
    assert units("ab cd\nef gh", 2.5, BlockKind.CODE) == ["ab cd", "ef gh"]


def test_headings_are_marked() -> None:
    (unit,) = units_of("Title", Block(BlockKind.HEADING, Span(0, 5), level=1), 320)
    assert unit.heading

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from ingestion.ocr.protocol import Turn
from ingestion.ocr.rapid_turn import Pixels, find_turn, legibility

LATIN, HAN = "turn it off first", "清洗之前请先关机并拔掉电源插头"


def upright_strip(length: int = 400) -> Pixels:
    """Return a strip whose upper edge is marked: 255 at the top, 0 at the bottom, 128 at the left."""
    strip = np.full((40, length, 3), 200, dtype=np.uint8)
    strip[:10] = 255
    strip[-10:] = 0
    return strip


def is_upright(strip: Pixels) -> bool:
    height, width = strip.shape[:2]
    return bool(width > height and strip[2].mean() > 250 and strip[-3].mean() < 5)


def reader(
    text: str, *, known: Callable[[Pixels], bool] = is_upright
) -> Callable[[Sequence[Pixels]], list[tuple[str, float]]]:
    """Return a recogniser that reads strips in one position and finds little in the others."""

    def recognise(strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        return [(text, 0.97) if known(strip) else ("~", 0.4) for strip in strips]

    return recognise


@pytest.mark.parametrize(("quarters", "degrees"), [(0, 0), (1, 90), (2, 180), (3, 270)])
@pytest.mark.parametrize("text", [LATIN, HAN])
def test_the_turn_that_sets_a_page_upright_is_found(text: str, quarters: int, degrees: int) -> None:
    strips = [np.rot90(upright_strip(length), quarters) for length in (400, 300, 420)]
    turn = find_turn(strips, reader(text))
    assert (turn.degrees, turn.vertical) == (degrees, False)
    assert turn.confidence > 0.9


def column(count: int = 12) -> Pixels:
    """Return a column of characters: dark squares with room between."""
    strip = np.full((40 * count, 40, 3), 255, dtype=np.uint8)
    for at in range(count):
        strip[40 * at + 5 : 40 * at + 35, 5:35] = 0
    return strip


def test_columns_of_upright_characters_are_vertical_lines() -> None:
    turn = find_turn([column(), column(10)], reader(HAN, known=lambda strip: strip.shape[1] > strip.shape[0]))
    assert turn.vertical
    assert turn.degrees == 0


def test_latin_letters_never_stand_in_columns() -> None:
    turn = find_turn([column()], reader(LATIN, known=lambda strip: strip.shape[1] > strip.shape[0]))
    assert not turn.vertical


def test_strips_are_set_side_by_side_character_by_character() -> None:
    shapes: list[tuple[int, ...]] = []

    def recognise(strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        shapes.extend(strip.shape[:2] for strip in strips)
        return [(HAN, 0.9)] * len(strips)

    find_turn([column(8)], recognise)
    assert shapes[-1] == (40, 8 * 40)


def test_the_longer_lines_decide() -> None:
    strips = [upright_strip(500), upright_strip(450), np.rot90(upright_strip(80))]
    assert find_turn(strips, reader(LATIN)).degrees == 0
    assert find_turn([np.rot90(strip) for strip in strips], reader(LATIN)).degrees == 90


def test_without_lines_there_is_nothing_to_tell() -> None:
    assert find_turn([], reader(LATIN)) == Turn(confidence=0.0)
    assert find_turn([np.zeros((40, 40, 3), dtype=np.uint8)], reader(LATIN)).confidence == 0.0


def test_an_unknown_script_is_left_as_it_lies_with_little_confidence() -> None:
    turn = find_turn([upright_strip()], reader(LATIN, known=lambda _: False))
    assert turn.degrees == 0
    assert turn.confidence < 0.5


def test_few_and_short_strips_are_read() -> None:
    seen: list[Pixels] = []

    def recognise(strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        seen.extend(strips)
        return [(LATIN, 0.97)] * len(strips)

    find_turn([upright_strip(4000)] * 40, recognise)
    assert len(seen) == 6
    assert max(strip.shape[1] for strip in seen) == 400


@pytest.mark.parametrize(
    ("text", "confidence", "aspect", "expected"),
    [
        ("abcdefgh", 0.9, 4.0, 0.9),
        ("ab", 0.9, 20.0, 0.9 * 2 / 8),
        ("      ", 0.9, 20.0, 0.0),
        ("", 0.0, 1.0, 0.0),
        ("三年保修", 0.8, 4.0, 0.8),
    ],
)
def test_legibility_counts_what_is_missing(text: str, confidence: float, aspect: float, expected: float) -> None:
    assert legibility(text, confidence, aspect) == pytest.approx(expected)

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ingestion.ocr.protocol import ReadLine, Turn
from ingestion.ocr.reader import ReadPage
from ingestion.parsers.pdf_lines import Line
from ingestion.parsers.scan_lines import ReadSegment, scan_lines

BODY = "Rinse the tank and wipe the tray with a soft cloth"


def read_line(text: str, x: float, y: float, *, size: float = 20.0, high: float = 1.3, score: float = 0.95) -> ReadLine:
    """Return a line as a recogniser boxes it: half as wide a letter as its size, `high` times as high."""
    width = sum(size if ord(char) > 0x2E80 else 0.68 * size if char.isupper() else 0.5 * size for char in text)
    return ReadLine(text, (x, y, x + width, y + high * size), score)


def page(lines: Sequence[ReadLine], *, turn: Turn | None = None, size: tuple[int, int] = (1000, 1400)) -> ReadPage:
    places = tuple((0.1 * at, 0.2, 0.3, 0.4) for at in range(len(lines)))
    return ReadPage(tuple(lines), places, *size, turn or Turn())


def lines_of(*lines: ReadLine, turn: Turn | None = None) -> list[Line]:
    return scan_lines(page(lines, turn=turn), 3)


def test_lines_keep_their_text_page_place_and_confidence() -> None:
    first, second = lines_of(read_line(BODY, 80, 100, score=0.8), read_line(BODY, 80, 130))
    assert (first.text, first.page, second.page) == (BODY, 3, 3)
    segment = first.segments[0]
    assert isinstance(segment, ReadSegment)
    assert (segment.place, segment.confidence) == ((0.0, 0.2, 0.3, 0.4), 0.8)


@pytest.mark.parametrize("scale", [0.5, 1.0, 4.0])
def test_sizes_are_those_of_a_page_in_points_whatever_the_resolution(scale: float) -> None:
    (line,) = lines_of(read_line(BODY, 80 * scale, 100 * scale, size=20 * scale))
    assert line.height == pytest.approx(13)
    assert line.x0 == pytest.approx(80 * 13 / 26, rel=0.01)


def test_lines_are_measured_from_the_bottom() -> None:
    first, second = lines_of(read_line(BODY, 80, 100), read_line(BODY, 80, 1300))
    assert first.bottom > second.bottom
    assert first.relative > 0.9
    assert second.relative < 0.1


def test_boxes_that_differ_because_of_descenders_are_one_size() -> None:
    found = lines_of(*(read_line(BODY, 80, 100 + 40 * at, high=1.2 + 0.1 * (at % 3)) for at in range(6)))
    assert {line.height for line in found} == {13.0}


def test_a_heading_is_larger() -> None:
    body = [read_line(BODY, 80, 200 + 40 * at) for at in range(6)]
    heading, *rest = lines_of(read_line("Technical data", 80, 100, size=30), *body)
    assert heading.height > 1.15 * rest[0].height


def test_two_headings_of_one_size_are_of_one_size_with_descenders_or_without() -> None:
    body = [read_line(BODY, 80, 200 + 40 * at) for at in range(6)]
    one, other, *_ = lines_of(
        read_line("Account and care", 80, 50, size=30, high=1.1), read_line("Why, again?", 80, 120, size=30), *body
    )
    assert one.height == other.height > 13


@pytest.mark.parametrize("text", ["效。", "RGB", "1"])
def test_a_few_characters_say_nothing_about_size(text: str) -> None:
    body = [read_line(BODY, 80, 200 + 40 * at) for at in range(6)]
    *_, last = lines_of(*body, read_line(text, 80, 450, size=28))
    assert last.height == 13.0


def test_capitals_are_wide_and_not_large() -> None:
    body = [read_line(BODY, 80, 200 + 40 * at) for at in range(6)]
    capitals, *_ = lines_of(read_line("UNPLUG THE MACHINE FIRST", 80, 100), *body)
    assert capitals.height == 13.0


def test_small_print_is_smaller() -> None:
    body = [read_line(BODY, 80, 200 + 40 * at) for at in range(6)]
    *_, small = lines_of(*body, read_line("All errors excepted, printed on paper", 80, 500, size=13))
    assert small.height < 12


def test_stretches_close_together_are_one_segment_and_share_one_place() -> None:
    left, right = read_line("Rinse the", 80, 100, score=0.9), read_line("tank", 180, 101, score=0.7)
    ((segment,),) = [line.segments for line in lines_of(left, right)]
    assert isinstance(segment, ReadSegment)
    assert segment.text == "Rinse the tank"
    assert segment.place == (0.0, 0.2, 0.3, 0.4)
    assert segment.confidence == pytest.approx((0.9 * 9 + 0.7 * 4) / 13)


def test_han_stretches_are_joined_without_a_space() -> None:
    ((segment,),) = [line.segments for line in lines_of(read_line("清洗", 80, 100), read_line("水箱", 122, 100))]
    assert segment.text == "清洗水箱"


def test_stretches_far_apart_are_segments_of_a_table() -> None:
    (line,) = lines_of(read_line("Tank", 80, 100), read_line("1.4 litres", 400, 100))
    assert [segment.text for segment in line.segments] == ["Tank", "1.4 litres"]


def test_vertical_lines_are_read_from_the_right() -> None:
    first = ReadLine("保証期間は二年", (900.0, 100.0, 930.0, 310.0), 0.9)
    second = ReadLine("レシートを保管", (850.0, 100.0, 880.0, 310.0), 0.9)
    found = lines_of(second, first, turn=Turn(vertical=True))
    assert [line.text for line in found] == ["保証期間は二年", "レシートを保管"]
    assert found[0].bottom > found[1].bottom
    assert found[0].x1 - found[0].x0 == pytest.approx(210 * 13 / 30, rel=0.01)


def test_a_page_without_lines_has_none() -> None:
    assert lines_of() == []

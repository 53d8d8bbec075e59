from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from ingestion.parsers.pdf_lines import Line, page_lines
from tests.unit.ingestion.documents import TextAt, pdf


def lines(*texts: TextAt) -> list[Line]:
    document = pdfium.PdfDocument(pdf([list(texts)]))
    try:
        return page_lines(document[0], 1)
    finally:
        document.close()


def test_each_line_knows_its_place() -> None:
    first, second = lines(TextAt(50, 700, "First line"), TextAt(60, 680, "second", size=20))
    assert (first.text, second.text) == ("First line", "second")
    assert (round(first.x0), round(second.x0)) == (50, 60)
    assert first.bottom - second.bottom == pytest.approx(20, abs=4)
    assert second.height > 1.5 * first.height
    assert 0.8 < first.relative < 0.85
    assert first.page == 1


def test_wide_gaps_part_a_line() -> None:
    (line,) = lines(TextAt(50, 700, "Code"), TextAt(150, 700, "Meaning of it"))
    assert [segment.text for segment in line.segments] == ["Code", "Meaning of it"]
    assert [round(segment.x0) for segment in line.segments] == [50, 150]
    assert line.text == "Code Meaning of it"
    assert line.x1 == line.segments[1].x1


def test_bold_text_is_heavier() -> None:
    plain, bold = lines(TextAt(50, 700, "plain"), TextAt(50, 680, "bold", bold=True))
    assert bold.segments[0].weight >= plain.segments[0].weight + 150


def test_a_hyphen_at_the_end_of_a_line_ends_it() -> None:
    found = lines(TextAt(50, 700, "a conven-"), TextAt(50, 686, "ient place"))
    assert [line.text for line in found] == ["a conven-", "ient place"]


def test_a_raised_character_stays_in_its_line() -> None:
    (line,) = lines(TextAt(50, 700, "area 50 m"), TextAt(99, 704, "2", size=7), TextAt(104, 700, "at most"))
    assert line.text == "area 50 m2 at most"


def test_chinese_lines() -> None:
    (line,) = lines(TextAt(50, 700, "扫地机器人使用说明"))
    assert line.text == "扫地机器人使用说明"
    assert line.x1 - line.x0 == pytest.approx(99, abs=3)


def test_a_blank_page_has_no_lines() -> None:
    assert lines(TextAt(50, 700, "  ")) == []
    assert lines() == []

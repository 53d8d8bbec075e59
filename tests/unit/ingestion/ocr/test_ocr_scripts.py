from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image as Images
from PIL import ImageDraw, ImageFont, features
from PIL.Image import Image

from evals.metrics.character_accuracy import character_accuracy
from ingestion.ocr.protocol import Box, ReadLine, Turn
from ingestion.ocr.reader import PageReader
from ingestion.ocr.scripts import ScriptAwareEngine
from ingestion.ocr.tesseract import TesseractEngine, tesseract_installed
from ingestion.parsers.scan_lines import scan_lines
from tests.fakes.ocr import FakeOcrEngine, read_line
from tests.unit.ingestion.engines import rapid_engine

PAGE = Images.effect_noise((400, 300), 50).convert("RGB")
GOOD = read_line("Keep the receipt for repairs.", 20, 20)
UNREAD = ReadLine("", (20.0, 60.0, 320.0, 80.0), 0.0)
KOREAN = ReadLine("영수증을 보관하십시오", (22.0, 61.0, 318.0, 79.0), 0.93)


class FakeTesseract(TesseractEngine):
    """A Tesseract whose data reads one script; notes what it was asked."""

    def __init__(
        self, lines: Sequence[ReadLine], *, code: str = "kor", installed: str = "eng kor rus jpn_vert"
    ) -> None:
        self.lines = tuple(lines)
        self.code = code
        self.data = frozenset(installed.split())
        self.tried: list[str] = []
        self.read_with: list[tuple[str, ...]] = []
        self.lies = Turn(180, confidence=0.9)

    @property
    def installed(self) -> frozenset[str]:
        return self.data

    def turn(self, image: Image) -> Turn:
        return self.lies

    def read_as(self, image: Image, codes: Sequence[str], *, mode: int = 3) -> tuple[ReadLine, ...]:
        self.read_with.append(tuple(codes))
        return self.lines

    def best_code(self, image: Image, codes: Sequence[str]) -> tuple[str, float]:
        self.tried.extend(codes)
        return (self.code, 0.95) if self.code in codes else ("", 0.3)


def read(
    first: Sequence[ReadLine], second: FakeTesseract, languages: Sequence[str] = (), *, vertical: bool = False
) -> tuple[ReadLine, ...]:
    return ScriptAwareEngine(FakeOcrEngine(first), second).read(PAGE, languages, vertical=vertical)


def test_a_page_that_the_first_engine_reads_is_never_shown_to_the_second() -> None:
    second = FakeTesseract([KOREAN])
    assert read([GOOD], second) == (GOOD,)
    assert second.tried == []
    assert second.read_with == []


def test_lines_that_it_cannot_read_are_read_by_the_second_in_the_script_that_fits() -> None:
    second = FakeTesseract([KOREAN])
    assert read([GOOD, UNREAD], second) == (GOOD, KOREAN)
    assert second.tried == ["kor", "rus"]
    assert second.read_with == [("kor", "eng")]


def test_lines_that_it_reads_well_are_kept_where_both_have_read() -> None:
    worse = ReadLine("Koop tho recoipt", GOOD.box, 0.9)
    assert read([GOOD, UNREAD], FakeTesseract([worse, KOREAN])) == (GOOD, KOREAN)


def test_lines_read_so_so_are_replaced_once_the_script_is_known() -> None:
    half = ReadLine("HRUTO., RU", (20.0, 100.0, 320.0, 120.0), 0.8)
    better = ReadLine("팬입니다 HARUTO", (20.0, 100.0, 320.0, 120.0), 0.9)
    assert read([GOOD, UNREAD, half], FakeTesseract([KOREAN, better])) == (GOOD, KOREAN, better)


def test_letters_of_a_script_that_is_half_known_are_doubtful_too() -> None:
    greek = ReadLine("Ωραος καιρς σμερα", (20.0, 60.0, 320.0, 80.0), 0.88)
    right = ReadLine("Ωραίος καιρός σήμερα", greek.box, 0.95)
    assert read([GOOD, greek], FakeTesseract([right], code="ell", installed="eng ell")) == (GOOD, right)


def test_without_fitting_data_the_lines_stay_as_they_are() -> None:
    second = FakeTesseract([KOREAN], code="tha")
    assert read([GOOD, UNREAD], second) == (GOOD, UNREAD)
    assert second.read_with == []


def test_a_speck_is_not_worth_a_second_reading() -> None:
    second = FakeTesseract([KOREAN])
    speck = ReadLine("", (20.0, 60.0, 30.0, 66.0), 0.0)
    assert read([GOOD, GOOD, speck], second) == (GOOD, GOOD, speck)
    assert second.tried == []


def test_expected_languages_limit_what_is_tried() -> None:
    second = FakeTesseract([KOREAN], code="rus")
    read([GOOD, UNREAD], second, ["en", "ru"])
    assert second.tried == ["rus"]


def test_languages_that_it_does_not_know_at_all_go_to_the_second_at_once() -> None:
    second = FakeTesseract([KOREAN])
    assert read([GOOD], second, ["ko"]) == (KOREAN,)
    assert second.read_with == [("kor",)]


COLUMN = ReadLine("保証期間はご購入日から二年です", (300.0, 20.0, 325.0, 280.0), 0.99)
VERTICAL = ReadLine("保証期間は、ご購入日から二年です。", (300.0, 20.0, 325.0, 280.0), 0.94)


def test_vertical_lines_are_read_by_the_second_where_it_has_the_data() -> None:
    second = FakeTesseract([VERTICAL])
    assert read([COLUMN], second, vertical=True) == (VERTICAL,)
    assert second.read_with == [("jpn_vert",)]


def test_vertical_lines_stay_with_the_first_where_it_has_not_or_reads_badly() -> None:
    assert read([COLUMN], FakeTesseract([VERTICAL], installed="eng"), vertical=True) == (COLUMN,)
    noise = ReadLine("|", VERTICAL.box, 0.4)
    assert read([COLUMN], FakeTesseract([noise]), vertical=True) == (COLUMN,)


def test_a_column_of_which_the_second_reads_a_piece_stays_with_the_first() -> None:
    piece = ReadLine("ご購入日から二年です。", (300.0, 120.0, 325.0, 280.0), 0.95)
    beside = ReadLine("保管してください。", (250.0, 20.0, 275.0, 200.0), 0.95)
    assert read([COLUMN], FakeTesseract([piece, beside]), vertical=True) == (COLUMN, beside)


@pytest.mark.parametrize(("confidence", "expected"), [(0.99, 90), (0.2, 180)])
def test_the_second_is_asked_how_a_page_lies_where_the_first_is_not_sure(confidence: float, expected: int) -> None:
    engine = ScriptAwareEngine(FakeOcrEngine(turn=Turn(90, confidence=confidence)), FakeTesseract([]))
    assert engine.turn(PAGE).degrees == expected


def test_of_two_that_do_not_know_the_first_is_believed() -> None:
    second = FakeTesseract([])
    second.lies = Turn(180, confidence=0.0)
    assert ScriptAwareEngine(FakeOcrEngine(turn=Turn(confidence=0.1)), second).turn(PAGE).degrees == 0


def test_boxes_at_the_edge_do_no_harm() -> None:
    edges: list[Box] = [(-5.0, -5.0, 200.0, 10.0), (390.0, 295.0, 460.0, 300.0)]
    lines = [ReadLine("", box, 0.0) for box in edges]
    assert read(lines, FakeTesseract([KOREAN])) == (KOREAN,)


VERTICAL_TEXT = ("製品の保証期間は、ご購入日から", "二年間です。レシートを大切に", "保管してください。")


def vertical_page() -> Image:
    """Return a page with three vertical lines, the first at the right."""
    try:
        font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 28)
    except OSError:
        pytest.skip("the font NotoSansCJK-Regular.ttc is not installed")
    if not features.check("raqm"):
        pytest.skip("Pillow was built without Raqm, which sets vertical text")
    page = Images.new("RGB", (360, 560), "white")
    draw = ImageDraw.Draw(page)
    for at, text in enumerate(VERTICAL_TEXT):
        draw.text((280 - 60 * at, 40), text, font=font, fill="black", direction="ttb")
    return page


def test_vertical_japanese_is_noticed_and_read_from_the_right() -> None:
    if not tesseract_installed() or "jpn_vert" not in TesseractEngine().installed:
        pytest.skip("Tesseract's data jpn_vert is not installed")
    read = PageReader(engine=ScriptAwareEngine(rapid_engine(), TesseractEngine())).read(vertical_page())
    assert (read.turn.degrees, read.turn.vertical) == (0, True)
    text = "".join(line.text for line in scan_lines(read, 1))
    assert character_accuracy(text, "".join(VERTICAL_TEXT)) > 0.95


def test_without_tesseract_vertical_japanese_loses_its_marks_only() -> None:
    read = PageReader(engine=rapid_engine()).read(vertical_page())
    assert read.turn.vertical
    text = "".join(line.text for line in scan_lines(read, 1))
    assert character_accuracy(text, "".join(VERTICAL_TEXT)) > 0.8

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL.Image import Image, Resampling, Transpose

from engine.errors import Misconfigured
from ingestion.ocr import reader as module
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.protocol import ReadLine, Turn, mean_confidence
from ingestion.ocr.rapid import RapidEngine
from ingestion.ocr.reader import PageReader, ReadPage, page_reader
from ingestion.ocr.scripts import ScriptAwareEngine
from ingestion.ocr.tesseract import TesseractEngine
from tests.fakes.ocr import FakeOcrEngine, read_line
from tests.unit.ingestion.drawing import drawn

PAGE = drawn(room=(500, 300))
LINE = read_line("Keep the receipt.", 50, 30, width=250)


def read(*lines: ReadLine, page: Image = PAGE, turn: Turn | None = None) -> ReadPage:
    return PageReader(engine=FakeOcrEngine(lines, turn=turn)).read(page)


def test_places_are_shares_of_the_page() -> None:
    found = read(LINE)
    assert (found.width, found.height) == PAGE.size
    left, top, right, bottom = found.places[0]
    assert (left, right) == pytest.approx((50 / PAGE.width, 300 / PAGE.width), abs=1e-4)
    assert (top, bottom) == pytest.approx((30 / PAGE.height, 50 / PAGE.height), abs=1e-4)


def test_text_is_cleaned_and_noise_left_out() -> None:
    found = read(
        ReadLine(" Keep\u00a0the\u200b receipt. ", LINE.box, 0.9),
        ReadLine("~", LINE.box, 0.2),
        ReadLine("", LINE.box, 0.99),
        ReadLine(" \t", LINE.box, 0.99),
    )
    assert [line.text for line in found.lines] == ["Keep the receipt."]
    assert found.characters == len("Keep the receipt.")


@pytest.mark.parametrize("degrees", [90, 270])
def test_the_engine_sees_a_page_that_lay_on_its_side_upright(degrees: int) -> None:
    engine = FakeOcrEngine([LINE], turn=Turn(degrees))
    found = PageReader(engine=engine).read(PAGE)
    assert engine.sizes == [(PAGE.height, PAGE.width)]
    assert (found.width, found.height) == (PAGE.height, PAGE.width)
    assert found.turn.degrees == degrees


def test_turning_goes_clockwise() -> None:
    seen: list[Image] = []

    class Camera(FakeOcrEngine):
        def read(self, image: Image, *_: object, **__: object) -> tuple[ReadLine, ...]:
            seen.append(image)
            return ()

    PageReader(engine=Camera(turn=Turn(90))).read(PAGE.transpose(Transpose.ROTATE_90))
    assert seen[0].tobytes() == PAGE.tobytes()


def test_a_skewed_page_is_read_straight_and_its_places_are_those_on_the_page_as_it_came() -> None:
    lines = [f"Line {number}: rinse the tank and wipe the tray with a cloth" for number in range(12)]
    skewed = drawn(lines, size=18).rotate(4, Resampling.BICUBIC, expand=True, fillcolor=(255,) * 3)
    engine = FakeOcrEngine([read_line("Line 0", 60, 60, width=300)])
    found = PageReader(engine=engine).read(skewed)
    assert found.angle == pytest.approx(4, abs=0.2)
    assert engine.sizes[0] != skewed.size
    left, top, right, bottom = found.places[0]
    assert (bottom - top) * skewed.height > 20 + 300 * 0.05  # the box of a slanting line is higher than the line
    assert 0 <= left < right <= 1


def test_places_stay_on_the_page() -> None:
    found = read(ReadLine("edge", (-20.0, -5.0, 9999.0, 9999.0), 0.9))
    assert found.places == ((0.0, 0.0, 1.0, 1.0),)


def test_a_faint_page_reaches_the_engine_with_contrast() -> None:
    seen: list[tuple[object, ...]] = []

    class Meter(FakeOcrEngine):
        def turn(self, image: Image) -> Turn:
            seen.append(image.convert("L").getextrema())
            return Turn()

    PageReader(engine=Meter()).read(drawn(ink=150, paper=210))
    assert seen == [(0, 255)]


def test_expected_languages_reach_the_engine() -> None:
    engine = FakeOcrEngine([LINE])
    PageReader(OcrOptions(languages=("ja", "en")), engine=engine).read(PAGE)
    assert engine.languages == [("ja", "en")]


def test_the_confidence_of_a_page_is_that_of_its_lines_long_ones_counting_more() -> None:
    lines = (ReadLine("a" * 30, LINE.box, 0.9), ReadLine("b" * 10, LINE.box, 0.5))
    assert read(*lines).confidence == pytest.approx(0.8)
    assert read().confidence == mean_confidence(()) == 0.0


def test_one_reader_for_the_same_options_in_a_process() -> None:
    assert page_reader(OcrOptions()) is page_reader(OcrOptions())
    assert page_reader(OcrOptions()) is not page_reader(OcrOptions(languages=("ja",)))


def test_the_engine_is_made_once_even_by_many_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[OcrOptions] = []

    def make(options: OcrOptions) -> FakeOcrEngine:
        made.append(options)
        return FakeOcrEngine([LINE])

    monkeypatch.setattr(module, "_engine", make)
    reader = PageReader()
    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(reader.read, [PAGE] * 8))) == 8
    assert made == [OcrOptions()]


@pytest.mark.parametrize(
    ("options", "installed", "kind"),
    [
        (OcrOptions(), True, ScriptAwareEngine),
        (OcrOptions(), False, RapidEngine),
        (OcrOptions("tesseract"), True, TesseractEngine),
    ],
)
def test_the_options_choose_the_engine(
    monkeypatch: pytest.MonkeyPatch, options: OcrOptions, installed: bool, kind: type
) -> None:
    monkeypatch.setattr(module, "tesseract_installed", lambda: installed)
    assert type(PageReader(options).engine) is kind


def test_a_missing_tesseract_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    with pytest.raises(Misconfigured, match="Tesseract is not installed") as caught:
        PageReader(OcrOptions("tesseract")).read(PAGE)
    assert "apt-get install tesseract-ocr" in caught.value.remedy
    assert "KNOWDESK_OCR_ENGINE=rapidocr" in caught.value.remedy

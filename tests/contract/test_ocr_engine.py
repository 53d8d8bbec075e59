"""What every OCR engine owes: lines within the image, the same ones every time, nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image as Images

from ingestion.ocr.protocol import OcrEngine
from ingestion.ocr.scripts import ScriptAwareEngine
from ingestion.ocr.tesseract import TesseractEngine, tesseract_installed
from tests.fakes.ocr import FakeOcrEngine, read_line
from tests.unit.ingestion.drawing import drawn
from tests.unit.ingestion.engines import rapid_engine

TEXT = "Empty the tank every night."
PAGE = drawn([TEXT], room=(500, 200))
BLANK = Images.new("RGB", (300, 200), "white")
ENGINES: dict[str, Callable[[], OcrEngine]] = {
    "fake": lambda: FakeOcrEngine([read_line(TEXT, 30, 30)]),
    "rapid": rapid_engine,
    "tesseract": TesseractEngine,
    "both": lambda: ScriptAwareEngine(rapid_engine(), TesseractEngine()),
}


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> OcrEngine:
    """Return each engine once for all tests, because loading models takes a while."""
    if request.param in {"tesseract", "both"} and not tesseract_installed():
        pytest.skip("the program tesseract is not installed")
    return ENGINES[request.param]()


def test_it_has_a_name(engine: OcrEngine) -> None:
    assert engine.name


def test_a_line_is_read(engine: OcrEngine) -> None:
    (line,) = engine.read(PAGE, ["en"])
    assert line.text == TEXT


def test_boxes_are_on_the_image_and_confidence_is_a_share(engine: OcrEngine) -> None:
    for line in engine.read(PAGE, ["en"]):
        left, top, right, bottom = line.box
        assert -2 <= left < right <= PAGE.width + 2
        assert -2 <= top < bottom <= PAGE.height + 2
        assert 0 <= line.confidence <= 1


def test_reading_twice_gives_the_same(engine: OcrEngine) -> None:
    page = PAGE.crop((0, 0, 300, 80))
    assert engine.read(page, ["en"]) == engine.read(page, ["en"])


def test_where_nothing_is_written_nothing_is_read(engine: OcrEngine) -> None:
    assert engine.read(BLANK, ["en"]) == ()


def test_an_upright_page_needs_no_turn(engine: OcrEngine) -> None:
    turn = engine.turn(PAGE)
    assert (turn.degrees, turn.vertical) == (0, False)
    assert 0 <= turn.confidence <= 1


def test_the_image_is_not_changed(engine: OcrEngine) -> None:
    page = PAGE.copy()
    engine.turn(page)
    engine.read(page, ["en"])
    assert page.tobytes() == PAGE.tobytes()

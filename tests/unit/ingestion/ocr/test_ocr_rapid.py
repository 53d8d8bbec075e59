from __future__ import annotations

import socket
from collections.abc import Sequence

import cv2
import pytest
from PIL import Image as Images
from PIL.Image import Image, Transpose

from engine.errors import BackendFailed
from ingestion.ocr.protocol import ReadLine
from ingestion.ocr.rapid import RapidEngine
from tests.unit.ingestion.drawing import LINES, drawn
from tests.unit.ingestion.engines import rapid_engine


@pytest.fixture(scope="module")
def engine() -> RapidEngine:
    return rapid_engine()


def texts(lines: Sequence[ReadLine]) -> list[str]:
    return [line.text for line in sorted(lines, key=lambda line: line.box[1])]


def test_lines_are_read_where_they_stand(engine: RapidEngine) -> None:
    page = drawn(room=(600, 400))
    lines = engine.read(page)
    assert texts(lines) == list(LINES)
    for at, line in enumerate(sorted(lines, key=lambda line: line.box[1])):
        left, top, right, bottom = line.box
        assert left == pytest.approx(30, abs=8)
        assert top < 30 + round(1.6 * 24 * at) + 15 < bottom
        assert right < page.width
        assert line.confidence > 0.9


def test_light_on_dark_is_read_too(engine: RapidEngine) -> None:
    assert texts(engine.read(drawn(ink=255, paper=20))) == list(LINES)


def test_an_image_of_nothing_has_no_lines(engine: RapidEngine) -> None:
    assert engine.read(Images.new("RGB", (300, 200), "white")) == ()
    assert engine.turn(Images.new("RGB", (300, 200), "white")).confidence == 0.0


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_odd_sizes_are_no_error(engine: RapidEngine, size: tuple[int, int]) -> None:
    noise = Images.effect_noise(size, 80).convert("RGB")
    assert isinstance(engine.read(noise), tuple)
    assert engine.turn(noise).degrees in {0, 90, 180, 270}


@pytest.mark.parametrize(
    ("transposed", "degrees"),
    [(None, 0), (Transpose.ROTATE_90, 90), (Transpose.ROTATE_180, 180), (Transpose.ROTATE_270, 270)],
)
def test_how_a_page_lies_is_found_without_asking(
    engine: RapidEngine, transposed: Transpose | None, degrees: int
) -> None:
    page = drawn(room=(500, 300))
    turn = engine.turn(page if transposed is None else page.transpose(transposed))
    assert (turn.degrees, turn.vertical) == (degrees, False)
    assert turn.confidence > 0.8


def test_a_long_screenshot_is_read_from_end_to_end(engine: RapidEngine) -> None:
    lines = [f"Message number {number}" for number in range(0, 56, 4)]
    screenshot = drawn([line for each in lines for line in (each, "", "", "")], size=16, room=(360, 0))
    assert screenshot.height > 4 * screenshot.width
    assert texts(engine.read(screenshot)) == lines


def test_what_its_libraries_raise_is_a_failure_of_the_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def detect_and_crop(self, *_: object) -> None:
            raise cv2.error

    engine = RapidEngine()
    vars(engine)["_loaded"] = Broken()
    with pytest.raises(BackendFailed, match="RapidOCR failed") as caught:
        engine.read(drawn())
    assert "KNOWDESK_OCR_ENGINE" in caught.value.remedy


def test_nothing_is_fetched_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert RapidEngine().read(drawn(["No network"]))[0].text == "No network"


def test_models_are_loaded_when_first_needed_and_kept(engine: RapidEngine) -> None:
    fresh = RapidEngine()
    assert "_loaded" not in vars(fresh)
    engine.read(drawn(["Warm"]))
    loaded = vars(engine)["_loaded"]
    engine.read(drawn(["Warm"]))
    assert vars(engine)["_loaded"] is loaded


def _red(page: Image) -> Image:
    return Images.merge("RGB", (page.getchannel(0).point(lambda level: 255), page.getchannel(1), page.getchannel(2)))


def test_colours_come_in_the_right_order(engine: RapidEngine) -> None:
    assert texts(engine.read(_red(drawn(["Red letters"])))) == ["Red letters"]

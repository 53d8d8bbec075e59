from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Images
from PIL.Image import Image, Resampling, Transpose

from ingestion.ocr.skew import skew_angle, straightened
from tests.unit.ingestion.drawing import drawn

TEXT = [f"Line {number}: rinse the tank and wipe the tray with a soft cloth" for number in range(14)]
PAGE = drawn(TEXT, size=18, room=(700, 500))


def turned(page: Image, angle: float) -> Image:
    return page.rotate(angle, Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


@pytest.mark.parametrize("angle", [-8.0, -3.0, -0.7, 1.5, 3.0, 10.0])
def test_the_angle_of_a_page_that_was_turned_is_found(angle: float) -> None:
    assert skew_angle(turned(PAGE, angle)) == pytest.approx(angle, abs=0.2)


def test_a_straight_page_stays_as_it_is() -> None:
    assert skew_angle(PAGE) == 0.0
    assert straightened(PAGE).image is PAGE


def test_vertical_lines_are_measured_along_their_length() -> None:
    upright = PAGE.transpose(Transpose.ROTATE_90)
    assert skew_angle(turned(upright, 4.0), vertical=True) == pytest.approx(4.0, abs=0.2)


@pytest.mark.parametrize("page", [Images.new("RGB", (300, 200), "white"), Images.new("RGB", (1, 1)), drawn(["."])])
def test_without_text_there_is_no_angle(page: Image) -> None:
    assert skew_angle(page) == 0.0


def test_faint_text_is_enough() -> None:
    faint = drawn(TEXT, size=18, ink=170, paper=210)
    assert skew_angle(faint.rotate(3.0, Resampling.BICUBIC, expand=True, fillcolor=(210,) * 3)) == pytest.approx(
        3.0, abs=0.25
    )


def test_the_straightened_page_is_straight_and_keeps_the_colour_of_its_paper() -> None:
    grey = drawn(TEXT, size=18, paper=230).rotate(3.0, Resampling.BICUBIC, expand=True, fillcolor=(230,) * 3)
    straight = straightened(grey)
    assert skew_angle(straight.image) == 0.0
    assert straight.image.getpixel((0, 0)) == (230, 230, 230)


def red_box(image: Image) -> tuple[float, float, float, float]:
    red, green, _ = np.moveaxis(np.asarray(image), 2, 0)
    ys, xs = np.nonzero((red > 180) & (green < 90))
    return float(xs.min()), float(ys.min()), float(xs.max() + 1), float(ys.max() + 1)


def test_boxes_are_found_again_on_the_page_as_it_came() -> None:
    page = PAGE.copy()
    page.paste((255, 0, 0), (560, 60, 640, 90))
    skewed = turned(page, 4.0)
    straight = straightened(skewed)
    assert straight.angle == pytest.approx(4.0, abs=0.2)
    assert red_box(straight.image) != pytest.approx(red_box(skewed), abs=10)
    assert straight.original(red_box(straight.image)) == pytest.approx(red_box(skewed), abs=5)


def test_the_way_back_from_a_straight_page_changes_nothing() -> None:
    assert straightened(PAGE).original((10.0, 20.0, 30.0, 40.0)) == pytest.approx((10.0, 20.0, 30.0, 40.0))

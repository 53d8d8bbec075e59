from __future__ import annotations

import numpy as np
import pytest
from PIL import Image as Images

from ingestion.ocr.bands import bands, paper_colour
from tests.unit.ingestion.drawing import drawn

LONG = drawn([f"Line {number} of a very long screenshot" for number in range(60)], size=20)


def test_a_small_page_is_one_band_at_full_size() -> None:
    page = drawn(room=(900, 800))
    (band,) = bands(page, pixels=1_000_000)
    assert (band.top, band.scale) == (0, 1.0)
    assert band.image.size == (page.width + 32, page.height + 32)


def test_a_page_that_is_a_little_too_large_is_scaled_and_not_cut() -> None:
    (band,) = bands(Images.new("RGB", (1400, 1400)), pixels=1_000_000)
    assert band.scale == pytest.approx(1 / 1.4, rel=0.01)


def test_a_short_page_is_enlarged_but_not_beyond_twice() -> None:
    (strip,) = bands(drawn(["One line."], size=16, room=(300, 0)), pixels=1_500_000)
    assert strip.scale == pytest.approx(2.0)


def test_a_long_page_is_cut_where_nothing_is_written() -> None:
    found = list(bands(LONG, pixels=100_000))
    assert len(found) > 1
    grey = np.asarray(LONG.convert("L"))
    for band in found[1:]:
        assert grey[band.top].min() == 255


def test_the_bands_cover_the_page_once() -> None:
    found = list(bands(LONG, pixels=100_000))
    heights = [round((band.image.height - 32) / band.scale) for band in found]
    assert [band.top for band in found] == [sum(heights[:at]) for at in range(len(heights))]
    assert sum(heights) == pytest.approx(LONG.height, abs=len(found))


def test_no_band_has_more_pixels_than_asked_for() -> None:
    for band in bands(LONG, pixels=100_000):
        assert (band.image.width - 32) * (band.image.height - 32) <= 101_000


def test_at_most_as_many_bands_as_allowed() -> None:
    assert len(list(bands(LONG, pixels=10_000, most=3))) == 3


def test_points_of_a_band_are_found_again_on_the_page() -> None:
    band = list(bands(LONG, pixels=100_000))[1]
    corner = np.array([[16, 16]], dtype=np.float32)
    assert band.on_page(corner).tolist() == [[0, band.top]]
    lower = np.array([[16 + 10 * band.scale, 16 + 20 * band.scale]], dtype=np.float32)
    assert band.on_page(lower)[0] == pytest.approx([10, band.top + 20], abs=0.01)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2)])
def test_odd_sizes_are_taken(size: tuple[int, int]) -> None:
    found = list(bands(Images.new("RGB", size), pixels=500_000))
    assert found
    assert all(min(band.image.size) > 32 for band in found)


def test_the_paper_is_the_colour_at_the_edge() -> None:
    page = Images.new("RGB", (50, 50), (10, 20, 30))
    page.paste((255, 255, 255), (5, 5, 45, 45))
    assert paper_colour(page) == (10, 20, 30)

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PIL import Image as Images
from PIL.Image import Transpose

from engine.domain.knowledge import ParsedDocument
from engine.errors import InvalidInput
from ingestion.ocr.options import OcrOptions, ReadsImages
from ingestion.ocr.protocol import ReadLine, Turn
from ingestion.ocr.reader import PageReader
from ingestion.parsers.formats.image import PARSER, ImageParser
from ingestion.parsers.registry import parser_for
from ingestion.parsing import Limits, parse
from tests.fakes.ocr import FakeOcrEngine, read_line
from tests.unit.ingestion.drawing import LINES, drawn, encoded

PAGE = drawn()


def fake(lines: Sequence[ReadLine] = (), turn: Turn | None = None) -> tuple[ImageParser, FakeOcrEngine]:
    engine = FakeOcrEngine(lines or [read_line("Keep the receipt.", 30, 30)], turn=turn)
    return ImageParser(reader=PageReader(engine=engine)), engine


def quotes(parsed: ParsedDocument) -> list[str]:
    return [region.span.of(parsed.text) for region in parsed.regions]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
def test_every_format_is_told_by_its_content(kind: str) -> None:
    data = encoded(PAGE, kind)
    assert PARSER.recognizes(data)
    assert parser_for("no-extension", data) is PARSER
    assert parser_for("wrong.pdf", data) is PARSER


@pytest.mark.parametrize(
    "data", [b"", b"BM", b"BMW is a make of cars", b"RIFF\x00\x00\x00\x00WAVE", b"%PDF-1.7", b"GIF"]
)
def test_other_content_is_not(data: bytes) -> None:
    assert not PARSER.recognizes(data)


def test_text_and_regions_are_those_of_the_engine() -> None:
    parser, _ = fake([read_line("Keep the receipt.", 30, 30), read_line("Empty the tank.", 30, 90)])
    parsed = parser.parse(encoded(PAGE), name="folder/receipt.png")
    assert parsed.text == "Keep the receipt.\n\nEmpty the tank."
    assert quotes(parsed) == ["Keep the receipt.", "Empty the tank."]
    assert parsed.title == "receipt"
    assert parsed.warnings == ()


def test_each_page_of_a_tiff_is_a_page() -> None:
    parser, engine = fake()
    data = encoded(PAGE, "TIFF", save_all=True, append_images=[PAGE, PAGE])
    parsed = parser.parse(data, name="fax.tiff")
    assert [block.page for block in parsed.blocks] == [1, 2, 3]
    assert [region.page for region in parsed.regions] == [1, 2, 3]
    assert len(engine.sizes) == 3


def test_of_an_animation_one_picture_is_read_and_that_is_said() -> None:
    parser, engine = fake()
    parsed = parser.parse(encoded(PAGE, "GIF", save_all=True, append_images=[drawn(["Other"])] * 5), name="a.gif")
    assert len(engine.sizes) == 1
    assert parsed.warnings == ("This is an animation: only its first picture was read.",)


def test_an_image_without_text_is_refused() -> None:
    parser, _ = fake()
    with pytest.raises(InvalidInput, match=r"No text was found on blank\.png") as caught:
        parser.parse(encoded(Images.new("RGB", (100, 80), "white")), name="blank.png")
    assert "300 dpi" in caught.value.remedy


def test_a_turned_page_is_said_to_be_turned() -> None:
    parser, engine = fake(turn=Turn(90))
    parsed = parser.parse(encoded(PAGE), name="a.png")
    assert parsed.metadata["page_turns"] == "1:90"
    assert engine.sizes == [(PAGE.height, PAGE.width)]


def test_the_limit_on_pixels_is_that_of_the_options() -> None:
    assert isinstance(PARSER, ReadsImages)
    with pytest.raises(InvalidInput, match="at most 20,000 in all"):
        parse(encoded(PAGE), name="a.png", limits=Limits(ocr=OcrOptions(max_pixels=20_000)))


def test_options_make_another_parser_and_leave_the_first_alone() -> None:
    options = OcrOptions("tesseract", ("ja",))
    assert PARSER.with_ocr(options).ocr == options
    assert PARSER.ocr == OcrOptions()


def test_a_screenshot_is_read_by_default() -> None:
    parsed = parse(encoded(drawn(room=(600, 300))), name="screenshot.png")
    assert " ".join(parsed.text.split()) == " ".join(LINES)
    assert quotes(parsed) == list(LINES)
    for region in parsed.regions:
        left, top, right, bottom = region.box
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1
        assert region.confidence > 0.9


def test_a_photograph_upside_down_is_read_by_default() -> None:
    data = encoded(drawn(room=(600, 300)).transpose(Transpose.ROTATE_180), "JPEG", quality=60)
    parsed = parse(data, name="photo.jpg")
    assert " ".join(parsed.text.split()) == " ".join(LINES)
    assert parsed.metadata["page_turns"] == "1:180"

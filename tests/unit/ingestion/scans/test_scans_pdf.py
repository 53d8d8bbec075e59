from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import Image as Images
from PIL.Image import Transpose

from engine.errors import InvalidInput
from ingestion.ocr.options import OcrOptions
from ingestion.ocr.protocol import ReadLine, Turn
from ingestion.ocr.reader import PageReader
from ingestion.parsers.formats import pdf as format_module
from ingestion.parsers.formats.pdf import PARSER, PdfParser
from ingestion.parsers.pdf_lines import Line, Segment, page_lines
from ingestion.parsers.pdf_scans import is_garbled, is_scanned, page_image
from ingestion.parsing import Limits, parse
from tests.fakes.ocr import FakeOcrEngine, read_line
from tests.unit.ingestion.documents import TextAt, pdf
from tests.unit.ingestion.drawing import LINES, drawn, scanned_pdf

TEXT_PAGE = [TextAt(57, 740, "The text layer of this page says all there is to say about the machine.")]
READ = read_line("Read off the image.", 60, 60)


def parser(lines: Sequence[ReadLine] = (READ,), *, turn: Turn | None = None) -> tuple[PdfParser, FakeOcrEngine]:
    engine = FakeOcrEngine(lines, turn=turn)
    return PdfParser(reader=PageReader(engine=engine)), engine


def joined(*files: bytes) -> bytes:
    """Return a PDF with the pages of several."""
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()


def stamped(text: str) -> bytes:
    """Return a scanned page with text of its own at its lower edge."""
    scan = pypdfium2.PdfDocument(scanned_pdf([drawn()]))
    page = scan[0]
    written = pdfium.FPDFPageObj_NewTextObj(scan, b"Helvetica", 3.0)
    characters = (pdfium.FPDF_WCHAR * (len(text) + 1))(*map(ord, text), 0)
    pdfium.FPDFText_SetText(written, characters)
    pdfium.FPDFPageObj_Transform(written, 1, 0, 0, 1, 5, 5)
    pdfium.FPDFPage_InsertObject(page, written)
    page.gen_content()
    out = io.BytesIO()
    scan.save(out)
    scan.close()
    return out.getvalue()


def line(text: str) -> Line:
    return Line((Segment(text, 50, 200, 400),), 1, 700, 11, 0.9)


def test_a_scanned_page_is_read() -> None:
    reading, engine = parser()
    parsed = reading.parse(scanned_pdf([drawn()]), name="scan.pdf")
    assert parsed.text == "Read off the image."
    assert [(region.page, region.span.of(parsed.text)) for region in parsed.regions] == [(1, parsed.text)]
    assert len(engine.sizes) == 1
    assert parsed.by_ocr


def test_a_page_with_text_is_never_shown_to_the_engine() -> None:
    reading, engine = parser()
    parsed = reading.parse(pdf([TEXT_PAGE]), name="manual.pdf")
    assert parsed.text == TEXT_PAGE[0].text
    assert parsed.regions == ()
    assert not parsed.by_ocr
    assert engine.sizes == []


def test_in_a_mixed_file_each_page_is_taken_as_it_is() -> None:
    reading, engine = parser()
    parsed = reading.parse(joined(pdf([TEXT_PAGE]), scanned_pdf([drawn(), drawn()]), pdf([TEXT_PAGE])), name="m.pdf")
    assert [block.page for block in parsed.blocks] == [1, 2, 3, 4]
    assert [region.page for region in parsed.regions] == [2, 3]
    assert len(engine.sizes) == 2


def test_a_stamp_on_a_scan_does_not_hide_the_scan() -> None:
    reading, engine = parser()
    assert reading.parse(stamped("page 7"), name="scan.pdf").text == "Read off the image."
    assert len(engine.sizes) == 1


def test_a_stamp_is_kept_where_the_scan_says_less() -> None:
    reading, _ = parser([read_line("~", 60, 60)])
    parsed = reading.parse(stamped("approved by Mia"), name="scan.pdf")
    assert parsed.text == "approved by Mia"
    assert parsed.by_ocr  # another engine may read more


def test_the_text_layer_of_a_searchable_scan_is_believed() -> None:
    text = "A scanner that reads by itself leaves a text layer behind its image. " * 2
    reading, engine = parser()
    assert reading.parse(stamped(text.strip()), name="scan.pdf").text.startswith("A scanner that reads")
    assert engine.sizes == []


def test_a_blank_page_is_not_worth_reading() -> None:
    reading, engine = parser()
    parsed = reading.parse(joined(pdf([[]]), scanned_pdf([drawn()])), name="scan.pdf")
    assert [block.page for block in parsed.blocks] == [2]
    assert len(engine.sizes) == 1


def test_a_file_whose_scans_show_nothing_is_refused() -> None:
    reading, _ = parser()
    with pytest.raises(InvalidInput, match=r"scan\.pdf has no text, on its images neither") as caught:
        reading.parse(scanned_pdf([Images.new("RGB", (400, 300), "white")]), name="scan.pdf")
    assert "300 dpi" in caught.value.remedy


def test_scans_without_text_are_named() -> None:
    reading, _ = parser()
    parsed = reading.parse(scanned_pdf([drawn(), Images.new("RGB", (400, 300), "white")]), name="scan.pdf")
    assert parsed.warnings == ("No text was found on page 2.",)


def test_how_scanned_pages_lay_is_kept() -> None:
    reading, _ = parser(turn=Turn(270))
    assert reading.parse(scanned_pdf([drawn()]), name="scan.pdf").metadata["page_turns"] == "1:270"


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("A sentence.", False),
        ("保修期为两年。", False),
        ("\ue001\ue002\ue003 \ue004", True),
        ("\ufffd\ufffda\ufffd", True),
        ("\x01\x02\x03\x04 text", True),
        ("A long sentence with one \ue001 bullet", False),
        ("", False),
    ],
)
def test_text_layers_without_meaning_are_garbled(text: str, garbled: bool) -> None:
    assert is_garbled([line(text)] if text else []) is garbled


def test_a_garbled_text_layer_is_replaced_by_what_the_page_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_module, "page_lines", lambda page, number: [line("\ue001\ue002 \ue003" * 60)])
    reading, engine = parser()
    assert reading.parse(pdf([TEXT_PAGE]), name="manual.pdf").text == "Read off the image."
    assert len(engine.sizes) == 1


def test_which_pages_are_scanned() -> None:
    def judged(data: bytes) -> bool:
        document = pypdfium2.PdfDocument(data)
        page = document[0]
        found = is_scanned(page, page_lines(page, 1))
        page.close()
        document.close()
        return found

    assert judged(scanned_pdf([drawn()]))
    assert judged(stamped("page 7"))
    assert not judged(pdf([TEXT_PAGE]))
    assert not judged(pdf([[]]))
    assert not judged(pdf([[TextAt(57, 700, "Short.")]]))


@pytest.mark.parametrize(
    ("dpi", "width"),
    [
        pytest.param(100, 1000, id="5 inches at 200 dpi"),
        pytest.param(10, 2800, id="50 inches, the most"),
        pytest.param(1200, 1000, id="less than half an inch, the least"),
    ],
)
def test_pages_are_rendered_at_200_dpi_within_bounds(dpi: int, width: int) -> None:
    document = pypdfium2.PdfDocument(scanned_pdf([Images.new("RGB", (500, 400), "white")], dpi=dpi))
    image = page_image(document[0])
    document.close()
    assert image.mode == "RGB"
    assert image.width == pytest.approx(width, abs=2)


def test_two_threads_may_read_at_once() -> None:
    reading, _ = parser()
    data = scanned_pdf([drawn()] * 3)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: reading.parse(data, name="scan.pdf"), range(4)))
    assert len({parsed.text for parsed in found}) == 1


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_scan_that_is_cut_off_is_refused_by_name(share: float) -> None:
    data = scanned_pdf([drawn()])
    reading, _ = parser()
    with pytest.raises(InvalidInput, match=r"scan\.pdf (is not a readable PDF|has no text)"):
        reading.parse(data[: int(share * len(data))], name="scan.pdf")


def test_the_options_reach_the_parser() -> None:
    assert PARSER.with_ocr(OcrOptions("tesseract")).ocr.engine == "tesseract"


def test_a_scan_that_lies_on_its_side_is_read_by_default() -> None:
    data = scanned_pdf([drawn(room=(600, 300)).transpose(Transpose.ROTATE_270)])
    parsed = parse(data, name="scan.pdf", limits=Limits())
    assert " ".join(parsed.text.split()) == " ".join(LINES)
    assert parsed.metadata["page_turns"] == "1:270"
    assert len(parsed.regions) == len(LINES)

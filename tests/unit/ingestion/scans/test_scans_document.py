from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.ocr.protocol import ReadLine, Turn
from ingestion.ocr.reader import ReadPage
from ingestion.parsers.pdf_lines import Line, Segment
from ingestion.parsers.scans import PageLines, scanned_document


def page(*texts: str, score: float = 0.95, degrees: int = 0) -> ReadPage:
    lines = tuple(
        ReadLine(text, (80.0, 100.0 + 40 * at, 80.0 + 10 * len(text), 126.0 + 40 * at), score)
        for at, text in enumerate(texts)
    )
    return ReadPage(lines, tuple((0.1, 0.1, 0.5, 0.2) for _ in lines), 1000, 1400, Turn(degrees))


def pages(*read: ReadPage) -> PageLines:
    found = PageLines()
    for each in read:
        found.add_read(each)
    return found


BODY = ("Rinse the tank and wipe the tray with a soft cloth", "before you put everything back.")


def test_text_blocks_and_regions_fit_together() -> None:
    parsed = scanned_document(pages(page(*BODY), page("Boil it once.")), name="scan.tiff")
    assert parsed.text == f"{' '.join(BODY)}\n\nBoil it once."
    assert [block.page for block in parsed.blocks] == [1, 2]
    assert [(region.page, region.span.of(parsed.text)) for region in parsed.regions] == [
        (1, BODY[0]),
        (1, BODY[1]),
        (2, "Boil it once."),
    ]
    assert parsed.warnings == ()


def test_pages_with_a_text_layer_come_in_between() -> None:
    mixed = pages(page("Read by OCR."))
    mixed.add_text([Line((Segment("From the text layer.", 50, 160, 400),), 2, 700, 11, 0.9)])
    mixed.add_read(page("Read again."))
    parsed = scanned_document(mixed, name="manual.pdf", fields={"Title": "Manual", "Author": "Mia"})
    assert [block.page for block in parsed.blocks] == [1, 2, 3]
    assert [region.page for region in parsed.regions] == [1, 3]
    assert (parsed.title, parsed.metadata["author"]) == ("Manual", "Mia")


def test_a_page_read_with_little_confidence_is_named() -> None:
    parsed = scanned_document(pages(page(*BODY), page("Smudged.", score=0.55)), name="scan.tiff")
    assert parsed.warnings == ("Read with low confidence (0.55 at the least): page 2.",)


def test_pages_without_text_are_named_in_runs() -> None:
    blank = page()
    parsed = scanned_document(pages(page(*BODY), blank, blank, blank, page("Text."), blank), name="scan.tiff")
    assert parsed.warnings == ("No text was found on pages 2-4, 6.",)


def test_the_callers_warnings_come_first() -> None:
    parsed = scanned_document(pages(page("Text.", score=0.5)), name="a.gif", warnings=["This is an animation."])
    assert parsed.warnings[0] == "This is an animation."
    assert len(parsed.warnings) == 2


def test_how_pages_lay_is_kept() -> None:
    parsed = scanned_document(pages(page(*BODY), page("Text.", degrees=90), page("More.", degrees=180)), name="a.tiff")
    assert parsed.metadata["page_turns"] == "2:90 3:180"
    assert "page_turns" not in scanned_document(pages(page(*BODY)), name="a.tiff").metadata


def test_a_header_on_every_page_is_left_out_and_has_no_region() -> None:
    read = [page("Maruvale service manual", f"What page {number} says about the machine.") for number in range(4)]
    for each in read:
        header = each.lines[0]
        object.__setattr__(each, "lines", (ReadLine(header.text, (80.0, 10.0, 400.0, 36.0), 0.9), *each.lines[1:]))
    parsed = scanned_document(pages(*read), name="a.tiff")
    assert "Maruvale" not in parsed.text
    assert len(parsed.regions) == 4


def test_headings_and_lists_are_told() -> None:
    large = ReadLine("Descaling the machine", (80.0, 40.0, 80.0 + 15 * 21, 79.0), 0.95)
    rest = page(*BODY, "1. Empty the tank.", "2. Boil it once.")
    read = ReadPage((large, *rest.lines), ((0.0, 0.0, 0.5, 0.1), *rest.places), 1000, 1400, Turn())
    kinds = [block.kind for block in scanned_document(pages(read), name="a.png").blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]


def test_no_text_is_no_document() -> None:
    with pytest.raises(InvalidInput, match=r"scan\.png has no text"):
        scanned_document(pages(page()), name="scan.png")

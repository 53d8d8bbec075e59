from __future__ import annotations

import pytest

from engine.domain.knowledge import BlockKind
from engine.errors import InvalidInput
from ingestion.parsers.formats.epub import PARSER
from tests.unit.ingestion.documents import zipped
from tests.unit.ingestion.office import book, repacked

CHAPTERS = ["<h1>One</h1><p>First.</p>", "<h1>Two</h1><p>Second.</p>"]


def test_chapters_come_in_the_order_of_the_spine() -> None:
    parsed = PARSER.parse(book(CHAPTERS), name="a.epub")
    assert parsed.text == "One\n\nFirst.\n\nTwo\n\nSecond."
    assert [block.kind for block in parsed.blocks][::2] == [BlockKind.HEADING, BlockKind.HEADING]


def test_what_the_book_says_of_itself() -> None:
    metadata = "<dc:title>Kettles</dc:title><dc:creator>A. B.</dc:creator><dc:language>en-GB</dc:language>"
    parsed = PARSER.parse(book(CHAPTERS, metadata=metadata), name="a.epub")
    assert (parsed.title, parsed.language, parsed.metadata["author"]) == ("Kettles", "en", "A. B.")


def test_the_navigation_is_left_out() -> None:
    data = book(CHAPTERS)
    package = b'<package><manifest><item id="c0" href="text/c%200.xhtml" properties="nav"/>'
    package += b'<item id="c1" href="text/c%201.xhtml"/>'
    package += b'</manifest><spine><itemref idref="c0"/><itemref idref="c1"/><itemref idref="c9"/></spine></package>'
    assert PARSER.parse(repacked(data, {"OPS/package.opf": package}), name="a.epub").text == "Two\n\nSecond."


def test_a_missing_chapter_is_a_warning() -> None:
    package = b'<package><manifest><item id="a" href="gone.xhtml"/><item id="b" href="text/c%200.xhtml"/></manifest>'
    package += b'<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    parsed = PARSER.parse(repacked(book(CHAPTERS), {"OPS/package.opf": package}), name="a.epub")
    assert parsed.text == "One\n\nFirst."
    assert parsed.warnings == ("Chapters that the book lists are not in it: 1.",)


def encryption(uri: str) -> dict[str, bytes]:
    return {"META-INF/encryption.xml": f'<encryption><CipherReference URI="{uri}"/></encryption>'.encode()}


def test_copy_protection_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"a\.epub is copy-protected"):
        PARSER.parse(book(CHAPTERS, extra=encryption("OPS/text/c%200.xhtml")), name="a.epub")


def test_disguised_fonts_do_no_harm() -> None:
    assert PARSER.parse(book(CHAPTERS, extra=encryption("OPS/font.otf")), name="a.epub").title == "One"


@pytest.mark.parametrize("part", ["META-INF/container.xml", "OPS/package.opf"])
def test_broken_parts_are_a_named_failure(part: str) -> None:
    with pytest.raises(InvalidInput, match=r"a\.epub") as caught:
        PARSER.parse(repacked(book(CHAPTERS), {part: b""}), name="a.epub")
    assert caught.value.remedy


def test_an_archive_without_a_book_is_a_named_failure() -> None:
    with pytest.raises(InvalidInput, match=r"a\.epub is not a readable EPUB"):
        PARSER.parse(zipped({"mimetype": b"application/epub+zip"}), name="a.epub")

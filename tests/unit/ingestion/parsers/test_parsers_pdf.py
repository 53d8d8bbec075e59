from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.formats.pdf import PARSER
from tests.unit.ingestion.documents import TextAt, pdf, pdf_with_password, pdf_without_text


def parse(data: bytes) -> ParsedDocument:
    return PARSER.parse(data, name="manual.pdf")


MANUAL = pdf(
    [
        [
            TextAt(57, 815, "Maruvale", size=8),
            TextAt(57, 770, "Cora C1", size=22),
            TextAt(57, 740, "The machine grinds, brews and froths. Please read this page before you switch it on, and"),
            TextAt(57, 726, "keep it near the machine."),
            TextAt(57, 695, "Technical data", size=15),
            TextAt(60, 670, "Pressure"),
            TextAt(200, 670, "15 bar"),
            TextAt(60, 650, "Tank"),
            TextAt(200, 650, "1.4 litres"),
            TextAt(57, 20, "page 1", size=8),
        ],
        [
            TextAt(57, 815, "Maruvale", size=8),
            TextAt(57, 770, "Descaling", size=15),
            TextAt(57, 745, "1. Fill the tank."),
            TextAt(57, 730, "2. Press both keys."),
            TextAt(57, 20, "page 2", size=8),
        ],
    ],
    title="Cora C1 user manual",
)


def test_structure_and_pages() -> None:
    parsed = parse(MANUAL)
    assert parsed.text == (
        "Cora C1\n\nThe machine grinds, brews and froths. Please read this page before you switch it on, and keep it "
        "near the machine.\n\nTechnical data\n\nPressure: 15 bar\nTank: 1.4 litres\n\nDescaling\n\n"
        "1. Fill the tank.\n2. Press both keys."
    )
    assert [(block.kind, block.level, block.page) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1, 1),
        (BlockKind.PARAGRAPH, 0, 1),
        (BlockKind.HEADING, 2, 1),
        (BlockKind.TABLE_ROW, 0, 1),
        (BlockKind.TABLE_ROW, 0, 1),
        (BlockKind.HEADING, 2, 2),
        (BlockKind.LIST_ITEM, 0, 2),
        (BlockKind.LIST_ITEM, 0, 2),
    ]
    assert parsed.title == "Cora C1 user manual"


@pytest.mark.parametrize(
    "title", ["untitled", "Microsoft Word - manual_v3.docx", "manual.indd", "PowerPoint Presentation"]
)
def test_titles_that_programs_make_up_are_ignored(title: str) -> None:
    parsed = parse(pdf([[TextAt(57, 770, "Cora C1", size=22), TextAt(57, 740, "Text below it.")]], title=title))
    assert parsed.title == "Cora C1"


def test_chinese_text_is_joined_without_spaces() -> None:
    data = pdf(
        [
            [
                TextAt(57, 740, "清洗水箱之前请先关机并拔掉电源插头，等机器完全冷却以后再打开上盖，不要用力"),
                TextAt(57, 725, "拉扯。"),
            ]
        ]
    )
    assert parse(data).text == "清洗水箱之前请先关机并拔掉电源插头，等机器完全冷却以后再打开上盖，不要用力拉扯。"


def test_a_page_that_shows_no_text_either_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"manual\.pdf has no text, on its images neither") as caught:
        parse(pdf_without_text())
    assert "scan it again" in caught.value.remedy


def test_an_encrypted_file_says_so() -> None:
    with pytest.raises(InvalidInput, match=r"manual\.pdf is encrypted") as caught:
        parse(pdf_with_password())
    assert "password" in caught.value.remedy


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", MANUAL[:300], b"%PDF-1.7" + b"\x00" * 500, b"no pdf"])
def test_a_broken_file_says_so(data: bytes) -> None:
    with pytest.raises(InvalidInput, match=r"manual\.pdf (is not a readable PDF|has no text)"):
        parse(data)


def test_recognized_by_the_mark_near_the_beginning() -> None:
    assert PARSER.recognizes(MANUAL)
    assert PARSER.recognizes(b"\r\n\r\n" + MANUAL)
    assert not PARSER.recognizes(b"x" * 2000 + b"%PDF-1.7")
    assert not PARSER.recognizes(b"text")


def test_threads_may_parse_at_the_same_time() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(parse, [MANUAL] * 8))
    assert {parsed.text for parsed in found} == {parse(MANUAL).text}

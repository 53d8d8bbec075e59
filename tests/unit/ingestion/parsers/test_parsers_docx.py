from __future__ import annotations

from datetime import UTC, datetime

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.formats.docx import PARSER
from tests.unit.ingestion.documents import word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parse(data: bytes) -> ParsedDocument:
    return PARSER.parse(data, name="manual.docx")


def manual(document: WordDocument) -> None:
    document.core_properties.title = "Cora C1 manual"
    document.core_properties.language = "en-GB"
    document.core_properties.keywords = "coffee; grinder"
    document.core_properties.author = "Service team"
    document.core_properties.created = datetime(2026, 1, 1, tzinfo=UTC)
    document.add_heading("First use", 1)
    document.add_paragraph("Wash the tank.")
    document.add_paragraph("Fill it.", style="List Number")
    document.add_paragraph("Switch on.", style="List Number")
    document.add_heading("Parts", 2)
    document.add_paragraph("a spoon", style="List Bullet")
    document.add_paragraph("a lead", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Code", "Meaning", "E1", "Brush stuck"), strict=True):
        cell.text = text
    document.add_paragraph("The end.")
    document.sections[0].header.paragraphs[0].text = "Running header"
    document.sections[0].footer.paragraphs[0].text = "Page 1"


def test_structure_is_kept_in_document_order() -> None:
    parsed = parse(word(manual))
    assert parsed.text == (
        "First use\n\nWash the tank.\n\n1. Fill it.\n2. Switch on.\n\nParts\n\n- a spoon\n- a lead\n\n"
        "Code: E1; Meaning: Brush stuck\n\nThe end."
    )
    assert [(block.kind, block.level) for block in parsed.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.LIST_ITEM, 0),
        (BlockKind.TABLE_ROW, 0),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_core_properties_describe_the_document() -> None:
    parsed = parse(word(manual))
    assert parsed.title == "Cora C1 manual"
    assert parsed.language == "en"
    assert parsed.tags == ("coffee", "grinder")
    assert parsed.metadata["author"] == "Service team"


def test_the_title_that_the_template_sets_is_none() -> None:
    def build(document: WordDocument) -> None:
        document.core_properties.title = "Word Document"
        document.add_heading("Descaling", 1)

    assert parse(word(build)).title == "Descaling"


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("首次使用", "请先清洗水箱。水垢造成的损坏不在保修范围内。"),
        ("初めてお使いになる前に", "タンクを洗ってください。水あかによる故障は保証の対象外です。"),
    ],
)
def test_other_languages_are_kept_as_they_are(heading: str, body: str) -> None:
    def build(document: WordDocument) -> None:
        document.add_heading(heading, 1)
        document.add_paragraph(body)

    assert parse(word(build)).text == f"{heading}\n\n{body}"


def test_chinese_tables_have_chinese_punctuation() -> None:
    def build(document: WordDocument) -> None:
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ("代码", "含义", "E1", "边刷卡住"), strict=True):
            cell.text = text

    assert parse(word(build)).text == "代码：E1；含义：边刷卡住"


def test_a_table_of_one_cell_is_a_frame() -> None:
    def build(document: WordDocument) -> None:
        document.add_table(rows=1, cols=1).cell(0, 0).text = "Never open the lid."

    assert parse(word(build)).text == "Never open the lid."


def test_nested_lists_have_levels() -> None:
    def build(document: WordDocument) -> None:
        document.add_paragraph("outer", style="List Bullet")
        document.add_paragraph("inner", style="List Bullet 2")

    parsed = parse(word(build))
    assert parsed.text == "- outer\n- inner"
    assert [block.level for block in parsed.blocks] == [0, 1]


def test_numbers_that_were_typed_are_not_marked_again() -> None:
    def build(document: WordDocument) -> None:
        for text in ("1. one", "(2) two", "③ three", "四、 four", "not a number"):
            document.add_paragraph(text, style="List Paragraph")

    assert parse(word(build)).text == "1. one\n(2) two\n③ three\n四、 four\n- not a number"


def test_text_in_content_controls_and_tracked_changes_is_read() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    control = f"<w:sdt {{}}><w:sdtContent><w:p>{run.format('In a control.')}</w:p></w:sdtContent></w:sdt>"
    inserted = f"<w:ins w:id='1' w:author='a'>{run.format('the new')}</w:ins>"
    deleted = "<w:del w:id='2' w:author='a'><w:r><w:delText>the old</w:delText></w:r></w:del>"
    changed = f"<w:p {{}}>{run.format('Keep ')}{inserted}{deleted}</w:p>"

    def build(document: WordDocument) -> None:
        for at, block in enumerate((control, changed)):
            document.element.body.insert(at, parse_xml(block.format(nsdecls("w"))))

    assert parse(word(build)).text == "In a control.\n\nKeep the new"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (OLE + b"\0" * 600, "old Word format"),
        (b"no zip archive", "not a readable Word document"),
        (zipped({"a.txt": b"x"}), "not a readable Word document"),
        (zipped({"word/document.xml": b"<broken"}), "not a readable Word document"),
        (word(manual)[:2000], "not a readable Word document"),
    ],
)
def test_unreadable_files_name_the_remedy(data: bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=rf"manual\.docx .*{message}") as caught:
        parse(data)
    assert caught.value.remedy


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.parsers.formats.docx._LARGEST", 1000)
    with pytest.raises(InvalidInput, match="too large when unpacked"):
        parse(word(manual))


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(InvalidInput, match="has no text"):
        parse(word(lambda document: None))


def test_word_files_are_recognized_by_their_content() -> None:
    data = word(manual)
    assert PARSER.recognizes(data)
    assert not PARSER.recognizes(zipped({"xl/workbook.xml": b"x"}))
    assert PARSER.recognizes(data[:-500])  # broken, but of this format
    assert not PARSER.recognizes(b"text")

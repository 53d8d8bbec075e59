from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from engine.domain.knowledge import BlockKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.parsers.formats.docx import PARSER
from tests.unit.ingestion.documents import word, zipped
from tests.unit.ingestion.office import repacked

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
        (b"no zip archive", "is damaged"),
        (zipped({"a.txt": b"x"}), "not a readable Word document"),
        (zipped({"word/document.xml": b"<broken"}), "not a readable Word document"),
        (word(manual)[:2000], "is damaged"),
    ],
)
def test_unreadable_files_name_the_remedy(data: bytes, message: str) -> None:
    with pytest.raises(InvalidInput, match=rf"manual\.docx .*{message}") as caught:
        parse(data)
    assert caught.value.remedy


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingestion.parsers.zip_guard.LARGEST", 1000)
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


def test_text_boxes_are_read_once_behind_their_paragraph() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    box = f"<w:txbxContent><w:p>{run.format('In a box.')}</w:p></w:txbxContent>"
    names = (
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml'"
    )
    choice = f"<mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    anchored = f"<w:p {{}} {names}>{run.format('Before.')}<w:r>{both}</w:r></w:p>"

    def build(document: WordDocument) -> None:
        document.element.body.insert(0, parse_xml(anchored.format(nsdecls("w"))))

    assert parse(word(build)).text == "Before.\n\nIn a box."


def test_formulas_are_read_in_place() -> None:
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    formula = f"<m:oMath><m:r><m:t>x=</m:t></m:r>{fraction}</m:oMath>"

    def build(document: WordDocument) -> None:
        paragraph = f"<w:p {nsdecls('w')} {math}><w:r><w:t xml:space='preserve'>Use </w:t></w:r>{formula}</w:p>"
        document.element.body.insert(0, parse_xml(paragraph))
        cell = document.add_table(rows=2, cols=2).cell(1, 1)
        cell._tc.append(parse_xml(f"<w:p {nsdecls('w')} {math}><m:oMathPara>{formula}</m:oMathPara></w:p>"))

    assert parse(word(build)).text == "Use x=(a+b)/2\n\nx=(a+b)/2"


def test_footnotes_stand_at_the_end_and_comments_are_left_out() -> None:
    def part(name: str, text: str) -> bytes:
        paragraph = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        return f"<w:{name}s {nsdecls('w')}><w:{name}>{paragraph}</w:{name}></w:{name}s>".encode()

    data = word(lambda document: document.add_paragraph("Text."))
    parts = {"word/footnotes.xml": part("footnote", "A note."), "word/comments.xml": part("comment", "Really?")}
    parsed = parse(repacked(data, parts))
    assert parsed.text == "Text.\n\nA note."
    assert parsed.warnings == ("Comments of reviewers were left out.",)


@pytest.mark.parametrize(
    "kind", ["ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.template"]
)
def test_templates_and_documents_with_macros_are_read(kind: str) -> None:
    data = word(lambda document: document.add_paragraph("Text."))
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")
    ours = b"openxmlformats-officedocument.wordprocessingml.document"
    changed = {
        "[Content_Types].xml": types.replace(ours + b".main", kind.encode() + b".main"),
        "word/vbaProject.bin": b"x",
    }
    parsed = parse(repacked(data, changed))
    assert parsed.text == "Text."
    assert parsed.warnings == ("The file has macros; they were ignored.",)

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingestion.parsers.word_markup import flattened


def paragraphs(*blocks: str) -> list[str]:
    document = docx.Document()
    for block in reversed(blocks):
        document.element.body.insert(0, parse_xml(block.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(flattened(document))).paragraphs]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_insertions_are_accepted_and_deletions_dropped() -> None:
    assert paragraphs(
        f"<w:p>{run('a')}<w:ins>{run('b')}</w:ins><w:del><w:r><w:delText>c</w:delText></w:r></w:del></w:p>"
    ) == ["ab"]


def test_moves_show_where_they_went() -> None:
    assert paragraphs(
        f"<w:p><w:moveFrom>{run('here')}</w:moveFrom></w:p>", f"<w:p><w:moveTo>{run('here')}</w:moveTo></w:p>"
    ) == ["", "here"]


def test_controls_and_smart_tags_are_opened_at_any_depth() -> None:
    inner = f"<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{run('deep')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent><w:p><w:smartTag>{inner}</w:smartTag></w:p></w:sdtContent></w:sdt>"
    assert paragraphs(block) == ["deep"]


def test_generated_contents_lists_are_removed() -> None:
    gallery = "<w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    contents = f"<w:sdt>{gallery}<w:sdtContent><w:p>{run('Chapter 1 ... 3')}</w:p></w:sdtContent></w:sdt>"
    assert paragraphs(contents, f"<w:p>{run('Chapter 1')}</w:p>") == ["Chapter 1"]


def test_plain_text_stays_as_it_is() -> None:
    assert paragraphs(f"<w:p>{run('one')}</w:p>", f"<w:p>{run('two')}</w:p>") == ["one", "two"]

from __future__ import annotations

import pytest

from ingestion.parsers.containers import Container, has_macros, is_ole, is_zip, ole_kind, zip_kind
from tests.contract.parser_samples.pages import SAMPLES as PAGES
from tests.contract.parser_samples.sheets_and_slides import SAMPLES as SHEETS
from tests.unit.ingestion.compound import compound
from tests.unit.ingestion.documents import zipped
from tests.unit.ingestion.office import repacked

SAMPLES = PAGES | SHEETS
ZIPS = {
    "Word": Container.WORD,
    "Excel": Container.EXCEL,
    "PowerPoint": Container.POWERPOINT,
    "OpenDocument text": Container.WRITER,
    "OpenDocument spreadsheet": Container.CALC,
    "OpenDocument presentation": Container.IMPRESS,
    "EPUB": Container.EPUB,
}
OLES = {
    "Word 97-2003": Container.OLD_WORD,
    "Excel 97-2003": Container.OLD_EXCEL,
    "PowerPoint 97-2003": Container.OLD_POWERPOINT,
}
TYPES = '<Types><Override PartName="/x" ContentType="application/vnd.%s"/></Types>'


@pytest.mark.parametrize(("name", "kind"), ZIPS.items())
def test_zip_archives_are_told_apart(name: str, kind: Container) -> None:
    assert zip_kind(SAMPLES[name].data) is kind
    assert ole_kind(SAMPLES[name].data) is Container.NONE


@pytest.mark.parametrize(("name", "kind"), ZIPS.items())
def test_a_truncated_archive_is_still_recognized(name: str, kind: Container) -> None:
    assert zip_kind(SAMPLES[name].data[:-30]) is kind


@pytest.mark.parametrize(("name", "kind"), OLES.items())
def test_compound_files_are_told_apart(name: str, kind: Container) -> None:
    assert ole_kind(SAMPLES[name].data) is kind
    assert zip_kind(SAMPLES[name].data) is Container.NONE


@pytest.mark.parametrize(("name", "kind"), OLES.items())
def test_a_truncated_compound_file_is_still_recognized(name: str, kind: Container) -> None:
    assert ole_kind(SAMPLES[name].data[:2048]) in {kind, Container.NONE}
    assert is_ole(SAMPLES[name].data[:2048])


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("EncryptedPackage", Container.ENCRYPTED),
        ("Book", Container.OLD_EXCEL),
        ("__properties_version1.0", Container.OUTLOOK),
        ("Something", Container.NONE),
    ],
)
def test_streams_tell_what_a_compound_file_is(stream: str, kind: Container) -> None:
    assert ole_kind(compound({stream: b"x"})) is kind


@pytest.mark.parametrize(
    ("main", "kind"),
    [
        ("ms-word.document.macroEnabled.main+xml", Container.WORD),
        ("ms-excel.sheet.macroEnabled.main+xml", Container.EXCEL),
        ("ms-excel.sheet.binary.macroEnabled.main", Container.EXCEL_BINARY),
        ("ms-powerpoint.slideshow.macroEnabled.main+xml", Container.POWERPOINT),
        ("openxmlformats-officedocument.wordprocessingml.template.main+xml", Container.WORD),
        ("something.else.main+xml", Container.ARCHIVE),
    ],
)
def test_the_content_type_of_the_main_part_decides(main: str, kind: Container) -> None:
    assert zip_kind(zipped({"[Content_Types].xml": (TYPES % main).encode(), "x": b""})) is kind


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("xl/workbook.xml", Container.EXCEL),
        ("Index/Document.iwa", Container.IWORK),
        ("notes.txt", Container.ARCHIVE),
    ],
)
def test_well_known_parts_decide_where_nothing_is_declared(entry: str, kind: Container) -> None:
    assert zip_kind(zipped({entry: b"x"})) is kind


def test_an_empty_archive_is_one() -> None:
    assert is_zip(zipped({}))
    assert zip_kind(zipped({})) is Container.ARCHIVE
    assert not is_zip(b"PK is no archive")


def test_macros_are_seen() -> None:
    assert not has_macros(SAMPLES["Excel"].data)
    assert has_macros(repacked(SAMPLES["Excel"].data, {"xl/vbaProject.bin": b"x"}))
    assert has_macros(compound({"WordDocument": b"x", "_VBA_PROJECT_CUR": b"x"}))
    assert not has_macros(SAMPLES["Word 97-2003"].data)
    assert not has_macros(b"vbaProject.bin")

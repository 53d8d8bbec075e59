"""Other settings of OCR: what was read by it is read anew, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.domain.knowledge import ParsedDocument
from ingestion.jobs.ahead import is_indexed
from ingestion.ocr.options import OcrOptions
from ingestion.parsing import Limits
from ingestion.preparing import is_current, is_read_so
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, Readable
from ingestion.target import IngestOptions
from tests.unit.ingestion.memory import KB, SOURCE, Place
from tests.unit.ingestion.workers.hooks import plain

RAPID = OcrOptions()
GERMAN = OcrOptions(languages=("de",))
TESSERACT = OcrOptions("tesseract")
PAGE, SCAN = MemoryFile("page.txt", b"Text of a page."), MemoryFile("scan.png", b"an image")
MAIL = MemoryFile("mail.eml", b"Text of a mail.")


class Reader:
    """Parses text as it is, and images into what they are read with; `parsed` are the names of what it parsed."""

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def parse(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        self.parsed.append(name)
        if not name.endswith(".png"):
            return plain(data, name=name, limits=limits)
        return replace(plain(f"Read with {limits.ocr.key}.".encode(), name=name, limits=limits), by_ocr=True)

    @staticmethod
    def expand(file: Readable) -> Iterator[Readable]:
        yield file
        if file.uri == MAIL.uri:
            yield MemoryFile("mail.eml/scan.png", b"a scan")
            yield MemoryFile("mail.eml/note.txt", b"A note.")

    def ingest(self, place: Place, *files: Readable, ocr: OcrOptions = RAPID) -> IngestReport:
        """Forget what was parsed, and ingest."""
        self.parsed.clear()
        return place.ingest(files, parse=self.parse, expand=self.expand, limits=Limits(ocr=ocr))


@pytest.mark.parametrize("other", [TESSERACT, GERMAN])
def test_only_what_was_read_by_ocr_is_read_anew(other: OcrOptions) -> None:
    place, reader = Place(), Reader()
    reader.ingest(place, PAGE, SCAN)
    again = reader.ingest(place, PAGE, SCAN)
    assert (again.unchanged, reader.parsed) == (2, [])
    changed = reader.ingest(place, PAGE, SCAN, ocr=other)
    assert (changed.unchanged, changed.changed, reader.parsed) == (1, 1, ["scan.png"])
    assert {place.knowledge.stored_text(each.id, each.version).text for each in place.knowledge.documents(KB)} == {
        "Text of a page.",
        f"Read with {other.key}.",
    }
    assert reader.ingest(place, PAGE, SCAN, ocr=other).unchanged == 2
    assert reader.ingest(place, PAGE, SCAN).changed == 1
    place.check()


def test_scans_that_came_with_a_mail_are_read_anew() -> None:
    place, reader = Place(), Reader()
    assert reader.ingest(place, MAIL).added == 3
    assert (reader.ingest(place, MAIL).changed, reader.parsed) == (0, [])
    changed = reader.ingest(place, MAIL, ocr=TESSERACT)
    assert (changed.changed, changed.deleted, reader.parsed) == (1, 0, ["mail.eml/scan.png"])


def test_limits_and_threads_change_no_text() -> None:
    place, reader = Place(), Reader()
    reader.ingest(place, PAGE, SCAN)
    busier = reader.ingest(place, PAGE, SCAN, ocr=OcrOptions(max_pixels=20_000, threads=4))
    assert (busier.unchanged, reader.parsed) == (2, [])


@pytest.mark.parametrize("name", ["PARSERS_VERSION", "CHUNKER_VERSION"])
def test_new_parsers_parse_all_of_it_anew(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    place, reader = Place(), Reader()
    reader.ingest(place, PAGE, SCAN, MAIL)
    monkeypatch.setattr(f"ingestion.preparing.{name}", "next")
    assert reader.ingest(place, PAGE, SCAN, MAIL).changed == 5
    assert len(reader.parsed) == 5


def test_jobs_see_the_same() -> None:
    place, reader = Place(), Reader()
    reader.ingest(place, PAGE, SCAN)

    def indexed(file: MemoryFile, ocr: OcrOptions) -> bool:
        return is_indexed(place.target, IngestOptions(limits=Limits(ocr=ocr)), SOURCE, file, file.data)

    assert [indexed(PAGE, RAPID), indexed(PAGE, TESSERACT)] == [True, True]
    assert [indexed(SCAN, RAPID), indexed(SCAN, TESSERACT)] == [True, False]


def test_hashes_tell_how_images_were_read() -> None:
    assert [each.key for each in (RAPID, GERMAN, OcrOptions("tesseract", ("ja", "en")))] == [
        "rapidocr",
        "rapidocr:de",
        "tesseract:ja,en",
    ]
    assert is_current("abc", "abc", TESSERACT)
    assert not is_current("abc", "abd", TESSERACT)
    assert is_current("abc+rapidocr", "abc", RAPID)
    assert not is_current("abc+rapidocr", "abc", GERMAN)
    assert not is_current("abd+rapidocr", "abc", RAPID)
    assert is_read_so("", GERMAN)

"""Archives and mail in the pipeline: what they hold comes, changes and goes with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.domain.knowledge import Document
from ingestion.report import IngestReport
from ingestion.sources import MemoryFile, Readable, Unavailable
from tests.unit.ingestion.documents import zipped
from tests.unit.ingestion.memory import KB, Place

TEXT = "You may return an item within {} days, for any reason."


def archive(uri: str = "box.zip", **pages: str) -> MemoryFile:
    return MemoryFile(uri, zipped({f"{name}.md": f"# {name}\n\n{text}".encode() for name, text in pages.items()}))


def uris(place: Place) -> list[str]:
    return [document.uri for document in place.knowledge.documents(KB)]


def document(place: Place, uri: str) -> Document:
    return next(each for each in place.knowledge.documents(KB) if each.uri == uri)


def numbers(report: IngestReport) -> tuple[int, int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.deleted, report.failed


def ingested(place: Place, *files: Readable, synchronize: bool) -> tuple[int, int, int, int, int]:
    report = place.ingest(files, synchronize=synchronize)
    place.check()
    return numbers(report)


@pytest.mark.parametrize("synchronize", [True, False])
def test_what_an_archive_holds_are_documents_of_their_own(synchronize: bool) -> None:
    place = Place()
    assert ingested(place, archive(a=TEXT, b=TEXT.format(9)), synchronize=synchronize) == (2, 0, 0, 0, 0)
    assert uris(place) == ["box.zip/a.md", "box.zip/b.md"]
    assert {each.container for each in place.knowledge.documents(KB)} == {"box.zip"}


@pytest.mark.parametrize("synchronize", [True, False])
def test_an_archive_that_comes_again_changes_what_changed_in_it(synchronize: bool) -> None:
    place = Place()
    files = archive(a=TEXT, b=TEXT.format(9)), archive(a=TEXT, b=TEXT.format(30), c="New here.")
    ingested(place, files[0], synchronize=synchronize)
    before = len(place.embedder.texts)
    assert ingested(place, files[1], synchronize=synchronize) == (1, 1, 1, 0, 0)
    assert len(place.embedder.texts) - before == 2
    assert ingested(place, files[1], synchronize=synchronize) == (0, 0, 3, 0, 0)


@pytest.mark.parametrize("synchronize", [True, False])
def test_what_is_gone_from_an_archive_is_deleted(synchronize: bool) -> None:
    place = Place()
    ingested(place, archive(a=TEXT, b=TEXT), synchronize=synchronize)
    assert ingested(place, archive(b=TEXT), synchronize=synchronize) == (0, 0, 1, 1, 0)
    assert uris(place) == ["box.zip/b.md"]
    assert place.knowledge.purged == place.store.purged == 1


def test_other_archives_are_left_alone_unless_they_are_gone() -> None:
    place = Place()
    ingested(place, archive(a=TEXT), archive("other.zip", b=TEXT), synchronize=True)
    assert ingested(place, archive(a=TEXT), synchronize=False) == (0, 0, 1, 0, 0)
    assert ingested(place, archive(a=TEXT), synchronize=True) == (0, 0, 1, 1, 0)


@pytest.mark.parametrize("synchronize", [True, False])
def test_an_archive_that_cannot_be_opened_keeps_what_was_in_it(synchronize: bool) -> None:
    place = Place()
    ingested(place, archive(a=TEXT), synchronize=synchronize)
    broken = MemoryFile("box.zip", archive(a=TEXT).data[:60])
    assert ingested(place, broken, synchronize=synchronize) == (0, 0, 0, 0, 1)
    assert uris(place) == ["box.zip/a.md"]


def test_one_bad_file_in_an_archive_does_not_stop_the_others() -> None:
    place = Place()
    file = MemoryFile("box.zip", zipped({"a.md": TEXT.encode(), "bad.pdf": b"%PDF-1.7", "c.md": b"More text here."}))
    report = place.ingest([file])
    assert numbers(report) == (2, 0, 0, 0, 1)
    assert report.failures[0].uri == "box.zip/bad.pdf"
    assert report.failures[0].remedy
    ingested(place, file, synchronize=True)
    assert uris(place) == ["box.zip/a.md", "box.zip/c.md"]


def test_progress_counts_what_is_inside() -> None:
    place = Place()
    events = list(place.events([archive(a=TEXT, b=TEXT), MemoryFile("c.md", b"Some text.")]))
    last = events[-2]
    assert (last.done, last.total) == (3, 3)  # type: ignore[union-attr]


class Mail:
    """Opens a file into itself and two attachments, one of which cannot be had."""

    def __init__(self) -> None:
        self.opened = 0
        self.attachments: list[Readable] = [
            MemoryFile("m.md/a.md", b"An attachment."),
            Unavailable("m.md/b.md", "m.md/b.md has a password.", "Take the password off."),
        ]

    def __call__(self, file: Readable) -> Iterator[Readable]:
        self.opened += 1
        yield file
        yield from self.attachments


def test_a_mail_is_a_document_beside_its_attachments() -> None:
    place, mail = Place(), Mail()
    report = place.ingest([MemoryFile("m.md", b"The mail.")], expand=mail)
    assert numbers(report) == (2, 0, 0, 0, 1)
    found = [(each.uri, each.container) for each in place.knowledge.documents(KB)]
    assert found == [("m.md", ""), ("m.md/a.md", "m.md")]
    assert report.failures[0].error == "m.md/b.md has a password."


@pytest.mark.parametrize("synchronize", [True, False])
def test_a_mail_that_is_as_it_was_is_not_opened_and_keeps_its_attachments(synchronize: bool) -> None:
    place, mail = Place(), Mail()
    for _ in range(2):
        place.ingest([MemoryFile("m.md", b"The mail.")], expand=mail, synchronize=synchronize)
        assert uris(place) == ["m.md", "m.md/a.md"]
    assert mail.opened == 1


def test_an_attachment_that_is_gone_is_deleted() -> None:
    place, mail = Place(), Mail()
    place.ingest([MemoryFile("m.md", b"The mail.")], expand=mail, synchronize=False)
    mail.attachments.clear()
    report = place.ingest([MemoryFile("m.md", b"The mail, again.")], expand=mail, synchronize=False)
    assert numbers(report) == (0, 1, 0, 1, 0)
    assert uris(place) == ["m.md"]

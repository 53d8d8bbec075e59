"""The samples of the fuzz run are what they claim to be, and the mutations do what they say."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from random import Random

import pytest

from evals.bench.fuzz import containers, mutations
from evals.bench.fuzz.corpus import corpus
from evals.bench.fuzz.images import image, scanned_pdf
from evals.bench.fuzz.mutations import Sample
from ingestion.parsers.registry import parser_for, parsers
from ingestion.parsing import parse

LINES = ["Kettle returns", "Unused goods go back within 30 days.", "退货需在七天内申请。"]
OFFICE = {
    "docx": containers.docx,
    "xlsx": containers.xlsx,
    "pptx": containers.pptx,
    "epub": containers.epub,
    **{kind: containers.open_document(kind) for kind in ("odt", "ods", "odp")},
}


@pytest.mark.parametrize("kind", sorted(OFFICE))
def test_office_samples_hold_their_lines(kind: str) -> None:
    parsed = parse(OFFICE[kind](LINES), name=f"a.{kind}")
    for line in LINES[1:]:
        assert line.rstrip("。") in parsed.text


@pytest.mark.parametrize("kind", sorted(OFFICE))
def test_a_sample_is_the_same_whenever_it_is_made(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = OFFICE[kind](LINES)
    monkeypatch.setattr("time.time", lambda: 2e9)
    assert OFFICE[kind](LINES) == first


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "tiff", "bmp", "gif"])
def test_images_can_be_opened(kind: str) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(image(kind)(LINES))) as opened:
        assert opened.size == (420, 90)
        assert len(set(opened.convert("L").tobytes())) > 1


def test_a_scanned_page_has_no_text() -> None:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(scanned_pdf(LINES))
    assert len(document) == 1
    assert document[0].get_textpage().get_text_bounded() == ""
    document.close()


def test_every_sample_is_told_to_be_of_its_format() -> None:
    found, _ = corpus()
    samples = {sample.name: sample for sample in found}
    assert len(samples) == len(found)
    for name, sample in samples.items():
        if name != "sample.zip":
            extensions = parser_for(name, sample.data).extensions
            assert any(name.endswith(extension) for extension in extensions), name


def test_all_formats_that_can_be_made_are_made() -> None:
    _, without = corpus()
    made = {parser.format for parser in parsers()} - set(without)
    assert {"HTML", "Markdown", "PDF", "Word", "Excel", "PowerPoint", "EPUB", "OpenDocument text", "plain text"} <= made


@pytest.mark.parametrize("mutation", mutations._MUTATIONS)
def test_each_mutation_changes_a_file_and_takes_an_empty_one(mutation: object) -> None:
    assert callable(mutation)
    data = bytes(range(256)) * 20
    found = [mutation(data, Random(number)) for number in range(20)]
    assert sum(each != data for each in found) >= 18
    assert len(set(found)) > 10
    assert isinstance(mutation(b"", Random(1)), bytes)


def test_a_splice_joins_two_files() -> None:
    found = [mutations._splice(b"a" * 50, b"b" * 50, Random(number)) for number in range(30)]
    assert any(each.startswith(b"a") and each.endswith(b"b") for each in found)
    assert all(each == b"a" * each.count(b"a") + b"b" * each.count(b"b") for each in found)


def test_what_is_broken_inside_an_archive_can_still_be_unpacked() -> None:
    data = containers.zipped({f"{number}.txt": b"Text of a member. " * 9 for number in range(4)})
    samples = [Sample("a.zip", data)]
    changed: Counter[str] = Counter()
    for number in range(40):
        inside = mutations._inside_zip(data, samples, Random(number))
        assert inside is not None
        with zipfile.ZipFile(io.BytesIO(inside)) as archive:
            assert archive.testzip() is None
            changed["missing"] += len(archive.namelist()) < 4
            changed["broken"] += any(archive.read(name) != b"Text of a member. " * 9 for name in archive.namelist())
    assert changed["missing"] >= 2
    assert changed["broken"] >= 20


@pytest.mark.parametrize(
    "data", [b"", b"plain", b"PK\x03\x04", containers.zipped({}), containers.zipped({"a": b"x"})[:-9]]
)
def test_what_is_no_archive_has_no_inside(data: bytes) -> None:
    assert mutations._inside_zip(data, [Sample("a", data)], Random(1)) is None

from __future__ import annotations

import pytesseract  # type: ignore[import-untyped]
import pytest
from PIL import Image as Images
from PIL.Image import Image, Transpose

from engine.errors import BackendFailed, Misconfigured
from ingestion.ocr import tesseract as module
from ingestion.ocr.protocol import Turn
from ingestion.ocr.tesseract import TesseractEngine, tesseract_installed
from tests.unit.ingestion.drawing import LINES, drawn

ENGINE = TesseractEngine()
installed = pytest.mark.skipif(not tesseract_installed(), reason="the program tesseract is not installed")
needs = {
    code: pytest.mark.skipif(
        not tesseract_installed() or code not in ENGINE.installed, reason=f"Tesseract's data {code} is not installed"
    )
    for code in ("eng", "osd", "kor")
}
Row = tuple[int, int, int, int, int, str, float]


class Table:
    """Words as Tesseract's table has them: line, left, top, width, height, text, confidence."""

    def __init__(self, *rows: Row) -> None:
        self.rows = rows
        self.asked: list[str] = []
        self.sizes: list[tuple[int, int]] = []

    def __call__(self, image: Image, lang: str, config: str, **_: object) -> dict[str, list[object]]:
        self.asked.append(f"{lang} {config}")
        self.sizes.append(image.size)
        columns = ("line_num", "left", "top", "width", "height", "text", "conf")
        table: dict[str, list[object]] = {name: [row[at] for row in self.rows] for at, name in enumerate(columns)}
        return table | {"block_num": [1] * len(self.rows), "par_num": [1] * len(self.rows)}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    """Return the table that stands in for the program."""
    found = Table(
        (1, 20, 20, 40, 20, "Keep", 96.0),
        (1, 70, 20, 60, 20, "it.", 90.0),
        (2, 20, 60, 200, 20, "~", 12.0),
        (3, 20, 100, 38, 20, "保証", 95.0),
        (3, 60, 100, 38, 20, "期間", 93.0),
        (4, 20, 140, 18, 20, "저", 95.0),
        (4, 40, 140, 18, 20, "희", 95.0),
        (4, 70, 140, 18, 20, "는", 95.0),
        (5, 0, 0, 0, 0, "  ", -1.0),
    )
    monkeypatch.setattr("pytesseract.image_to_data", found)
    return found


def engine_with(*codes: str) -> TesseractEngine:
    engine = TesseractEngine()
    vars(engine)["installed"] = frozenset(codes)
    return engine


SMALL = Images.new("RGB", (300, 200))


def test_words_become_lines_spaced_as_their_script_is(table: Table) -> None:
    lines = engine_with("eng", "jpn").read(SMALL, ["en", "ja"])
    assert [line.text for line in lines] == ["Keep it.", "保証期間", "저희 는"]
    assert lines[0].box == (10.0, 10.0, 65.0, 20.0)
    assert lines[0].confidence == pytest.approx((0.96 * 4 + 0.90 * 3) / 7)


def test_small_pages_are_doubled_and_large_ones_not(table: Table) -> None:
    engine = engine_with("eng")
    engine.read(SMALL)
    engine.read(Images.new("RGB", (2480, 3508)))
    assert table.sizes == [(600, 400), (2480, 3508)]


def test_the_languages_and_the_lines_choose_the_data(table: Table) -> None:
    engine = engine_with("eng", "jpn", "jpn_vert")
    engine.read(SMALL, ["ja"])
    engine.read(SMALL, ["ja"], vertical=True)
    engine.read(SMALL)
    assert table.asked == ["jpn --psm 3", "jpn_vert --psm 3", "eng+jpn --psm 3"]


@pytest.mark.parametrize(("languages", "vertical", "named"), [(["ko"], False, "ko"), ([], True, "vertical data")])
def test_missing_data_is_named(languages: list[str], vertical: bool, named: str) -> None:
    with pytest.raises(Misconfigured, match=named) as caught:
        engine_with("eng").read(SMALL, languages, vertical=vertical)
    assert "apt-get install tesseract-ocr" in caught.value.remedy


def test_the_best_of_several_data_files_is_the_one_with_the_most_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = {"kor": 55.0, "rus": 97.0, "tha": 70.0}
    tried: list[str] = []

    def table_for(image: Image, lang: str, config: str, **options: object) -> dict[str, list[object]]:
        tried.append(lang)
        return Table((1, 0, 0, 50, 20, "word", scores[lang]))(image, lang, config)

    monkeypatch.setattr("pytesseract.image_to_data", table_for)
    assert TesseractEngine().best_code(SMALL, ["kor", "rus", "tha"]) == ("rus", 0.97)
    assert tried == ["kor", "rus"]
    assert TesseractEngine().best_code(SMALL, ["tha", "kor"]) == ("tha", 0.7)
    assert TesseractEngine().best_code(SMALL, []) == ("", 0.0)


def test_a_program_that_fails_or_hangs_is_a_failure_of_the_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr("pytesseract.image_to_data", hang)
    with pytest.raises(BackendFailed, match="Tesseract failed"):
        engine_with("eng").read(SMALL, ["en"])


@pytest.mark.parametrize(("sure", "expected"), [(12.0, Turn(180, confidence=1.0)), (0.4, Turn(confidence=0.0))])
def test_an_orientation_is_believed_if_it_is_sure(monkeypatch: pytest.MonkeyPatch, sure: float, expected: Turn) -> None:
    monkeypatch.setattr("pytesseract.image_to_osd", lambda *_, **__: {"rotate": 180, "orientation_conf": sure})
    assert engine_with("osd").turn(SMALL) == expected


def test_without_data_for_orientation_nothing_is_said() -> None:
    assert engine_with("eng").turn(SMALL) == Turn(confidence=0.0)


def test_whether_it_is_installed_is_told_without_failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr(pytesseract, "get_tesseract_version", missing)
    assert not module.tesseract_installed()


@needs["eng"]
def test_lines_are_read_where_they_stand() -> None:
    page = drawn(room=(600, 400))
    lines = sorted(ENGINE.read(page, ["en"]), key=lambda line: line.box[1])
    assert [line.text for line in lines] == list(LINES)
    assert all(line.box[0] == pytest.approx(30, abs=4) and line.confidence > 0.8 for line in lines)


@needs["eng"]
def test_an_image_of_nothing_has_no_lines() -> None:
    assert ENGINE.read(Images.new("RGB", (300, 200), "white"), ["en"]) == ()


@needs["osd"]
def test_a_page_upside_down_is_noticed() -> None:
    text = [f"Rinse the tank number {number} and wipe the tray with a soft cloth." for number in range(12)]
    assert ENGINE.turn(drawn(text).transpose(Transpose.ROTATE_180)).degrees == 180
    assert ENGINE.turn(drawn(["."])) == Turn(confidence=0.0)

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from PIL.Image import Image
from typer.testing import CliRunner

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.errors import InvalidInput, Misconfigured
from evals.bench.cli import app
from evals.bench.ocr import pages as pages_module
from evals.bench.ocr import run
from evals.bench.ocr.pages import CONDITIONS, LANGUAGES, Page, degrade, font, sample_pages, set_pages
from evals.bench.ocr.run import OcrScore, bench_pages, bench_public, summary
from ingestion.parsing import Limits
from tests.unit.ingestion.drawing import drawn, encoded

SAMPLE = Path(__file__).parents[3] / "evals" / "sample" / "knowledge"


def has_font() -> bool:
    try:
        font("en", 20)
    except Misconfigured:
        return False
    return True


needs_font = pytest.mark.skipif(not has_font(), reason="the font NotoSansCJK-Regular.ttc is not installed")


def parsed(text: str, *, heading: bool = False) -> ParsedDocument:
    kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
    return ParsedDocument("t", text, (Block(kind, Span(0, len(text))),))


def pages_of(text: str, language: str = "en") -> list[Page]:
    return list(set_pages(parsed(text), language=language, name="t", dpi=60))


@needs_font
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_sample_has_a_page(language: str) -> None:
    (page,) = sample_pages(SAMPLE, language, limit=1, dpi=60)
    assert page.language == language
    assert page.image.size == (496, 702)
    assert len(page.text) > 200


@needs_font
def test_a_page_holds_its_text_and_the_next_one_goes_on() -> None:
    text = " ".join(f"word{number}" for number in range(900))
    pages = pages_of(text)
    assert len(pages) > 1
    assert " ".join(page.text.replace("\n", " ") for page in pages) == text


@needs_font
def test_lines_are_as_wide_as_the_page_and_words_stay_whole() -> None:
    (page,) = pages_of(" ".join(["several words of running text"] * 12))
    margin = 20 * 60 / 25.4
    ink = np.nonzero(np.asarray(page.image) < 128)[1]
    assert ink.min() >= margin - 2
    assert ink.max() <= page.image.width - margin + 2
    assert set(page.text.split()) == {"several", "words", "of", "running", "text"}


@needs_font
def test_no_line_begins_with_a_stop() -> None:
    for length in range(20, 40):
        (page,) = pages_of("保" * length + "。" + "修" * 30, "zh-Hans")
        assert not any(line.startswith("。") for line in page.text.split("\n"))


@needs_font
def test_headings_are_larger() -> None:
    def height(*, heading: bool) -> int:
        (page,) = set_pages(parsed("Heading", heading=heading), language="en", name="t", dpi=100)
        rows = np.nonzero((np.asarray(page.image) < 128).any(axis=1))[0]
        return int(rows.max() - rows.min())

    assert height(heading=True) > 1.2 * height(heading=False)


def test_a_missing_font_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_module, "_FONT", "NoSuchFont.ttc")
    with pytest.raises(Misconfigured, match=r"NoSuchFont\.ttc is not installed") as caught:
        font("ja", 77)
    assert "fonts-noto-cjk" in caught.value.remedy


GREY = drawn().convert("L")


def grey(image: Image) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.asarray(image.convert("L")).astype(np.int64)


def test_degrading_does_what_it_says() -> None:
    assert np.array_equal(grey(degrade(GREY, "clean")), grey(GREY))
    assert degrade(GREY, "turned 90").size == (GREY.height, GREY.width)
    assert degrade(GREY, "turned 3").width > GREY.width
    assert degrade(GREY, "low contrast").getextrema() == (150, 225)
    jpeg = degrade(GREY, "jpeg 40")
    assert jpeg.size == GREY.size
    assert 0 < np.abs(grey(jpeg) - grey(GREY)).mean() < 10


def answering(monkeypatch: pytest.MonkeyPatch, answers: Sequence[str | None]) -> list[str]:
    """Let the parser return one text after the other, and refuse the file where it is None."""
    names: list[str] = []
    left = list(answers)

    def parse(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        names.append(name)
        text = left.pop(0)
        if text is None:
            raise InvalidInput(f"No text was found on {name}.")
        return parsed(text)

    monkeypatch.setattr(run, "parse", parse)
    return names


PAGE = Page("en", "p", GREY, "two years")


def test_each_page_is_read_under_each_condition(monkeypatch: pytest.MonkeyPatch) -> None:
    names = answering(monkeypatch, ["two years", "two yeahs", None, "twoyears", ""])
    scores = list(bench_pages([PAGE], limits=Limits()))
    assert [score.condition for score in scores] == list(CONDITIONS)
    assert [score.accuracy for score in scores] == pytest.approx([1.0, 0.875, 0.0, 1.0, 0.0])
    assert names == ["page.png"] * 5


def test_the_summary_has_mean_and_lowest_by_language_and_condition() -> None:
    scores = [OcrScore("ja", "clean", "a", 1.0, 2.0), OcrScore("ja", "clean", "b", 0.9, 4.0)]
    found = summary([*scores, OcrScore("en", "jpeg 40", "a", 0.5, 1.0)])
    assert found["ja"]["clean"] == {"pages": 2, "accuracy": 0.95, "lowest": 0.9, "seconds": 3.0}
    assert found["en"] == {"jpeg 40": {"pages": 1, "accuracy": 0.5, "lowest": 0.5, "seconds": 1.0}}


def public_folder(folder: Path, records: Sequence[dict[str, object]]) -> Path:
    for record in records:
        (folder / Path(str(record["image"])).name).write_bytes(encoded(drawn(["x"])))
    (folder / "groundtruth.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return folder


def record(image: str, expected: str | None, scope: str) -> dict[str, object]:
    return {"image": f"img/{image}", "lang": "en", "expected": expected, "scope": scope}


def test_public_images_are_compared_with_what_is_known_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [
        record("whole.png", "two years", "full line"),
        record("first.png", "two years", "first line"),
        record("none.png", None, "no transcript"),
        record("unread.png", "two years", "first line"),
    ]
    answering(monkeypatch, ["two years, and more", "Receipt: two yeers, and a lot more", "anything", None])
    scores = list(bench_public(public_folder(tmp_path, records), limits=Limits()))
    assert [score.image for score in scores] == ["whole.png", "first.png", "none.png", "unread.png"]
    assert scores[0].accuracy == pytest.approx(0.0)
    assert scores[1].accuracy == pytest.approx(0.875)
    assert scores[2].accuracy is None
    assert scores[3].accuracy == 0.0


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"groundtruth\.jsonl"):
        list(bench_public(tmp_path, limits=Limits()))


def test_the_command_prints_one_json_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["two years"])
    folder = public_folder(tmp_path, [record("first.png", "two years", "first line")])
    result = CliRunner().invoke(app, ["ocr", "--pages", "0", "--data", str(folder), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"pages": {}, "public": {"first.png": 1.0}}


def test_the_command_shows_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["two years"])
    folder = public_folder(tmp_path, [record("first.png", "two years", "first line")])
    result = CliRunner().invoke(app, ["ocr", "--pages", "0", "--data", str(folder)])
    assert "first.png" in result.stdout
    assert "1.000" in result.stdout


SENTENCES = {
    "zh-Hans": "保修期为两年，自购买之日起计算。请妥善保管发票，维修时需要出示。水箱每天晚上都要倒空并擦干。",
    "zh-Hant": "保固期為兩年，自購買之日起計算。請妥善保管發票，維修時需要出示。水箱每天晚上都要倒空並擦乾。",
    "ja": "保証期間はご購入日から二年間です。修理の際に必要ですので、レシートを保管してください。",
    "en": "The warranty lasts two years from the day of purchase. Keep the receipt: it is needed for repairs.",
}


@needs_font
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_read_from_an_image_almost_without_a_fault(language: str) -> None:
    (page,) = set_pages(parsed(SENTENCES[language]), language=language, name="t", dpi=150)
    part = page.image.crop((100, 90, page.image.width - 80, 220))
    (clean,) = islice(bench_pages([Page(language, "t", part, page.text)], limits=Limits()), 1)
    assert clean.accuracy >= 0.97

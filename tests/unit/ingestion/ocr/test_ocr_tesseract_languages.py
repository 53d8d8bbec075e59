from __future__ import annotations

import pytest

from ingestion.ocr.tesseract_languages import OTHER_SCRIPTS, codes_for, is_latin_or_han

INSTALLED = {"eng", "chi_sim", "chi_tra", "jpn", "jpn_vert", "kor", "rus", "osd"}


@pytest.mark.parametrize(
    ("tags", "codes"),
    [
        (["en"], ("eng",)),
        (["zh"], ("chi_sim",)),
        (["zh-CN"], ("chi_sim",)),
        (["zh-Hant"], ("chi_tra",)),
        (["zh-TW"], ("chi_tra",)),
        (["zh-Hans-HK"], ("chi_sim",)),
        (["zh_HK"], ("chi_tra",)),
        (["yue"], ("chi_sim",)),
        (["ja", "en"], ("jpn", "eng")),
        (["ko-KR"], ("kor",)),
        (["ja", "ja-JP"], ("jpn",)),
        (["de"], ()),
        ([], ("eng", "chi_sim", "chi_tra", "jpn")),
        (["tlh"], ("eng", "chi_sim", "chi_tra", "jpn")),
    ],
)
def test_tags_become_the_data_files_that_are_installed(tags: list[str], codes: tuple[str, ...]) -> None:
    assert codes_for(tags, INSTALLED) == codes


def test_vertical_lines_have_data_of_their_own() -> None:
    assert codes_for(["ja"], INSTALLED, vertical=True) == ("jpn_vert",)
    assert codes_for(["zh-Hant"], INSTALLED, vertical=True) == ()
    assert codes_for([], INSTALLED, vertical=True) == ("jpn_vert",)


@pytest.mark.parametrize(
    ("tag", "known"),
    [("en", True), ("de-AT", True), ("zh-TW", True), ("ja", True), ("ko", False), ("ru", False), ("vi", False)],
)
def test_which_languages_rapidocr_knows(tag: str, known: bool) -> None:
    assert is_latin_or_han(tag) is known


def test_the_other_scripts_are_none_that_rapidocr_knows() -> None:
    assert not set(OTHER_SCRIPTS) & {"eng", "chi_sim", "chi_tra", "jpn", "deu", "fra"}

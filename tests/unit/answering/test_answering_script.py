"""Quoted knowledge in the reader's script."""

from __future__ import annotations

import pytest

from engine.answering.compose import pieces
from engine.answering.extract import Extraction, Quote
from engine.answering.script import readable, shown_language
from tests.builders import passage


@pytest.mark.parametrize(
    ("language", "reader", "shown"),
    [
        ("zh-Hans", "zh-Hant", "zh-Hant"),
        ("zh-Hant", "zh-Hans", "zh-Hans"),
        ("zh-Hans", "zh-TW", "zh-Hant"),
        ("zh-Hant", "zh-Hant", "zh-Hant"),
        ("zh-Hans", "ja", "zh-Hans"),
        ("ja", "zh-Hant", "ja"),
        ("en", "zh-Hant", "en"),
        ("zh-Hans", "", "zh-Hans"),
    ],
)
def test_only_chinese_for_readers_of_chinese_changes_script(language: str, reader: str, shown: str) -> None:
    assert shown_language(language, reader) == shown


def test_wording_follows_the_readers_region() -> None:
    assert readable("请更新软件。", language="zh-Hans", reader="zh-Hant") == "請更新軟體。"


def test_an_answer_is_in_the_readers_script_and_its_citation_in_the_documents() -> None:
    first, second = "鼠标保修一年。", "软件可以免费更新。"
    where = passage(first + second, language="zh-Hans")
    extraction = Extraction(
        tuple(Quote(0, type(where.span)(at, at + len(text)), text) for at, text in ((0, first), (len(first), second)))
    )
    composed = list(pieces(extraction, [where], reader="zh-Hant"))
    text = "".join(piece.text for piece in composed)
    cited = [citation for piece in composed for citation in piece.citations]
    assert text == "滑鼠保修一年。軟體可以免費更新。"
    assert [citation.quote for citation in cited] == [first, second]
    assert [citation.answer_span.of(text) for citation in cited] == ["滑鼠保修一年。", "軟體可以免費更新。"]

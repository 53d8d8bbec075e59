from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.encoder.material import Page, read_pages, read_segments
from engine.errors import InvalidInput


def write(path: Path, rows: Sequence[object]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_segments_are_read_by_language_from_all_files(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl.gz", [{"en": "Second", "ja-JP": "二", "pt-BR": "Segundo"}])
    write(tmp_path / "a.jsonl.gz", [{"en": "First", "zh-Hans": "一", "de-DE": " "}])
    write(tmp_path / "pages.jsonl.gz", [{"page": "x", "en": {"title": "T"}}])
    assert list(read_segments(tmp_path)) == [{"en": "First", "zh-Hans": "一"}, {"en": "Second", "ja": "二"}]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Open [the menu](/help/menu.md) now", "Open the menu now"),
        ("Use [!DNL Target] &amp;amp; go", "Use Target & go"),
        ("![An icon](icon.png){width=20} here", "An icon here"),
        ("See https://example.com/a?b=c for <b>more</b>", "See for more"),
        ("编辑&#x200B;链接", "编辑链接"),
        ("  two \n lines ", "two lines"),
    ],
)
def test_only_the_words_of_markdown_are_kept(tmp_path: Path, written: str, read: str) -> None:
    write(tmp_path / "a.jsonl.gz", [{"en": written}])
    assert list(read_segments(tmp_path)) == [{"en": read}]


def test_a_folder_without_segments_is_named(tmp_path: Path) -> None:
    write(tmp_path / "pages.jsonl.gz", [])
    with pytest.raises(InvalidInput, match=tmp_path.name):
        list(read_segments(tmp_path))


@pytest.mark.parametrize(
    "content", [b"not gzip", gzip.compress(b"{not json}\n", mtime=0), gzip.compress(b"{}\n" * 99, mtime=0)[:20]]
)
def test_a_broken_file_is_named_without_its_content(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(content)
    with pytest.raises(InvalidInput, match=r"a\.jsonl\.gz could not be read") as caught:
        list(read_segments(tmp_path))
    assert "not" not in caught.value.message.replace("not be", "")


def test_pages_lack_what_their_language_lacks(tmp_path: Path) -> None:
    row = {
        "page": "p.md",
        "en": {"title": "T", "description": "D", "body": "B"},
        "ko-KR": {"title": "제목", "body": None},
    }
    write(tmp_path / "pages.jsonl.gz", [row])
    assert list(read_pages(tmp_path)) == [{"en": Page("T", "D", "B"), "ko": Page("제목", "", "")}]


def test_without_pages_there_are_none(tmp_path: Path) -> None:
    assert list(read_pages(tmp_path)) == []

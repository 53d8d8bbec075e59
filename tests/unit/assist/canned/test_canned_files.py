from __future__ import annotations

from pathlib import Path

import pytest

from engine.assist.canned.files import FORMATS, read_replies, written_replies
from engine.domain.canned_reply import CannedReply
from engine.errors import InvalidInput
from engine.languages.registry import profile_for

SAMPLE = Path(__file__).parents[4] / "evals" / "sample" / "canned.yaml"
REPLIES = (
    CannedReply("shop", "late", "en", "Late, is it?", 'Sorry,\n"{order_number}" is late; one; two', "delivery", 3, 1),
    CannedReply("shop", "late", "zh-Hant", "包裹還沒到", "不好意思，請再等三個工作天。"),
)


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read_again(tmp_path: Path, format: str) -> None:
    file = tmp_path / f"replies.{format}"
    file.write_text(written_replies(REPLIES, format), encoding="utf-8")
    assert read_replies(file, "shop") == REPLIES


def test_spreadsheets_begin_with_a_mark_and_leave_columns_out(tmp_path: Path) -> None:
    file = tmp_path / "replies.csv"
    file.write_text("\ufeffshortcut,language,title,text\nlate,en,Late?,Sorry.\n", encoding="utf-8")
    assert read_replies(file, "shop") == (CannedReply("shop", "late", "en", "Late?", "Sorry."),)


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("a.yaml", "{", "a.yaml"),
        ("a.yaml", "a: b", "a.yaml"),
        ("a.json", "[1]", "a.json"),
        ("a.json", '[{"shortcut": "x"}]', "entry 1"),
        ("a.yaml", "- {shortcut: a b, language: en, title: t, text: t}", "a b"),
        ("a.yaml", "- {shortcut: a, language: english please, title: t, text: t}", "BCP 47"),
        ("a.yaml", "- {shortcut: a, language: en, title: t, text: ''}", "text of the reply is empty"),
        ("a.yaml", "- {shortcut: a, language: en, title: t, text: t, colour: red}", "entry 1"),
        ("a.yaml", "- {shortcut: a, language: en, title: t, text: t, used: many}", "count"),
        ("a.csv", "shortcut,language,title,text\na,en,t,t,t,t\n", "a.csv"),
    ],
)
def test_the_entry_that_is_wrong_is_named(tmp_path: Path, name: str, text: str, wrong: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=wrong):
        read_replies(file, "shop")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"ghost\.yaml"):
        read_replies(tmp_path / "ghost.yaml", "shop")


def test_the_sample_has_every_reply_in_four_languages() -> None:
    replies = read_replies(SAMPLE, "shop")
    by_shortcut: dict[str, set[str]] = {}
    for reply in replies:
        by_shortcut.setdefault(reply.shortcut, set()).add(profile_for(reply.language).code)
    assert len(by_shortcut) >= 12
    assert set(map(frozenset, by_shortcut.values())) == {frozenset({"en", "ja", "zh-Hans", "zh-Hant"})}

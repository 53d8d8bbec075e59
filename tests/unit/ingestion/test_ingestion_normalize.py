from __future__ import annotations

import unicodedata

import pytest

from ingestion.normalize import HARD_BREAK, WIDE, clean, clean_line, has_dirt, is_unspaced, join_lines, reflow


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("page\x0cbreak\x0band\u2028line\u2029s\x85end", "page\nbreak\nand\nline\ns\nend"),
        ("keep\ttab and\u00a0space", "keep tab and space"),
        ("trailing  \nspaces\u3000 \n", "trailing\nspaces"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("nul\x00l and bell\x07", "null and bell"),
        ("zero\u200bwidth soft\u00adhyphen \ufeffmark", "zerowidth softhyphen mark"),
        ("over\u202eride\u202c and \u2066isolate\u2069", "override and isolate"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("cafe\u0301", "café"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\u3000退货说明\u3000", "退货说明"),
        ("", ""),
        (" \n\t ", ""),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert clean(raw) == expected


def test_clean_keeps_what_readers_need() -> None:
    text = "Tea ☕ 👩\u200d🔧 क्ष — “quoted” 「引用」 °C m³\n  indented"
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_clean_is_idempotent() -> None:
    raw = " a\u0301 \r\n\r\n\r\n\u202eb\x00 \n"
    assert clean(clean(raw)) == clean(raw)


def test_clean_line_has_no_line_breaks() -> None:
    assert clean_line("  Return \n policy\t2026 ") == "Return policy 2026"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the kettle", "switches off"], "the kettle switches off"),
        (["请先关闭电源，", "再打开上盖。"], "请先关闭电源，再打开上盖。"),
        (["フィルターを", "外してください"], "フィルターを外してください"),
        (["전원을 끄고", "덮개를 여세요"], "전원을 끄고 덮개를 여세요"),
        (["打开", "Wi-Fi 设置"], "打开 Wi-Fi 设置"),
        (["a conven-", "ient place"], "a convenient place"),
        (["the K2-", "5B series"], "the K2-5B series"),
        (["a dash -", "and more"], "a dash - and more"),
        (["  padded  ", "", "  lines "], "padded lines"),
        ([], ""),
    ],
)
def test_join_lines(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


def test_reflow_keeps_only_the_breaks_that_are_meant() -> None:
    source = f"Maruvale   Service\n  Harbour Road 1{HARD_BREAK}Rotterdam\t\tNetherlands"
    assert reflow(source) == "Maruvale Service Harbour Road 1\nRotterdam Netherlands"


def test_reflow_drops_empty_lines() -> None:
    assert reflow(f"{HARD_BREAK} one {HARD_BREAK}\n{HARD_BREAK}two") == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "unspaced"),
    [
        ("代码", True),
        ("エラー番号 E7", True),
        ("Code", False),
        ("오류 코드", False),
        ("System: 系", False),
        ("", False),
    ],
)
def test_is_unspaced(text: str, unspaced: bool) -> None:
    assert is_unspaced(text) is unspaced


@pytest.mark.parametrize("char", "国あア한。！Ａ㐂𠮷ㄱ")
def test_wide_characters(char: str) -> None:
    assert WIDE.fullmatch(char)


@pytest.mark.parametrize("char", "aé1 .яαع")
def test_other_characters_are_not_wide(char: str) -> None:
    assert WIDE.fullmatch(char) is None


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x9b", "\u202e", "\ud800", "\uffff"])
def test_dirt_is_what_no_text_should_hold(char: str) -> None:
    assert has_dirt(f"a{char}b")


@pytest.mark.parametrize("text", ["", "a\tb\r\nc", "caf\u00ad\u00e9 \u200b", "\ufeffx", "\u200f\u05d0", "\x1b[1mx"])
def test_what_editors_leave_behind_is_no_dirt(text: str) -> None:
    assert not has_dirt(text)

from __future__ import annotations

import pytest

from engine.encoder.folding import character_map, fold_character, folded, precompiled
from engine.encoder.vocabulary import build_tokenizer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße ÄNDERN", "strasse andern"),
        ("¿Cómo está, señor?", " como esta  senor "),
        ("設定 设定 設定", "设定 设定 设定"),
        ("権限 權限 权限", "权限 权限 权限"),
        ("図書館", "图书馆"),
        ("予約 芸術", "予约 芸术"),
        ("ﾌｯｸ ガード", "フック ガード"),
        ("ＡＢＣ１２３", "abc123"),
        ("사용자", "사용자"),
        ("x\u200by e\u0301", "xy e"),
        ("a-b_c。d", "a b c d"),
        ("ⅳ ㍿", "iv 株式会社"),
    ],
)
def test_characters_are_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_folding_twice_changes_nothing() -> None:
    sample = [chr(code) for code in range(1, 0x3000)] + [chr(code) for code in range(0x4E00, 0x9FFF, 7)]
    assert [folded(folded(each)) for each in sample] == [folded(each) for each in sample]


def test_the_map_holds_what_changes_and_nothing_else() -> None:
    changed = character_map()
    assert changed["Ä"] == "a"
    assert changed["權"] == "权"
    assert "a" not in changed
    assert all(fold_character(character) == target for character, target in changed.items())


def test_the_tokenizer_folds_as_python_does() -> None:
    pytest.importorskip("sentencepiece")
    tokenizer = build_tokenizer(["x"], precompiled())
    for text in ("Straße ÄNDERN: 権限の設定, ¿Cómo? ＡＢＣ", "사용자 정의 😀 図書館", "Ünïcode"):
        assert tokenizer.normalizer.normalize_str(text) == folded(text)

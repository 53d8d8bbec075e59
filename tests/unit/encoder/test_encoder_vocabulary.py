from __future__ import annotations

import sys
import time
from types import SimpleNamespace

import pytest

from engine.encoder.folding import precompiled
from engine.encoder.vocabulary import Piece, build_tokenizer, choose_pieces, word_frequencies

TEXTS = ["Der Workflow zeigt Workflows", "设置工作流程的权限", "ワークフローの設定"] * 12
TEXTS += [f"{sign}权限" for sign in "一二三四五六七"]
FREQUENCIES = {"the": 0.05, "reset": 1e-5, "resetting": 4e-8, "rare": 1e-9, "设置": 1e-5, "权限": 1e-6, "hallo": 1e-6}


@pytest.fixture(scope="module")
def charsmap() -> bytes:
    pytest.importorskip("sentencepiece")
    return precompiled()


@pytest.fixture(scope="module")
def pieces(charsmap: bytes) -> list[Piece]:
    return choose_pieces(
        16_000,
        TEXTS,
        ["設定", "工作流程", "ワークフロー", "A B"],
        ["to reset", "reset", "workflow"],
        frequencies=FREQUENCIES,
        charsmap=charsmap,
    )


def test_whole_words_parts_and_characters_are_chosen(pieces: list[Piece]) -> None:
    texts = {piece.text for piece in pieces}
    assert {"the", "reset", "设置", "工作流程", "ワークフロー", "workflow", "7", "07", "1999"} <= texts
    assert set("设权w") <= texts
    assert "rare" not in texts
    assert len(texts) == len(pieces) <= 16_000


def test_the_most_frequent_come_first(pieces: list[Piece]) -> None:
    shares = [piece.frequency for piece in pieces]
    assert shares == sorted(shares, reverse=True)
    assert pieces[0].text == "权限", "an eighth of what is written without spaces here"


def test_words_of_the_texts_count_beside_general_language(pieces: list[Piece]) -> None:
    share = {piece.text: piece.frequency for piece in pieces}
    assert share["workflow"] > 1e-3
    assert share["权限"] > FREQUENCIES["权限"]
    assert share["reset"] >= FREQUENCIES["reset"]


def test_the_same_material_gives_the_same_pieces(pieces: list[Piece], charsmap: bytes) -> None:
    again = choose_pieces(
        16_000,
        TEXTS,
        ["設定", "工作流程", "ワークフロー", "A B"],
        ["to reset", "reset", "workflow"],
        frequencies=dict(reversed(FREQUENCIES.items())),
        charsmap=charsmap,
    )
    assert again == pieces


def test_the_longest_piece_is_taken_from_the_left(charsmap: bytes) -> None:
    tokenizer = build_tokenizer(["设", "设置", "置", "权限", "sicherheits", "einstellungen", "sicher"], charsmap)
    tokens = tokenizer.encode("Sicherheitseinstellungen: 設置權限", add_special_tokens=False).tokens
    assert tokens == ["sicherheits", "einstellungen", "设置", "权限"]


def test_a_word_with_an_unknown_part_is_unknown(charsmap: bytes) -> None:
    tokenizer = build_tokenizer(["a", "b"], charsmap)
    assert tokenizer.encode("ab aᚠ ᚠ", add_special_tokens=False).ids == [1, 2, 0, 0]


def test_endless_words_take_no_endless_time(charsmap: bytes) -> None:
    tokenizer = build_tokenizer(["a", "aa"], charsmap)
    began = time.process_time()
    ids = tokenizer.encode("a" * 100_000, add_special_tokens=False).ids
    assert time.process_time() - began < 5
    assert ids.count(2) == 50_000


def test_frequencies_are_of_folded_words_weighted_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = {"de": {"Kündigung": 1e-4, "app": 1e-3}, "zh": {"設定": 1e-5, "app": 1e-4, "e mail": 1e-6}}
    wordfreq = SimpleNamespace(get_frequency_dict=lambda language, _size: lists.get(language, {}))
    monkeypatch.setitem(sys.modules, "wordfreq", wordfreq)
    assert word_frequencies() == {
        "kundigung": pytest.approx(8e-5), "app": pytest.approx(8e-4), "设定": 1e-5, "e": 1e-6, "mail": 1e-6,
    }  # fmt: skip

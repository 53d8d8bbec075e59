"""Disguises, their recall, and clean sentences."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from engine.guard.words.matcher import Pattern, WordMatcher
from evals.bench.cli import app
from evals.bench.disguises import DISGUISES
from evals.bench.words import abuse_scores, clean_sentences, flagged, hidden_words, listed_words, recall_by_kind

WORDS = ("微信", "代开发票", "shit", "バカヤロウ")


def test_every_text_holds_its_hidden_word() -> None:
    for hidden in hidden_words(WORDS, 60):
        assert hidden.span.of(hidden.text) != hidden.word
        assert hidden.text.startswith(hidden.text[: hidden.span.start])


def test_the_same_seed_gives_the_same_texts() -> None:
    assert hidden_words(WORDS, 30) == hidden_words(WORDS, 30)
    assert hidden_words(WORDS, 30) != hidden_words(WORDS, 30, seed=30)
    assert {hidden.kind for hidden in hidden_words(WORDS, 60)} == set(DISGUISES)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("full width", "微信"),
        ("traditional", "微信"),
        ("homophone", "shit"),
        ("homophone", "加v信"),
        ("leetspeak", "微信"),
        ("look-alike", "bug"),
        ("masked", "微信"),
        ("masked", "a bcd"),
    ],
)
def test_what_cannot_be_hidden_so(kind: str, word: str) -> None:
    assert DISGUISES[kind](word, Random(1)) is None


@pytest.mark.parametrize(
    ("kind", "word", "hidden"),
    [("full width", "ab", "ａｂ"), ("traditional", "赌博", "賭博"), ("leetspeak", "oil", {"01l", "0!l"})],
)
def test_what_hiding_does(kind: str, word: str, hidden: str | set[str]) -> None:
    assert DISGUISES[kind](word, Random(1)) in ({hidden} if isinstance(hidden, str) else hidden)


def test_recall_counts_what_is_found_at_its_place() -> None:
    texts = hidden_words(("shit",), 20)
    blind = WordMatcher([Pattern("shit", "shit", disguised=False)])
    sharp = WordMatcher([Pattern("shit", "shit")])
    assert recall_by_kind(sharp, texts)["all"] == (20, 20)
    assert recall_by_kind(blind, texts)["all"][0] < 20


def test_clean_sentences_leave_front_matter_out(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: shit\n---\nFine. Also fine.\n123\n", encoding="utf-8")
    assert clean_sentences(tmp_path) == ("Fine.", "Also fine.")
    assert flagged(WordMatcher([Pattern("fine", "x")]), clean_sentences(tmp_path)) == ("Fine.", "Also fine.")


def test_the_shipped_words_are_found_in_disguise_and_scores_are_printed(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "a.md").write_text("添加发件人。\n", encoding="utf-8")
    rows = [{"text": text, "label": label} for text, label in (("滚", 1), ("好", 0), ("谢谢", 0), ("垃圾", 1))]
    (tmp_path / "o.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    options = ["--count", "140", "--clean", str(tmp_path / "kb"), "--offensive", str(tmp_path / "o.jsonl"), "--json"]
    found = json.loads(CliRunner().invoke(app, ["words", *options]).stdout)
    assert found["recall_all"] >= 0.97
    assert (found["words"], found["flagged kb"], found["offensive"]["texts"]) == (len(listed_words()), "0/1", 2)


def test_abuse_is_scored_by_both_classes() -> None:
    assert abuse_scores([("黑人都是垃圾", True), ("好的，谢谢", False)])["macro_f1"] == 1.0
    assert abuse_scores([("黑人都是垃圾", False), ("好的，谢谢", True)])["macro_f1"] == 0.0

"""Macro-F1 against scikit-learn, and fitting the model of abuse."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import numpy as np
import pytest

from engine.errors import InvalidInput
from evals.fit_offensive import fit, harmless, labelled
from evals.metrics.macro_f1 import macro_f1


@pytest.mark.parametrize(
    ("expected", "predicted", "score"),
    [("aabb", "aabb", 1.0), ("aabb", "aaaa", 1 / 3), ("ab", "ba", 0.0), ("aab", "aac", 1 / 3)],
)
def test_scores(expected: str, predicted: str, score: float) -> None:
    assert macro_f1(expected, predicted) == pytest.approx(score)


def test_it_agrees_with_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    random = Random(3)
    for _ in range(30):
        pairs = [(random.choice("abc"), random.choice("abc")) for _ in range(40)]
        expected, predicted = zip(*pairs, strict=True)
        assert macro_f1(expected, predicted) == pytest.approx(metrics.f1_score(expected, predicted, average="macro"))


def test_nothing_has_no_score() -> None:
    with pytest.raises(InvalidInput):
        macro_f1([], [])


def test_the_halves_of_labelled_texts_are_apart(tmp_path: Path) -> None:
    rows = [{"text": f"t{at}", "label": at % 2} for at in range(9)]
    (tmp_path / "o.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, second = labelled(tmp_path / "o.jsonl")
    assert (len(first), len(second)) == (5, 4)
    assert set(first) | set(second) == {(f"t{at}", at % 2 == 1) for at in range(9)}


def test_documentation_is_harmless_in_both_scripts(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"en": "x", "zh-Hans": "添加", "zh-Hant": "新增"}) + "\n" + json.dumps({"en": "y"}))
    assert sorted(harmless(path)) == ["新增", "添加"]


def test_a_fit_tells_what_it_has_seen() -> None:
    pytest.importorskip("sklearn")
    weights, _ = fit([("垃圾", True), ("滚开", True), ("你好", False), ("谢谢", False)], ["添加"])
    from engine.guard.offensive import term_weights

    terms = {text: weights[term_weights(text)[0]].sum() for text in ("垃圾", "谢谢")}
    assert terms["垃圾"] > 0 > terms["谢谢"]
    assert np.isfinite(weights).all()

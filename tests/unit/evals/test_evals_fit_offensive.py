"""Fitting the model of abuse on a small corpus of made sentences."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import evals.fit_offensive
from engine.errors import InvalidInput
from engine.guard import offensive
from engine.guard.offensive import BITS, offensiveness
from evals.fit_offensive import HARMLESS, fit, harmless, labelled, main

RUDE = ("你是{}垃圾", "滚开{}混蛋", "{}真恶心白痴")
KIND = ("您好{}请查收", "谢谢{}已经收到", "{}麻烦您确认")
WHAT = tuple("一二三四五六七八九十")


def made() -> Iterator[tuple[str, bool]]:
    for what in WHAT:
        yield from ((text.format(what), True) for text in RUDE)
        yield from ((text.format(what), False) for text in KIND)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    file = tmp_path / "offensive.jsonl"
    rows = [{"text": text, "label": int(label)} for text, label in made()]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


@pytest.fixture
def documentation(tmp_path: Path) -> Path:
    file = tmp_path / "pages.jsonl.gz"
    rows = [{"en": f"Page {n}", "zh-Hans": f"打开第{n}页", "zh-Hant": f"打開第{n}頁"} for n in range(20)]
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in [*rows, {"en": "Only English"}, {"zh-Hans": ""}])
    return file


def test_the_halves_are_seeded_share_nothing_and_lose_nothing(corpus: Path) -> None:
    fitting, reporting = labelled(corpus)
    assert (fitting, reporting) == labelled(corpus)
    assert abs(len(fitting) - len(reporting)) <= 1
    assert not set(fitting) & set(reporting)
    assert {*fitting, *reporting} == set(made())


def test_only_the_label_1_is_abuse(tmp_path: Path) -> None:
    file = tmp_path / "o.jsonl"
    rows = [{"text": "a", "label": 1}, {"text": "b", "label": 0}, {"text": "c"}, {"text": "d", "label": "1"}]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = dict(half for both in labelled(file) for half in both)
    assert found == {"a": True, "b": False, "c": False, "d": False}


def test_a_row_without_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "o.jsonl"
    file.write_text('{"text": "a", "label": 1}\n{"label": 1}\n', encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"o\.jsonl, line 2"):
        labelled(file)


def test_harmless_segments_are_chinese_of_both_scripts_each_once(documentation: Path) -> None:
    found = harmless(documentation)
    assert found == harmless(documentation)
    assert sorted(found) == sorted({*(f"打开第{n}页" for n in range(20)), *(f"打開第{n}頁" for n in range(20))})


def test_there_is_a_limit_to_harmless_segments(documentation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert HARMLESS == 1000
    monkeypatch.setattr(evals.fit_offensive, "HARMLESS", 7)
    assert len(harmless(documentation)) == 7


def test_a_model_tells_what_it_was_fitted_on_apart() -> None:
    weights, intercept = fit(list(made()), ["打开第一页"])
    assert weights.shape == (1 << BITS,)

    def score(text: str) -> float:
        terms, shares = offensive.term_weights(text)
        return float(shares @ weights[terms]) + intercept

    assert min(score(text) for text, rude in made() if rude) > 0 > max(score(text) for text, rude in made() if not rude)
    assert score("打开第一页") < 0


def test_terms_that_were_never_seen_weigh_nothing() -> None:
    weights, _ = fit(list(made()), [])
    seen = {int(term) for text, _ in made() for term in offensive.term_weights(text)[0]}
    assert set(np.flatnonzero(weights).tolist()) <= seen


def test_the_command_writes_a_model_that_the_engine_reads(
    corpus: Path,
    documentation: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "model.npz"
    monkeypatch.setattr(evals.fit_offensive, "MODEL", file)
    main(corpus, documentation)
    assert "on 30 texts" in capsys.readouterr().out
    with np.load(file) as kept:
        assert kept["weights"].dtype == np.int8
        assert int(np.abs(kept["weights"]).max()) == 127
    monkeypatch.setattr(offensive, "MODEL", file)
    offensive._model.cache_clear()
    try:
        assert offensiveness("你是九垃圾") > 0.5 > offensiveness("您好九请查收")
    finally:
        offensive._model.cache_clear()

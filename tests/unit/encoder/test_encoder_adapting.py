from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.static import StaticEmbedder, read_static_model
from engine.encoder.adapting import ADAPT_OPTIONS, adapt
from engine.encoder.gain import Asked, mean_reciprocal_rank
from engine.encoder.own_pairs import OwnPage, OwnPassage
from engine.errors import InvalidInput
from tests.fakes.static_model import save_static_model

NUMBERS = range(30)
WORDS = [f"{kind}{number}" for kind in ("title", "body", "other") for number in NUMBERS]
PAIRS = [(f"title{number}", f"body{number}") for number in NUMBERS]
OPTIONS = replace(ADAPT_OPTIONS, steps=80, batch_size=32, learning_rate=0.05)
PAGES = [OwnPage(f"{number}.md", "", "en", (OwnPassage(f"body{number}"),)) for number in NUMBERS]
QUESTIONS = [Asked(f"title{number}", frozenset({f"{number}.md"})) for number in NUMBERS]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return save_static_model(tmp_path / "model", words=WORDS)


def test_titles_find_their_passages_better_and_the_old_model_is_kept(model: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in model.iterdir()}
    steps = [progress.step for progress in adapt(model, PAIRS, tmp_path / "own", OPTIONS)]
    assert steps == list(range(1, 81))
    old, new = (mean_reciprocal_rank(StaticEmbedder(at), QUESTIONS, PAGES) for at in (model, tmp_path / "own"))
    assert old < 0.4
    assert new > 0.9
    assert {path.name: path.read_bytes() for path in model.iterdir()} == before


def test_other_words_keep_their_angles(model: Path, tmp_path: Path) -> None:
    list(adapt(model, PAIRS, tmp_path / "own", OPTIONS))
    unseen = [WORDS.index(f"other{number}") + 1 for number in NUMBERS]
    old, new = (read_static_model(at).table[unseen] for at in (model, tmp_path / "own"))
    np.testing.assert_allclose(new @ new.T, old @ old.T, rtol=0.02, atol=0.02 * np.abs(old @ old.T).max())


def test_the_copy_understands_the_same_languages_and_says_what_it_is(model: Path, tmp_path: Path) -> None:
    list(adapt(model, PAIRS, tmp_path / "own", replace(OPTIONS, steps=1)))
    assert StaticEmbedder(tmp_path / "own").info.languages == {"en", "ja"}
    assert StaticEmbedder(tmp_path / "own").info.revision != StaticEmbedder(model).info.revision
    assert "knowdesk encoder adapt" in (tmp_path / "own" / "README.md").read_text("utf-8")


def test_too_little_to_learn_from_is_told(model: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There are 3 pairs"):
        list(adapt(model, PAIRS[:3], tmp_path / "own"))
    assert not (tmp_path / "own").exists()


def test_nothing_is_overwritten(model: Path) -> None:
    with pytest.raises(InvalidInput, match="is there already"):
        list(adapt(model, PAIRS, model))

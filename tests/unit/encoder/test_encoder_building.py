from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.static import StaticEmbedder
from engine.encoder import building, dictionaries
from engine.encoder.building import EncoderOptions, build_encoder
from engine.encoder.start import teachable
from engine.encoder.training import Progress, TrainingOptions
from engine.encoder.vocabulary import Piece
from engine.errors import InvalidInput
from engine.ports import Vector

OPTIONS = EncoderOptions(
    pieces=16_000,
    dimension=24,
    training=TrainingOptions(steps=120, batch_size=64, learning_rate=0.02, save_every=5),
)
SEGMENTS = [
    {"en": "open the settings", "de-DE": "Einstellungen öffnen", "ja-JP": "設定を開く", "zh-Hans": "打开设置"},
    {"en": "delete the report", "de-DE": "Bericht löschen", "ja-JP": "レポートを削除", "zh-Hans": "删除报告"},
    {"en": "reset your password", "de-DE": "Kennwort zurücksetzen", "ja-JP": "パスワード変更", "zh-Hans": "重置密码"},
    {"en": "invite another user", "de-DE": "Benutzer einladen", "ja-JP": "ユーザー招待", "zh-Hans": "邀请用户"},
] * 8


def taught_at_random(pieces: Sequence[Piece]) -> Vector:
    return np.random.default_rng(0).standard_normal((len(teachable(pieces)), 30)).astype(np.float32)


@pytest.fixture
def material(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with few segments; the dictionaries are cut to one entry each, as they take a minute to read."""
    pytest.importorskip("sentencepiece")
    folder = tmp_path / "material"
    folder.mkdir()
    with gzip.open(folder / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in SEGMENTS)
    monkeypatch.setattr(
        building, "_PAIRS", {"cedict": lambda: iter([("密码", "password")]), "jmdict": lambda: iter([])}
    )
    monkeypatch.setattr(dictionaries, "cldr_names", lambda: iter([{"en": "Germany", "de": "Deutschland"}]))
    words = ("open", "the", "settings", "delete", "report", "reset", "password", "user", "bericht", "kennwort")
    monkeypatch.setattr(building, "word_frequencies", lambda: dict.fromkeys([*words, "设置", "密码", "削除"], 1e-5))
    monkeypatch.setattr(building, "teach", taught_at_random)
    return folder


def test_a_folder_of_aligned_texts_becomes_an_encoder(material: Path, tmp_path: Path) -> None:
    done = list(build_encoder(material, tmp_path / "out", OPTIONS))
    assert [each for each in done if isinstance(each, str)][-2:] == ["Training", "Writing"]
    assert sum(isinstance(each, Progress) for each in done) == 120
    embedder = StaticEmbedder(tmp_path / "out")
    question = embedder.embed_query("Kennwort zurücksetzen")
    passages = embedder.embed_passages(["open the settings", "delete the report", "reset your password"])
    assert (passages @ question).argmax() == 2


def test_a_run_that_was_cut_off_goes_on_to_the_same_encoder(material: Path, tmp_path: Path) -> None:
    list(build_encoder(material, tmp_path / "whole", OPTIONS))
    for done in build_encoder(material, tmp_path / "cut", OPTIONS):
        if isinstance(done, Progress) and done.step == 62:
            break
    resumed = [done.step for done in build_encoder(material, tmp_path / "cut", OPTIONS) if isinstance(done, Progress)]
    assert resumed[0] == 61
    whole, cut = (StaticEmbedder(tmp_path / name) for name in ("whole", "cut"))
    texts = ["open the settings", "パスワード変更", "删除"]
    np.testing.assert_allclose(cut.embed_passages(texts), whole.embed_passages(texts), atol=1e-4)


def test_other_options_need_a_work_folder_of_their_own(material: Path, tmp_path: Path) -> None:
    short = replace(OPTIONS, training=replace(OPTIONS.training, steps=1))
    list(build_encoder(material, tmp_path / "out", short))
    with pytest.raises(InvalidInput, match="other options"):
        list(build_encoder(material, tmp_path / "out", OPTIONS))


def test_a_folder_without_material_is_named(material: Path, tmp_path: Path) -> None:
    (material / "a.jsonl.gz").unlink()
    with pytest.raises(InvalidInput, match="no aligned segments"):
        list(build_encoder(material, tmp_path / "out", OPTIONS))

from __future__ import annotations

import time
import tomllib
import warnings
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.static import BUNDLED, StaticEmbedder, is_static_model

ROOT = Path(__file__).parents[3]
LANGUAGES = {"en", "zh", "ja", "ko", "de", "es", "fr"}
SAME = {
    "en": "How do I reset my password?",
    "zh-Hans": "如何重置我的密码？",
    "zh-Hant": "如何重設我的密碼？",
    "ja": "パスワードをリセットする方法",
    "ko": "비밀번호를 재설정하는 방법",
    "de": "Wie setze ich mein Passwort zurück?",
    "es": "¿Cómo restablezco mi contraseña?",
    "fr": "Comment réinitialiser mon mot de passe ?",
}
OTHERS = [
    "The invoice is sent by post at the end of the month.",
    "请在七天内联系客服办理退货。",
    "請在七天內聯絡客服辦理退貨。",
    "プリンターに紙がありません。",
    "배송에는 사흘이 걸립니다.",
    "Der Akku lässt sich nicht laden.",
    "La pantalla está rota.",
    "Le livreur est en retard.",
]
ODD = [
    "",
    " ",
    "😀🎉",
    "ᚠᚢᚦ",
    "a" * 5000,
    "设" * 5000,
    "\ud800",
    "\x00",
    "ﷺ",
    "．．．",
    "مرحبا",
    "שלום",
    "ไทย" * 300,
    "word " * 20_000,
]


@pytest.fixture(scope="module")
def embedder() -> StaticEmbedder:
    return StaticEmbedder()


def test_the_folder_is_small_and_whole() -> None:
    assert is_static_model(BUNDLED)
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*")) <= 32_000_000


def test_info_declares_its_languages(embedder: StaticEmbedder) -> None:
    assert embedder.info.languages == LANGUAGES
    assert embedder.info.model == BUNDLED.name


@pytest.mark.parametrize("asked", SAME)
@pytest.mark.parametrize("answered", SAME)
def test_a_question_finds_itself_in_every_language(embedder: StaticEmbedder, asked: str, answered: str) -> None:
    passages = embedder.embed_passages([SAME[answered], *OTHERS])
    assert (passages @ embedder.embed_query(SAME[asked])).argmax() == 0


def test_scripts_and_spellings_of_one_word_share_a_vector(embedder: StaticEmbedder) -> None:
    simplified = embedder.embed_query("权限设定")
    for other in ("權限設定", "権限設定"):
        np.testing.assert_allclose(embedder.embed_query(other), simplified, atol=1e-6)
    np.testing.assert_allclose(embedder.embed_query("STRASSE Café"), embedder.embed_query("Straße cafe"), atol=1e-6)


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:10]))
def test_odd_text_is_a_finite_unit_vector(embedder: StaticEmbedder, text: str) -> None:
    vector = embedder.embed_query(text)
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_sentence_transformers_gives_the_same_vectors(embedder: StaticEmbedder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(BUNDLED), device="cpu")
        texts = [*SAME.values(), *OTHERS, "ᚠᚢᚦ", "设" * 5000]
        expected = model.encode(texts, show_progress_bar=False)
    np.testing.assert_allclose(embedder.embed_passages(texts), expected, atol=1e-3)


def test_the_leading_dimensions_are_vectors_too(embedder: StaticEmbedder) -> None:
    short = embedder.embed_passages([*SAME.values(), *OTHERS])[:, :128]
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    scores = short[: len(SAME)] @ short.T
    assert (scores[:, : len(SAME)].mean(axis=1) > scores[:, len(SAME) :].max(axis=1)).all()


def test_a_query_takes_less_than_a_millisecond(embedder: StaticEmbedder) -> None:
    embedder.embed_query("warm")
    began = time.process_time()
    for _ in range(200):
        embedder.embed_query(SAME["de"])
    assert (time.process_time() - began) / 200 < 0.001


def test_the_wheel_carries_the_model() -> None:
    """Hatch takes every file below a package that git does not ignore."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "engine" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert BUNDLED.is_relative_to(ROOT / "engine")
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert not {"models/", "*.safetensors", "*.json", "engine/embedding/models/"} & set(ignored)


def test_it_knows_ordinary_words() -> None:
    embedder = StaticEmbedder()
    assert [embedder.knows(word) for word in ("添加", "微软", "加为", "")] == [True, True, False, False]

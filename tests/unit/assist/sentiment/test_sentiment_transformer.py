from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest

from engine.assist.sentiment.model import polarity
from engine.assist.sentiment.reader import NEUTRAL
from engine.assist.sentiment.transformer import TransformerMoodReader, level_of_label
from engine.errors import Misconfigured


def save_classifier(folder: Path, labels: list[str]) -> Path:
    """Save a tiny BERT with random weights; no network is needed."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification
    from transformers.models.bert import BertTokenizerFast  # type: ignore[attr-defined]

    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "the", "kettle"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=300,
        id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the libraries' own imports
        return save_classifier(tmp_path_factory.mktemp("moods") / "tiny", ["negative", "neutral", "positive"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_a_classifier_gives_a_mood(model: Path) -> None:
    reader = TransformerMoodReader(str(model))
    mood = reader.read("the kettle is bad " * 200, "en")
    assert polarity(mood.level) is mood.polarity
    assert 1 / 3 <= mood.confidence <= 1
    assert {cue.kind for cue in mood.cues} == {"regret"}
    assert reader.read("  ", "en") == NEUTRAL


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_labels_without_meaning_are_named(model: Path, tmp_path: Path) -> None:
    import shutil

    odd = Path(shutil.copytree(model, tmp_path / "odd"))
    config = json.loads((odd / "config.json").read_text("utf-8"))
    config["id2label"] = {"0": "apple", "1": "pear", "2": "plum"}
    (odd / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(Misconfigured, match="apple"):
        TransformerMoodReader(str(odd)).read("good", "en")


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="sentiment_model"):
        TransformerMoodReader(str(tmp_path / "nothing")).read("good", "en")


@pytest.mark.parametrize(
    ("label", "count", "level"),
    [
        ("1 star", 5, 1),
        ("5 stars", 5, 5),
        ("LABEL_0", 3, 1),
        ("LABEL_1", 3, 3),
        ("LABEL_2", 3, 5),
        ("NEG", 3, 2),
        ("Very_Positive", 5, 5),
        ("neutral", 3, 3),
        ("joy", 6, 5),
        ("anger", 6, 1),
    ],
)
def test_what_labels_mean(label: str, count: int, level: int) -> None:
    assert level_of_label(label, count) == level


@pytest.mark.parametrize(("label", "count"), [("apple", 3), ("9 stars", 5), ("", 2)])
def test_labels_that_mean_nothing(label: str, count: int) -> None:
    with pytest.raises(Misconfigured):
        level_of_label(label, count)

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.assist.triage.encoding import CODE, MessageEncoder
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput
from engine.languages.detection import ScriptDetector
from evals.bench.cli import app
from evals.bench.intents import bench_intents
from evals.datasets.intents import IntentSet, Message, few, load_intents, tuning_split
from tests.fakes.embedding import HashEmbedder

WORDS = {"parcel": "where is my {} parcel", "refund": "when is the {} money refunded", "login": "I cannot log in {}"}
FILLERS = ("blue", "red", "old", "new", "late", "big", "small", "first", "second", "other", "lost", "good")


def messages() -> tuple[Message, ...]:
    return tuple(Message(text.format(word), name) for word in FILLERS for name, text in WORDS.items())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = "".join(f'"{message.text}",{message.intent}\n' for message in messages())
    (tmp_path / "banking77.train.csv").write_text("text,category\n" + rows, encoding="utf-8")
    for part in ("train", "val"):
        lines = (json.dumps({"text": f"{part} {each.text}", "intent": each.intent}) for each in messages())
        (tmp_path / f"clinc150.{part}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    strange = [{"text": f"how tall is mount {word}", "intent": "oos"} for word in FILLERS]
    (tmp_path / "clinc150.oos_val.jsonl").write_text("\n".join(map(json.dumps, strange)), encoding="utf-8")
    return tmp_path


def test_a_seeded_fifth_of_the_training_file_is_held_out(folder: Path) -> None:
    banking, clinc = load_intents(folder)
    assert (len(banking.train), len(banking.held_out)) == (29, 7)
    assert set(banking.train).isdisjoint(banking.held_out)
    assert load_intents(folder)[0] == banking
    assert (len(clinc.train), len(clinc.held_out), len(clinc.outside)) == (36, 36, 12)


def test_tuning_uses_training_data_alone(folder: Path) -> None:
    banking, _ = load_intents(folder)
    tuned = tuning_split(banking)
    assert {*tuned.train, *tuned.held_out} == set(banking.train)


def test_a_few_examples_of_each_intent() -> None:
    assert len(few(messages(), 2)) == 6
    assert len(few(messages(), 0)) == 36


def test_what_is_learnt_is_scored() -> None:
    every = messages()
    outside = tuple(Message(f"how tall is mount {word}", "oos") for word in FILLERS)
    encoder = MessageEncoder(StaticEmbedder(), None, ScriptDetector())
    found = bench_intents(encoder, IntentSet("toy", every[:24], every[24:], outside))
    assert found["accuracy"] == 1.0
    assert isinstance(found["out_of_scope_auroc"], float)
    assert found["out_of_scope_auroc"] > 0.95
    assert {"coverage", "out_of_scope_recall", "p50_ms"} <= set(found)


def test_the_command_prints_one_document(folder: Path) -> None:
    words = ["intents", "--data", str(folder), "--only", "banking77", "--bundled", "--examples", "3", "--json"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["banking77"]["examples"] == 9


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="banking77"):
        load_intents(tmp_path)


def test_a_second_embedder_reads_only_what_it_understands() -> None:
    encoder = MessageEncoder(HashEmbedder(), HashEmbedder(8, languages=("en",)), ScriptDetector())
    points = encoder.points(["where is my parcel", "包裹到哪了"])
    assert points.second.any(axis=1).tolist() == [True, False]
    again = encoder.remembered(["包裹到哪了", "where is my parcel", "where is my parcel"])
    assert (again.second[1] == points.second[0]).all()
    assert again.first.shape == (3, 64)


@pytest.mark.parametrize(
    ("text", "left"), [("order MV-2026-118420 is late", "order   is late"), ("E7 on the R3", "E7 on the R3")]
)
def test_numbers_of_orders_say_nothing_about_the_intent(text: str, left: str) -> None:
    assert CODE.sub(" ", text) == left

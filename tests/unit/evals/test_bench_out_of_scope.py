"""A FAQ of intents: what is read, what is asked, and how confidence tells scope."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.answering.confidence import Matter
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.out_of_scope import REPEATED, faq_examples, read_intents

SAID = {
    "track_parcel": ("where is my parcel", "track my parcel", "has my parcel been sent", "parcel not here yet"),
    "return_item": ("how do i return a kettle", "return a kettle", "send a kettle back", "can i return my kettle"),
}
OUTSIDE = ("who won the football match", "a good film for tonight", "why is the sky blue", "tell me a joke")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("intents")
    inside = [(text, intent) for intent, said in SAID.items() for text in said]
    outside = [(text, "oos") for text in OUTSIDE]
    parts = {
        "train": [*inside, ("tell me the time", "oos")],
        "val": [(f"please {text}", intent) for text, intent in inside],
        "oos_train": outside[:2],
        "oos_val": outside[2:],
    }
    for name, rows in parts.items():
        lines = [json.dumps({"text": text, "intent": intent}) for text, intent in rows]
        (path / f"shop.{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_what_is_measured_was_not_seen(folder: Path) -> None:
    found = read_intents(folder, "shop")
    assert {each.text for each in found.entries} == {text for said in SAID.values() for text in said}
    assert not {*found.seen} & {*found.unseen}
    assert len(found.seen) == len(found.unseen) == 4 + 2
    assert {each.text for each in found.unseen if not each.intent} == set(OUTSIDE[2:])


def test_intents_may_have_fewer_entries(folder: Path) -> None:
    few = read_intents(folder, "shop", each=2)
    assert sorted(each.intent for each in few.entries) == ["return_item"] * 2 + ["track_parcel"] * 2
    assert few.key != read_intents(folder, "shop").key


def test_a_missing_file_is_named(folder: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.train\.jsonl"):
        read_intents(folder, "none")


def test_examples_tell_scope_by_the_neighbours(folder: Path) -> None:
    seen, unseen = faq_examples(folder, "shop")
    for part in (seen, unseen):
        assert {each.matter for each in part} <= {Matter.WORDINGS}
        assert sum(not each.answerable for each in part) % REPEATED == 0
        assert not any(each.right and not each.answerable for each in part)
        assert any(each.right for each in part)


def test_the_bench_measures_the_unseen_half(folder: Path) -> None:
    result = CliRunner().invoke(app, ["out-of-scope", str(folder), "--name", "shop", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["in_scope"], found["out_of_scope"]) == (4, 2)
    assert found["auroc"] > 0.5
    assert found["right"] > 0.5

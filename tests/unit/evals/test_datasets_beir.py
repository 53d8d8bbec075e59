"""BEIR folders: what is read, and that every fault is named with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import InvalidInput
from evals.datasets.beir import load_beir, sampled

WriteBeir = Callable[..., Path]


def test_a_folder_is_read(beir: Path) -> None:
    dataset = load_beir(beir, "test")
    assert (dataset.name, dataset.split) == ("shop", "test")
    assert [entry.uri for entry in dataset.corpus] == ["returns", "warranty", "delivery", "billing"]
    assert dataset.corpus[2].title == ""
    assert dataset.queries[1].relevant == {"warranty": 1.0}
    assert dataset.queries[1].answers == ("24 months", "two years")


def test_the_only_split_need_not_be_named(beir: Path) -> None:
    assert load_beir(beir).split == "test"


def test_a_split_holds_its_own_queries_in_the_order_of_the_file(write_beir: WriteBeir) -> None:
    dev = "query-id\tcorpus-id\tscore\nq3\tdelivery\t2\nq1\treturns\t1\nq3\treturns\t0\n"
    dataset = load_beir(write_beir(qrels={"dev": dev, "test": "q1\treturns\t1\n"}), "dev")
    assert [(query.id, query.relevant) for query in dataset.queries] == [
        ("q3", {"delivery": 2.0}),
        ("q1", {"returns": 1.0}),
    ]


def test_qrels_need_no_header_and_may_have_a_byte_order_mark(write_beir: WriteBeir) -> None:
    dataset = load_beir(write_beir(qrels={"test": "\ufeffq1\treturns\t1\r\n\r\n"}))
    assert [query.id for query in dataset.queries] == ["q1"]


def test_title_and_answers_may_be_absent(write_beir: WriteBeir) -> None:
    folder = write_beir(
        corpus=[{"_id": "a", "text": "text"}], queries=[{"_id": "q", "text": "?"}], qrels={"test": "q\ta\t1\n"}
    )
    dataset = load_beir(folder)
    assert dataset.corpus[0].title == ""
    assert dataset.queries[0].answers == ()


def test_line_separators_inside_a_text_do_not_end_the_line(write_beir: WriteBeir) -> None:
    folder = write_beir(corpus='{"_id": "a", "text": "one\u2028two\x85three"}\n', qrels={"test": "q1\ta\t1\n"})
    assert load_beir(folder).corpus[0].text == "one\u2028two\x85three"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"corpus": None}, r"corpus\.jsonl is not a file"),
        ({"queries": None}, r"queries\.jsonl is not a file"),
        ({"corpus": '{"_id": "a", "text": "x"}\n{"_id": \n'}, r"corpus\.jsonl, line 2: not JSON"),
        ({"corpus": "\n[1]\n"}, r"corpus\.jsonl, line 2: not a JSON object"),
        ({"corpus": '{"text": "x"}\n'}, r'corpus\.jsonl, line 1: the record needs a string "_id"'),
        ({"corpus": '{"_id": 7, "text": "x"}\n'}, r'line 1: the record needs a string "_id"'),
        ({"corpus": '{"_id": "a"}\n'}, r'line 1: the record needs a string "text"'),
        ({"corpus": '{"_id": "a", "text": "x", "title": null}\n'}, r'needs a string "title"'),
        ({"corpus": '{"_id": "a", "text": ""}\n' * 2}, r"line 2: the record repeats the \"_id\" 'a'"),
        ({"queries": '{"_id": "q1", "text": "?", "answers": "30"}\n'}, r'needs a list of strings "answers"'),
        ({"qrels": {"test": "q1\treturns\t1\nq9\treturns\t1\n"}}, r"qrels/test\.tsv, line 2: 'q9' is not in queries"),
        ({"qrels": {"test": "q1\tnowhere\t1\n"}}, r"qrels/test\.tsv, line 1: 'nowhere' is not in corpus"),
        ({"qrels": {"test": "q1 returns 1\n"}}, r"qrels/test\.tsv, line 1: not a judgement"),
        ({"qrels": {"test": "q1\treturns\t1\nq1\treturns\tyes\n"}}, r"line 2: not a judgement"),
        ({"qrels": {"test": "q1\treturns\t0\n"}}, r"qrels/test\.tsv has no relevant document"),
        ({"qrels": {}}, r"has no qrels/<split>\.tsv"),
    ],
)
def test_faults_are_named(write_beir: WriteBeir, files: dict[str, object], message: str) -> None:
    queries = {"queries": '{"_id": "q1", "text": "?", "answers": "30"}\n', "qrels": {"test": "q1\treturns\t1\n"}}
    folder = write_beir(**(queries if files.get("queries") else files))
    with pytest.raises(InvalidInput, match=message):
        load_beir(folder)


def test_an_unknown_split_lists_those_that_exist(write_beir: WriteBeir) -> None:
    folder = write_beir(qrels={"zh": "q1\treturns\t1\n", "en": "q1\treturns\t1\n"})
    with pytest.raises(InvalidInput, match=r"no split 'fr'. Choose one with --split: en, zh"):
        load_beir(folder, "fr")
    with pytest.raises(InvalidInput, match=r"several splits. Choose one with --split: en, zh"):
        load_beir(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere is not a folder"):
        load_beir(tmp_path / "nowhere")


def test_text_that_is_not_utf8_is_refused_without_being_quoted(beir: Path) -> None:
    (beir / "corpus.jsonl").write_bytes('{"_id": "a", "text": "保固"}'.encode("big5"))
    with pytest.raises(InvalidInput, match=r"^corpus\.jsonl is not UTF-8\. Convert the file to UTF-8\.$"):
        load_beir(beir)


def test_the_corpus_hash_depends_on_every_text_and_title(write_beir: WriteBeir) -> None:
    rows = [{"_id": "returns", "title": "t", "text": "x"}]
    changed = [[{**rows[0], key: "y"}] for key in ("title", "text")]
    qrels = {"test": "q1\treturns\t1\n"}
    folders = [write_beir(corpus=each, qrels=qrels, name=f"n{n}") for n, each in enumerate([rows, rows, *changed])]
    hashes = [load_beir(folder).corpus_hash for folder in folders]
    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_a_sample_is_seeded_and_keeps_the_corpus(beir: Path) -> None:
    dataset = load_beir(beir)
    first, again = (sampled(dataset, limit=2, seed=1) for _ in range(2))
    assert first == again
    assert len(first.queries) == 2
    assert first.corpus == dataset.corpus
    assert first.sample_seed == 1
    assert {sampled(dataset, limit=1, seed=seed).queries[0].id for seed in range(20)} == {"q1", "q2", "q3", "q4"}


def test_a_limit_that_takes_all_is_no_sample(beir: Path) -> None:
    dataset = load_beir(beir)
    assert sampled(dataset, limit=None, seed=1) is dataset
    assert sampled(dataset, limit=4, seed=1) is dataset

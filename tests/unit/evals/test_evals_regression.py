"""A planted regression, folding switched off, is found and named by slice; doing nothing is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from opencc import OpenCC

import engine.languages.terms
from engine.settings import load_settings
from evals.comparison import Verdict, compare
from evals.engine_system import EngineSystem, Pipeline
from evals.runs.beir_unit import BeirUnit
from evals.runs.execute import Execution
from evals.runs.folder import RunFolder
from evals.runs.results import Results
from evals.runs.running import evaluate
from tests.fakes.embedding import HashEmbedder

THINGS = ("电饭锅", "吸尘器", "净化器", "加湿器", "电热毯", "洗碗机", "热水壶", "电风扇")
DEEDS = ["怎么清洁保养", "保修期多久", "运费谁来负担", "如何退换货", "零件哪里购买"]
TOPICS = [f"{thing}{deed}" for thing in THINGS for deed in DEEDS]


@pytest.fixture(scope="module")
def beir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write pages in simplified characters, asked for in simplified and in traditional ones."""
    folder = tmp_path_factory.mktemp("data") / "shop"
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": f"d{n}", "text": f"关于{topic}，请看下面的说明。"} for n, topic in enumerate(TOPICS)]
    spellings: dict[str, Callable[[str], str]] = {"hans": str, "hant": OpenCC("s2t").convert}
    queries = [
        {"_id": f"{name}{n}", "text": spelled(topic)}
        for name, spelled in spellings.items()
        for n, topic in enumerate(TOPICS)
    ]
    for file, rows in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{file}.jsonl").write_text(lines, encoding="utf-8")
    for name in spellings:
        judgements = "".join(f"{name}{n}\td{n}\t1\n" for n in range(len(TOPICS)))
        (folder / "qrels" / f"{name}.tsv").write_text(judgements, encoding="utf-8")
    return folder


def run(path: Path, beir: Path) -> Results:
    words_alone = load_settings().model_copy(update={"reranker": "none"})  # the reranker folds by itself
    system = EngineSystem(words_alone, Pipeline(), embedder=HashEmbedder())
    return evaluate([BeirUnit(beir)], Execution(RunFolder(path), lambda: system))


def test_folding_switched_off_is_found_and_named(beir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, again = run(tmp_path / "before", beir), run(tmp_path / "again", beir)
    nothing = compare(before, again)
    assert {each.verdict for each in nothing.differences} == {Verdict.UNPROVEN}
    assert nothing.changed == ()

    monkeypatch.setattr(engine.languages.terms, "fold", str.casefold)
    found = compare(before, run(tmp_path / "broken", beir))
    worse = {(each.slice, each.measure): each for each in found.verdicts(Verdict.WORSE)}
    regression = worse["language=zh-Hant", "mrr@10"]
    assert regression.adjusted_p is not None
    assert regression.adjusted_p < 0.01
    assert regression.change < -0.1
    assert not [each for each in found.verdicts(Verdict.WORSE) if each.slice == "language=zh-Hans"]
    assert all(each.after.id.startswith("shop/hant/") for each in found.changed if each.gain < 0)

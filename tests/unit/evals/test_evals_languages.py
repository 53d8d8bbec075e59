"""The same pages in several languages: which one a question gets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.errors import InvalidInput
from evals.cli import build_app
from evals.languages import LanguageOutcome, load_languages, run_languages
from tests.unit.evals.conftest import WriteBeir
from tests.unit.evals.fake_system import FakeSystem

PAGES = {
    "shop.en": {"returns": "send it back in 30 days", "delivery": "we deliver in 3 days"},
    "shop.de": {"returns": "schick es in 30 tagen", "delivery": "wir liefern in 3 tagen in"},
}
QUERIES = {
    "en": {"e1": ("send it back", "returns")},
    "de": {"d1": ("wir liefern", "delivery"), "d2": ("in", "returns")},
}


@pytest.fixture
def folders(write_beir: WriteBeir) -> list[Path]:
    asked = [{"_id": key, "text": text} for rows in QUERIES.values() for key, (text, _) in rows.items()]
    qrels = {tag: "".join(f"{key}\t{page}\t1\n" for key, (_, page) in rows.items()) for tag, rows in QUERIES.items()}
    return [
        write_beir(
            corpus=[{"_id": key, "title": "", "text": text} for key, text in pages.items()],
            queries=asked,
            qrels=qrels,
            name=name,
        )
        for name, pages in PAGES.items()
    ]


def test_pages_and_queries_of_all_folders_are_read(folders: list[Path]) -> None:
    read = load_languages(folders, limit=None, seed=13)
    assert [entry.uri for entry in read.corpus.corpus] == ["en/returns", "en/delivery", "de/returns", "de/delivery"]
    assert {tag: [query.id for query in rows] for tag, rows in read.queries.items()} == {
        "en": ["e1"],
        "de": ["d1", "d2"],
    }
    assert read.corpus.sample_seed is None
    sample = load_languages(folders, limit=1, seed=13)
    assert {tag: len(rows) for tag, rows in sample.queries.items()} == {"en": 1, "de": 1}


def test_folders_must_be_of_different_languages(folders: list[Path], beir: Path) -> None:
    with pytest.raises(InvalidInput, match="One language"):
        load_languages(folders[:1], limit=None, seed=13)
    with pytest.raises(InvalidInput, match="names no language of its own"):
        load_languages([folders[0], folders[0]], limit=None, seed=13)
    with pytest.raises(InvalidInput, match="shop names no language"):
        load_languages([beir, folders[0]], limit=None, seed=13)


def test_ranks_of_any_and_of_the_own_language(folders: list[Path], system: FakeSystem) -> None:
    report = run_languages(system, load_languages(folders, limit=None, seed=13))
    assert [(each.query_id, each.any_rank, each.own_rank) for each in report.outcomes[:2]] == [
        ("e1", 1, 1),
        ("d1", 1, 1),
    ]
    assert report.languages["en"] == {"found@10": 1.0, "own_language_first": 1.0, "own_language_mrr@10": 1.0}
    assert report.summary.queries == 3
    assert report.summary.split == "en+de"
    assert not report.failures


@pytest.mark.parametrize(
    ("any_rank", "own_rank", "first"), [(1, 1, True), (3, 3, True), (1, 2, False), (1, 0, False), (0, 0, False)]
)
def test_the_own_language_is_first_if_no_other_is_before(any_rank: int, own_rank: int, first: bool) -> None:
    assert LanguageOutcome("q", "en", any_rank, own_rank).own_first is first


def test_the_command_prints_one_json_document_or_a_table(
    folders: list[Path], system: FakeSystem, tmp_path: Path
) -> None:
    app = build_app(lambda: system)
    data = [part for folder in folders for part in ("--data", str(folder))]
    printed = CliRunner().invoke(app, ["languages", *data, "--json", "--details", str(tmp_path / "details.json")])
    assert printed.exit_code == 0, printed.output
    assert set(json.loads(printed.stdout)["languages"]) == {"en", "de"}
    assert len(json.loads((tmp_path / "details.json").read_text(encoding="utf-8"))["results"]) == 3
    assert "own_language_first" in CliRunner().invoke(app, ["languages", *data]).stdout

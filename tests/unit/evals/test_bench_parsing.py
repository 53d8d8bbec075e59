from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed, InvalidInput
from evals.bench.parsing.manifest import Item, plain_markdown, read_items
from evals.bench.parsing.peers import parse_with_unstructured
from evals.bench.parsing.report import as_json, show
from evals.bench.parsing.run import Outcome, State, bench_parsing
from evals.metrics.word_recall import missing_words, word_recall, words
from ingestion.parsing import Limits
from ingestion.workers.pool import NoPool


def set_of(folder: Path, files: dict[str, tuple[str, str | None]]) -> Path:
    """Make a set whose files have a content and, maybe, an expected Markdown text."""
    (folder / "some").mkdir()
    lines = []
    for name, (content, expected) in files.items():
        (folder / "some" / name).write_text(content, encoding="utf-8")
        entries = [] if expected is None else [f"{name}.expected.md"]
        if expected is not None:
            (folder / "some" / entries[0]).write_text(expected, encoding="utf-8")
        lines.append(json.dumps({"file": name, "ext": name.rpartition(".")[2], "expected": entries}))
    (folder / "some" / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


FILES = {
    "good.md": ("# Kettle\n\nDescale it.", "# Kettle\n\nDescale **it**."),
    "short.md": ("Only this.", "Only this, and that, and more of it."),
    "plain.txt": ("Some text.", None),
    "pages.pages": ("x", "never read"),
}


def outcomes(folder: Path, *, peer: bool = False) -> list[Outcome]:
    return list(bench_parsing(folder, pool=NoPool(), peer=NoPool() if peer else None, say=lambda name: None))


def test_words_are_counted_after_folding() -> None:
    assert words("Ａ退货 H2O, h2o don't") == {"a": 1, "退": 1, "货": 1, "h": 2, "2": 2, "o": 2, "don": 1, "t": 1}
    assert word_recall("a b", "A b b c") == 0.5
    assert missing_words("a b", "A b b c") == {"b": 1, "c": 1}
    assert word_recall("anything", "") == word_recall("", "---") == 1.0
    assert word_recall("", "a") == 0.0


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("see [the page](http://x.y/z)", "see the page"),
        ("![alt](data:image/png;base64,AAAA) after", "after"),
        ("<!-- image -->\n\nBar chart\n\n| a |", "| a |"),
        ("a <b>bold</b> &amp;lt; word\\_s", "a bold < word_s"),
        ("$$\\frac{a}{b}$$", "{a}{b}"),
        ("| x | x | y | y | y |", "| x | y |"),
        ("| 1 |  |  | 2 |", "| 1 |  |  | 2 |"),
    ],
)
def test_markup_is_not_expected(markdown: str, text: str) -> None:
    assert words(plain_markdown(markdown)) == words(text)


def test_a_set_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no folders with a manifest\.jsonl"):
        list(read_items(tmp_path))


def test_expected_texts_of_elements(tmp_path: Path) -> None:
    set_of(tmp_path, {"a.txt": ("x", None)})
    entry = {"file": "a.txt", "ext": "txt", "expected": [{"file": "a.json", "from": "y"}]}
    (tmp_path / "some" / "manifest.jsonl").write_text(json.dumps(entry))
    (tmp_path / "some" / "a.json").write_text(json.dumps([{"text": "one"}, {"text": "two"}, {}]))
    assert [item.expected for item in read_items(tmp_path)] == ["one\ntwo\n"]


def test_each_file_ends_in_a_state(tmp_path: Path) -> None:
    found = {outcome.item.path.name: outcome for outcome in outcomes(set_of(tmp_path, FILES))}
    assert found["good.md"].ours.state is State.INGESTED
    assert found["good.md"].ours.recall == 1.0
    assert found["short.md"].ours.recall == pytest.approx(0.25)
    assert found["short.md"].ours.missing[0] == "and"
    assert found["plain.txt"].ours.recall is None
    assert (found["pages.pages"].ours.state, found["pages.pages"].ours.recall) == (State.FAILED, 0.0)
    assert not found["plain.txt"].has_text


def test_a_failure_without_a_remedy_is_none_that_was_named(tmp_path: Path) -> None:
    def fails(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        raise BackendFailed("gone") if name == "good.md" else InvalidInput("bad")

    found = list(bench_parsing(set_of(tmp_path, FILES), pool=NoPool(fails), peer=None, say=lambda name: None))
    assert {outcome.ours.state for outcome in found} == {State.BROKEN}


def test_the_report_names_what_falls_short(tmp_path: Path) -> None:
    found = outcomes(set_of(tmp_path, FILES), peer=True)
    report = as_json(found)
    assert (report["files"], report["with_expected_text"], report["reached"]) == (4, 3, 1)
    assert report["states"] == {"ingested": 3, "named failure": 1}
    short = report["short"]
    assert isinstance(short, list)
    assert [entry["file"] for entry in short] == ["some/short.md", "some/pages.pages"]
    formats = report["formats"]
    assert isinstance(formats, list)
    row = next(row for row in formats if row["format"] == "md")
    assert (row["files"], row["expected"], row["reached"], row["recall"], row["peer_recall"]) == (2, 2, 1, 0.625, 0.625)
    assert show(found)


def test_a_file_counts_with_the_faster_of_two_times(tmp_path: Path) -> None:
    names: list[str] = []

    def counted(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        names.append(name)
        return ParsedDocument(name, "x", ())

    list(bench_parsing(set_of(tmp_path, FILES), pool=NoPool(counted), peer=None, say=lambda name: None))
    assert names == [name for name in FILES for _ in range(2)]


def test_the_peer_s_failures_are_answers() -> None:
    with pytest.raises(InvalidInput, match="unstructured: "):
        parse_with_unstructured(b"\0\1\2", name="a.pages", limits=Limits())


def test_items_are_named_by_collection() -> None:
    assert Item("some", Path("x/a.md"), "md", None).name == "some/a.md"

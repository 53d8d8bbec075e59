from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.errors import InvalidInput
from evals.bench.cli import app
from evals.bench.fuzz import worker
from evals.bench.fuzz.containers import zipped
from evals.bench.fuzz.corpus import corpus
from evals.bench.fuzz.mutations import Sample, mutated
from evals.bench.fuzz.run import Bounds, FuzzReport, Outcome, Result, case, fuzz
from ingestion.parsing import Limits, parse
from tests.fakes.misbehaving import misbehave

PLAIN = (
    Sample("a.txt", b"A text that is long enough to be broken. " * 10),
    Sample("b.md", b"# B\n\nAnother one.\n" * 9),
)


def test_the_samples_are_valid_and_cover_the_formats() -> None:
    samples, without = corpus()
    suffixes = {Path(sample.name).suffix for sample in samples}
    assert {".md", ".html", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".epub", ".eml", ".png", ".csv"} <= suffixes
    assert len({sample.name for sample in samples}) == len(samples)
    assert not {"Markdown", "HTML", "PDF", "Word"} & set(without)
    for sample in samples:
        if sample.name.endswith(("0.docx", "0.csv", "0.xlsx", "0.pptx", "0.odt")):
            assert parse(sample.data, name=sample.name).text


def test_small_files_of_a_folder_are_samples_too(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "real.doc").write_bytes(b"small")
    (tmp_path / "large.md").write_bytes(b"x" * 300_000)
    (tmp_path / "code.xyz").write_bytes(b"of no format")
    own, without = corpus()
    found, fewer = corpus(tmp_path)
    assert [sample for sample in found if sample not in own] == [Sample("sub_real.doc", b"small")]
    assert set(without) - set(fewer) == {"Word 97-2003"}


def test_the_same_seed_and_number_give_the_same_file() -> None:
    samples, _ = corpus()
    assert corpus()[0] == samples  # so that a file can be made again in another process
    again = [case(samples, seed=1, number=number) for number in range(60)]
    assert again == [case(samples, seed=1, number=number) for number in range(60)]
    assert again != [case(samples, seed=2, number=number) for number in range(60)]
    assert len({file.data for file in again}) > 55


def test_broken_files_differ_from_their_samples_and_swap_names() -> None:
    found = [mutated(PLAIN, Random(number)) for number in range(300)]
    originals = {sample.data for sample in PLAIN}
    assert sum(file.data in originals for file in found) < 30
    assert Counter(file.name for file in found)["a.md"] > 5
    assert min(len(file.data) for file in found) < 50
    assert max(len(file.data) for file in found) > 1000


def test_a_member_of_an_archive_is_broken_behind_a_valid_checksum() -> None:
    samples = [sample for sample in corpus()[0] if sample.name == "sample0.docx"]
    outcomes: Counter[str] = Counter()
    for number in range(40):
        file = mutated(samples, Random(number))
        try:
            parse(file.data, name=file.name)
            outcomes["parsed"] += 1
        except InvalidInput:
            outcomes["refused"] += 1
    assert outcomes["parsed"] >= 4
    assert outcomes["refused"] >= 4


def test_every_end_is_told_apart() -> None:
    names = ("fine", "warn", "refuse", "raise", "crash", "hang", "eat", "exhaust", "killed")
    found = {}
    for name in names:
        bounds = Bounds(seconds=0.5 if name == "hang" else 30, memory_mb=400, processes=1)
        (result,) = fuzz([Sample(f"{name}.x", b"data")], seed=1, numbers=[7], bounds=bounds, parse=misbehave)
        found[name] = result.outcome
        assert result.number == 7
    assert found == {
        "fine": Outcome.INGESTED,
        "warn": Outcome.WARNINGS,
        "refuse": Outcome.BROKEN,  # by `misbehave`, where `examined` returns a value
        "raise": Outcome.BROKEN,
        "crash": Outcome.CRASH,
        "hang": Outcome.HANG,
        "eat": Outcome.MEMORY,
        "exhaust": Outcome.MEMORY,
        "killed": Outcome.MEMORY,
    }


def test_a_named_failure_is_returned_as_a_value() -> None:
    found = worker.examined(b"%PDF-1.7 broken", name="a.pdf", limits=Limits())
    assert "a.pdf" in found.metadata[worker.FAILURE]
    assert found.metadata[worker.UNFORESEEN] == ""
    fine = worker.examined(b"# Title\n\nText.", name="a.md", limits=Limits())
    assert fine.metadata == {"chunks": "1", worker.UNFORESEEN: ""}
    assert fine.warnings == ()


def test_what_is_in_a_file_is_looked_at_too() -> None:
    found = worker.examined(zipped({"a.md": b"# A\n\nText.", "b.pdf": b"%PDF-1.7"}), name="a.zip", limits=Limits())
    assert found.metadata["chunks"] == "1"
    assert worker.FAILURE not in found.metadata
    assert any("b.pdf" in warning for warning in found.warnings)
    broken = worker.examined(zipped({"b.pdf": b"%PDF-1.7"}), name="a.zip", limits=Limits())
    assert "b.pdf" in broken.metadata[worker.FAILURE]


def test_an_exception_that_only_the_net_caught_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless:
        format = "Careless"

        def parse(self, data: bytes, *, name: str) -> ParsedDocument:
            raise LookupError

    monkeypatch.setattr("ingestion.parsing.parser_for", lambda *_: Careless())
    found = worker.examined(b"x", name="a.x", limits=Limits())
    assert found.metadata[worker.UNFORESEEN].startswith("LookupError at ")


@pytest.mark.parametrize(
    "parsed",
    [
        ParsedDocument("", "a\ud800b", ()),
        ParsedDocument("\ud800", "ab", ()),
        ParsedDocument("", "ab", (), metadata={"a": "\ud800"}),
        ParsedDocument("", "a\x00b", ()),
        ParsedDocument("", "ab", (Block(BlockKind.PARAGRAPH, Span(0, 3)),)),
        ParsedDocument("", "ab", (Block(BlockKind.PARAGRAPH, Span(0, 2)), Block(BlockKind.PARAGRAPH, Span(1, 2)))),
    ],
)
def test_what_breaks_the_contract_of_parsers_is_seen(monkeypatch: pytest.MonkeyPatch, parsed: ParsedDocument) -> None:
    monkeypatch.setattr("ingestion.parsing.parse", lambda *_, **__: parsed)
    with pytest.raises(ValueError):  # noqa: PT011
        worker.examined(b"x", name="a.md", limits=Limits())


def test_the_report_counts_and_names() -> None:
    results = (
        Result(0, "a.md", Outcome.INGESTED, seconds=0.5),
        Result(1, "b.md", Outcome.FAILURE, "b.md is damaged.", "LookupError at x.py:3"),
        Result(2, "c.pdf", Outcome.HANG, "c.pdf took longer than 20 s to parse.", seconds=20.0),
        Result(3, "d.md", Outcome.FAILURE, "d.md is damaged.", "LookupError at x.py:3"),
    )
    report = FuzzReport(4, results, 33.0, ("a.md",), ("Word 97-2003",))
    assert [result.number for result in report.defects] == [2]
    assert report.counts(".md") == {Outcome.INGESTED: 1, Outcome.FAILURE: 2}
    assert report.unforeseen() == {"LookupError at x.py:3": [1, 3]}
    found = report.as_json()
    assert found["outcomes"] == {
        **dict.fromkeys((outcome.value for outcome in Outcome), 0),
        "ingested": 1,
        "named failure": 2,
        "hang": 1,
    }
    assert (found["files"], found["without_sample"]) == (4, ["Word 97-2003"])
    assert found["slowest"][0] == {"number": 2, "name": "c.pdf", "seconds": 20.0}  # type: ignore[index]


def test_the_command_runs_and_replays(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["fuzz", "--files", "8", "--seed", "3", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["files"], found["seed"], found["defects"]) == (8, 3, [])
    assert sum(found["outcomes"].values()) == 8
    replayed = CliRunner().invoke(app, ["fuzz", "--seed", "3", "--only", "5", "--keep", str(tmp_path)])
    assert replayed.exit_code == 0, replayed.output
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == case(corpus()[0], seed=3, number=5).data

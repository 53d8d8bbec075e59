"""`knowdesk eval run`, `compare`, `report`, `gate`, `validate`, `draft` and `judge` from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import evals.commands.run
from engine.errors import InvalidInput
from evals.cli import build_app
from evals.commands.run import Asked, units_of
from tests.unit.evals.fake_system import FakeSystem
from tests.unit.evals.run_builders import case, written

Invoke = Callable[..., Result]
WriteBeir = Callable[..., Path]


@pytest.fixture
def invoke(system: FakeSystem) -> Invoke:
    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(build_app(lambda: system), [str(argument) for argument in arguments])

    return run


def test_a_run_is_one_command_and_prints_one_document(invoke: Invoke, beir: Path, tmp_path: Path) -> None:
    result = invoke("run", "--data", beir, "--out", tmp_path / "run", "--json")
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert (document["name"], document["cases"], document["complete"]) == ("run", 10, True)
    assert document == json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert document["manifest"]["options"] == {"limit": None, "seed": 13}
    assert document["manifest"]["settings"] == {"model": "fake"}


def test_the_same_command_again_goes_on(invoke: Invoke, beir: Path, tmp_path: Path, system: FakeSystem) -> None:
    first = invoke("run", "--data", beir, "--out", tmp_path / "run", "--json")
    built = system.built
    second = invoke("run", "--data", beir, "--out", tmp_path / "run", "--json")
    assert json.loads(first.stdout) == json.loads(second.stdout)
    assert system.built == built


def test_another_sample_needs_another_folder(invoke: Invoke, beir: Path, tmp_path: Path) -> None:
    invoke("run", "--data", beir, "--out", tmp_path / "run")
    result = invoke("run", "--data", beir, "--out", tmp_path / "run", "--limit", "2")
    assert result.exit_code == 1
    assert "begun with other data and options" in result.stderr


def test_people_see_a_table(invoke: Invoke, beir: Path, tmp_path: Path) -> None:
    result = invoke("run", "--data", beir, "--out", tmp_path / "run")
    assert "run · 10 cases" in result.stdout
    assert "containment" in result.stdout


def test_questions_of_ones_own(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "delivery.md").write_text("Delivery takes 2 days.", encoding="utf-8")
    gold = {"kind": "answerable", "documents": ["delivery.md"], "answers": ["2 days"]}
    row = {"id": "1", "text": "delivery takes", "language": "en", **gold}
    (tmp_path / "mine.jsonl").write_text(json.dumps(row), encoding="utf-8")
    options = ("--questions", tmp_path / "mine.jsonl", "--knowledge", tmp_path / "pages")
    document = json.loads(invoke("run", *options, "--out", tmp_path / "run", "--json").stdout)
    values = {each["measure"]: each["value"] for each in document["figures"]}
    assert values["containment"] == 1.0
    assert document["manifest"]["units"][0]["name"] == "mine"


def test_documents_that_fail_are_named_and_the_status_is_1(
    invoke: Invoke, write_beir: WriteBeir, tmp_path: Path
) -> None:
    rows = [{"_id": "returns", "text": "30 days"}, {"_id": "empty", "text": ""}]
    folder = write_beir(corpus=rows, qrels={"test": "q1\treturns\t1\n"})
    result = invoke("run", "--data", folder, "--out", tmp_path / "run", "--json")
    assert result.exit_code == 1
    assert "Not indexed: empty" in result.stderr
    assert json.loads(result.stdout)["not_indexed"][0]["uri"] == "empty"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--out", "{tmp}/run"], "Nothing to run. Give --golden, --data DIR or --questions PATH."),
        (["run", "--data", "{tmp}/nowhere", "--out", "{tmp}/run"], "is no BEIR folder and holds none"),
        (["run", "--data", "{beir}", "--data", "{beir}", "--out", "{tmp}/run"], "Several sets are called shop"),
        (["run", "--data", "{beir}", "--url", "http://127.0.0.1:9", "--out", "{tmp}/run"], "--url needs --kb"),
        (["compare", "{tmp}", "{tmp}"], "is not a run"),
        (["report", "{tmp}", "--out", "{tmp}/x.html"], "is not a run"),
        (["gate", "{tmp}", "--gates", "{tmp}/none.toml"], "no file none.toml"),
        (["validate", "{tmp}/nowhere.jsonl"], "holds no data"),
        (["judge", "{run}"], "no language model to judge"),
        (["draft", "--kb", "x", "--out", "{run}/manifest.json"], "manifest.json exists"),
    ],
)
def test_wrong_usage_has_status_2(
    invoke: Invoke, beir: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    run = written(tmp_path / "a-run", [case("a")])
    result = invoke(*(each.format(beir=beir, tmp=tmp_path, run=run) for each in arguments))
    assert result.exit_code == 2, result.output
    assert message in result.stderr.replace("\n", " ")


def test_a_service_that_is_not_there_has_status_1(invoke: Invoke, beir: Path, tmp_path: Path) -> None:
    result = invoke("run", "--data", beir, "--url", "http://127.0.0.1:9", "--kb", "x", "--out", tmp_path / "run")
    assert result.exit_code == 1
    assert "Check --url" in result.stderr


def test_the_sample_is_one_unit_with_its_attacks() -> None:
    (unit,) = units_of(Asked(golden=True))
    plan = unit.plan()
    assert plan.name == "sample"
    assert plan.documents > 40
    assert plan.cases == 299 + 12


def test_units_have_names_of_their_own(beir: Path) -> None:
    with pytest.raises(InvalidInput, match="shop"):
        units_of(Asked(data=(beir, beir)))
    assert evals.commands.run.__all__


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    before = [case(f"c{n}", {"containment": 1.0}) for n in range(20)]
    after = [case(f"c{n}", {"containment": float(n > 12)}) for n in range(20)]
    return written(tmp_path / "before", before), written(tmp_path / "after", after)


def test_compare_tells_what_changed(invoke: Invoke, two: tuple[Path, Path]) -> None:
    result = invoke("compare", *two)
    assert result.exit_code == 0
    assert "before → after · 20 cases in both" in result.stdout
    assert "worse" in result.stdout
    assert "13 cases got worse" in result.stdout
    document = json.loads(invoke("compare", *two, "--json").stdout)
    row = next(each for each in document["differences"] if each["measure"] == "containment")
    assert (row["verdict"], row["n"]) == ("worse", 20)
    assert row["adjusted_p"] < 0.01
    assert len(document["changed"]) == 13


def test_report_writes_its_files(invoke: Invoke, two: tuple[Path, Path], tmp_path: Path) -> None:
    page, figures, junit = (tmp_path / name for name in ("r.html", "r.json", "r.xml"))
    options = ("--baseline", two[0], "--out", page, "--json-out", figures, "--junit", junit)
    assert invoke("report", two[1], *options).exit_code == 0
    assert page.read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
    assert json.loads(figures.read_text(encoding="utf-8"))["cases"] == 20
    assert junit.read_text(encoding="utf-8").count("<testcase") == 20


def gates(path: Path, least: float) -> Path:
    path.write_text(f'[[gate]]\nmeasure = "containment"\nleast = {least}\n', encoding="utf-8")
    return path


def test_gate_has_status_1_with_the_reasons(invoke: Invoke, two: tuple[Path, Path], tmp_path: Path) -> None:
    result = invoke("gate", two[1], "--gates", gates(tmp_path / "g.toml", 0.9), "--junit", tmp_path / "g.xml")
    assert result.exit_code == 1
    assert "Gate fails: containment over all: >= 0.9: 0.35 is below 0.9." in result.stderr
    assert "<failure" in (tmp_path / "g.xml").read_text(encoding="utf-8")


def test_gate_has_status_0_where_all_hold(invoke: Invoke, two: tuple[Path, Path], tmp_path: Path) -> None:
    result = invoke("gate", two[1], "--gates", gates(tmp_path / "g.toml", 0.3), "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["passed"] is True


def test_validate_names_every_fault(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": "a"}\nnope\n', encoding="utf-8")
    result = invoke("validate", file)
    assert result.exit_code == 1
    assert "q.jsonl, line 1: text: is missing. Add 'text'." in result.stdout
    assert "q.jsonl, line 2: not JSON" in result.stdout
    document = json.loads(invoke("validate", file, "--json").stdout)
    assert document["records"] == 0
    assert {each["line"] for each in document["problems"]} == {1, 2}


def test_validate_is_content_with_sound_data(invoke: Invoke, beir: Path) -> None:
    result = invoke("validate", beir)
    assert result.exit_code == 0
    assert "BEIR folder: 12 records, 0 problems" in result.stdout

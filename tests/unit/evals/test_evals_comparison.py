"""Two runs compared: what changed, where, and whether it is more than chance."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from engine.errors import InvalidInput
from evals.commands.compare import register
from evals.comparison import Comparison, Difference, Verdict, compare
from evals.runs.case import Case, Task
from tests.unit.evals.run_builders import case, results

LANGUAGES = ("en", "ja", "zh-Hans")


def cases(chance: dict[str, float], *, seed: int = 1, n: int = 60) -> list[Case]:
    """Return answers that are right with the given chance in each language; the draws of a seed are paired."""
    found = []
    for language in LANGUAGES:
        draws = random.Random(f"{seed} {language}")
        for number in range(n):
            right = float(draws.random() < chance[language])
            found.append(case(f"{language}{number}", {"containment": right}, slices={"language": language}))
    return found


SAME = dict.fromkeys(LANGUAGES, 0.7)


def difference(found: Comparison, slice: str, measure: str = "containment") -> Difference:
    return next(each for each in found.differences if (each.slice, each.measure) == (slice, measure))


def test_a_run_does_not_differ_from_itself() -> None:
    found = compare(results("a", cases(SAME)), results("b", cases(SAME)))
    assert {each.verdict for each in found.differences} == {Verdict.UNPROVEN}
    assert found.changed == ()
    assert difference(found, "all").p == 1.0


def test_a_regression_of_one_language_is_found_and_named() -> None:
    found = compare(results("a", cases(SAME)), results("b", cases({**SAME, "ja": 0.35})))
    worse = {(each.slice, each.measure) for each in found.verdicts(Verdict.WORSE)}
    assert ("language=ja", "containment") in worse
    assert difference(found, "language=ja").adjusted_p is not None
    assert (difference(found, "language=ja").adjusted_p or 1) < 0.01
    assert difference(found, "language=en").verdict is Verdict.UNPROVEN
    assert found.verdicts(Verdict.BETTER) == ()


def test_an_improvement_is_the_other_way_round() -> None:
    found = compare(results("a", cases({**SAME, "ja": 0.35})), results("b", cases(SAME)))
    assert difference(found, "language=ja").verdict is Verdict.BETTER


def test_chance_alone_is_seldom_taken_for_a_change() -> None:
    verdicts = []
    for seed in range(8):
        before, after = (results(str(each), cases(SAME, seed=each, n=40)) for each in (seed, 1000 + seed))
        verdicts.append(any(each.verdict is not Verdict.UNPROVEN for each in compare(before, after).differences))
    assert sum(verdicts) <= 2


def test_less_is_better_where_the_catalogue_says_so() -> None:
    before = [case(str(n), {"injection_success": 1.0}) for n in range(20)]
    after = [case(str(n), {"injection_success": 0.0}) for n in range(20)]
    found = compare(results("a", before), results("b", after))
    assert difference(found, "all", "injection_success").verdict is Verdict.BETTER


def test_times_are_shown_and_never_judged() -> None:
    before = [case(str(n), milliseconds=1.0 + n / 100) for n in range(20)]
    after = [case(str(n), milliseconds=90.0 + n / 100) for n in range(20)]
    found = difference(compare(results("a", before), results("b", after)), "all", "answer_p50_ms")
    assert found.change > 80
    assert found.interval is not None
    assert found.verdict is Verdict.UNPROVEN


def test_confidence_is_compared_by_resampling_pairs() -> None:
    def run(sure: float) -> list[Case]:
        known = [case(f"k{n}", {"containment": 1.0}, confidence=sure + n / 1000) for n in range(30)]
        unknown = [case(f"u{n}", {"abstained": 1.0}, confidence=0.5) for n in range(30)]
        return [*known, *unknown]

    found = difference(compare(results("a", run(0.9)), results("b", run(0.1))), "all", "abstention_auroc")
    assert (found.before, found.after, found.p) == (1.0, 0.0, None)
    assert found.verdict is Verdict.WORSE


def test_changed_cases_are_named_with_both_answers() -> None:
    before = [case("a", {"containment": 1.0}), case("b", {"containment": 0.0}), case("c")]
    after = [case("a", {"containment": 0.0}, answer="Wrong."), case("b"), case("c")]
    found = compare(results("x", before), results("y", after))
    assert [(each.after.id, each.gain) for each in found.changed] == [("a", -1.0), ("b", 1.0)]
    assert (found.changed[0].before.answer, found.changed[0].after.answer) == ("An answer.", "Wrong.")


def test_a_search_changes_by_its_first_hit() -> None:
    before = [case("a", {"mrr@10": 1.0, "recall@10": 1.0}, task=Task.SEARCH)]
    after = [case("a", {"mrr@10": 0.25, "recall@10": 1.0}, task=Task.SEARCH)]
    (changed,) = compare(results("x", before), results("y", after)).changed
    assert (changed.measure, changed.gain) == ("mrr@10", -0.75)


def test_only_shared_cases_are_compared() -> None:
    found = compare(results("x", [case("a"), case("b")]), results("y", [case("b"), case("c"), case("d")]))
    assert (found.cases, found.only_before, found.only_after) == (1, 1, 2)


def test_runs_without_a_common_case_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no case in common"):
        compare(results("x", [case("a")]), results("y", [case("b")]))


def test_runs_over_other_data_are_refused() -> None:
    with pytest.raises(InvalidInput, match="The data of shop are not the same"):
        compare(results("x", [case("a")]), results("y", [case("a")], data_hash="other"))


def test_what_was_set_differently_is_told() -> None:
    found = compare(results("x", [case("a")], model="m1"), results("y", [case("a")], model="m2"))
    assert found.settings == (("model", "m1", "m2"),)
    document = found.as_json()
    assert document["settings"] == [{"name": "model", "before": "m1", "after": "m2"}]


def test_a_kept_comparison_lies_in_the_later_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = {name: results(name, [case("a")]) for name in ("x", "y")}
    monkeypatch.setattr("evals.commands.compare.load_results", lambda path: runs[path.name])
    (tmp_path / "y").mkdir()
    app = typer.Typer()
    register(app)
    ended = CliRunner().invoke(app, [str(tmp_path / "x"), str(tmp_path / "y"), "--keep", "--json"])
    assert ended.exit_code == 0, ended.output
    kept = json.loads((tmp_path / "y" / "comparisons" / "x.json").read_text())
    assert kept == json.loads(ended.stdout)

"""Units: what is planned, what is asked, and that nothing but the data decides it."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

import evals.runs.beir_unit
from engine.domain.answer import Answer
from engine.domain.conversation import Turn
from engine.errors import InvalidInput
from evals.runs.beir_unit import BeirUnit
from evals.runs.case import Case, Task
from evals.runs.question_unit import QuestionUnit
from evals.runs.units import Unit, Work, concurrently, main_language
from tests.unit.evals.fake_system import FakeSubject, FakeSystem

WriteBeir = Callable[..., Path]


def cases_of(unit: Unit, system: FakeSystem, indexes: Path, *, done: frozenset[str] = frozenset()) -> list[Case]:
    return [event for event in unit.run(Work(system, indexes, done)) if isinstance(event, Case)]


def test_a_beir_folder_is_searched_asked_and_asked_without_its_gold(
    beir: Path, system: FakeSystem, tmp_path: Path
) -> None:
    unit = BeirUnit(beir)
    found = cases_of(unit, system, tmp_path / "indexes")
    assert Counter(case.id.split("/")[2] for case in found) == {"search": 4, "answer": 4, "without": 2}
    assert unit.plan().cases == len(found) == len({case.id for case in found})
    searches = [case for case in found if case.task is Task.SEARCH]
    assert all(case.metrics["mrr@10"] == 1.0 and case.found[0] in case.expected for case in searches)
    answers = [case for case in found if "/answer/" in case.id]
    assert all(case.metrics["containment@0"] == 1.0 and case.facts["answerable"] for case in answers)
    without = [case for case in found if "/without/" in case.id]
    assert all(not case.facts["answerable"] and not case.facts["right"] for case in without)
    assert all("abstained" in case.metrics and case.slices["kind"] == "unanswerable" for case in without)


def test_the_index_is_whole_after_a_run(beir: Path, system: FakeSystem, tmp_path: Path) -> None:
    first = cases_of(BeirUnit(beir), system, tmp_path / "indexes")
    again = cases_of(BeirUnit(beir), system, tmp_path / "indexes")
    assert [(case.id, case.metrics) for case in first] == [(case.id, case.metrics) for case in again]
    assert system.built == 1


def test_what_is_done_is_not_asked_again(beir: Path, system: FakeSystem, tmp_path: Path) -> None:
    every = cases_of(BeirUnit(beir), system, tmp_path / "indexes")
    done = frozenset(case.id for case in every[::2])
    rest = cases_of(BeirUnit(beir), system, tmp_path / "indexes", done=done)
    assert {case.id for case in rest} == {case.id for case in every} - done
    metrics = {case.id: case.metrics for case in every}
    assert all(case.metrics == metrics[case.id] for case in rest)


def test_rounds_that_are_done_leave_the_index_alone(
    beir: Path, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = cases_of(BeirUnit(beir), system, tmp_path / "i")
    removed, remove = list[Sequence[str]](), FakeSubject.remove

    def counting(self: FakeSubject, uris: Sequence[str]) -> None:
        removed.append(uris)
        remove(self, uris)

    monkeypatch.setattr(FakeSubject, "remove", counting)
    first, second = [case.id for case in every if "/without/" in case.id]
    (left,) = cases_of(BeirUnit(beir), system, tmp_path / "i", done=frozenset({each.id for each in every} - {second}))
    assert left.id == second != first
    assert len(removed) == 1


def test_no_more_than_enough_are_withheld(beir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evals.runs.beir_unit, "MOST_WITHHELD", 1)
    assert BeirUnit(beir).plan().cases == 4 + 4 + 1


def test_questions_without_answers_in_their_passages_are_only_searched(
    write_beir: WriteBeir, system: FakeSystem, tmp_path: Path
) -> None:
    rows = [{"_id": f"q{n}", "text": "kettle", "answers": ["水壶"]} for n in (1, 2)]
    folder = write_beir(queries=rows, qrels={"test": "q1\treturns\t1\nq2\twarranty\t1\n"})
    assert {case.task for case in cases_of(BeirUnit(folder), system, tmp_path / "i")} == {Task.SEARCH}


def test_every_split_is_run_with_its_languages(write_beir: WriteBeir, system: FakeSystem, tmp_path: Path) -> None:
    queries = [{"_id": "q1", "text": "the warranty of a kettle"}, {"_id": "z1", "text": "水壶的保修期是多久"}]
    folder = write_beir(queries=queries, qrels={"en": "q1\twarranty\t1\n", "zh": "z1\twarranty\t1\n"})
    found = {case.id: case.slices for case in cases_of(BeirUnit(folder), system, tmp_path / "i")}
    assert found["shop/en/search/q1"]["pair"] == "en → en"
    assert found["shop/zh/search/z1"]["pair"] == "zh-Hans → en"
    assert found["shop/zh/search/z1"]["kind"] == "cross_language"


def test_a_sample_is_seeded_and_part_of_the_plan(beir: Path) -> None:
    whole, sample = BeirUnit(beir).plan(), BeirUnit(beir, limit=2).plan()
    assert (whole.cases, sample.cases) == (10, 5)
    assert BeirUnit(beir, limit=2).plan() == sample
    assert whole.data_hash != sample.data_hash
    assert BeirUnit(beir, limit=2, seed=99).plan().documents == 4


def test_the_hash_depends_on_everything_that_is_read(write_beir: WriteBeir) -> None:
    first = BeirUnit(write_beir(name="one")).plan()
    changed = BeirUnit(write_beir(name="two", qrels={"test": "q1\treturns\t1\n"})).plan()
    assert first.data_hash != changed.data_hash


def test_units_travel_to_other_processes_without_their_data(beir: Path) -> None:
    unit = BeirUnit(beir)
    unit.plan()
    copy = pickle.loads(pickle.dumps(unit))  # noqa: S301
    assert copy == unit
    assert len(pickle.dumps(unit)) < 1000


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "delivery.md").write_text("Delivery takes 2 days.\nDelivery abroad takes 9 days.", encoding="utf-8")
    return folder


def write_questions(tmp_path: Path, *rows: Mapping[str, object]) -> Path:
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


GOLD = {"kind": "answerable", "documents": ["delivery.md"], "answers": ["2 days"]}
ASKED = {"id": "q", "text": "delivery takes", "language": "en", **GOLD}


def test_questions_are_put_to_a_folder_of_documents(knowledge: Path, system: FakeSystem, tmp_path: Path) -> None:
    rows = (ASKED, {"id": "rain", "text": "weather", "language": "en", "kind": "out_of_scope"})
    unit = QuestionUnit("mine", (write_questions(tmp_path, *rows),), knowledge)
    asked, rain = cases_of(unit, system, tmp_path / "i")
    assert asked.metrics["containment"] == asked.metrics["retrieved@10"] == asked.metrics["citation_exactness"] == 1.0
    assert asked.answer == "Delivery takes 2 days."
    assert asked.found == ("delivery.md",)
    assert rain.metrics["abstained"] == 1.0
    assert "containment" not in rain.metrics
    assert unit.plan().documents == 1


def test_a_dialogue_follows_the_answers_that_were_given(
    knowledge: Path, system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, answer = list[list[str]](), FakeSubject.answer

    def listening(self: FakeSubject, question: str, *, history: Sequence[Turn] = (), **others: float | None) -> Answer:
        heard.append([turn.text for turn in history])
        return answer(self, question, history=history, **others)

    monkeypatch.setattr(FakeSubject, "answer", listening)
    turns = [{"text": "delivery takes", **GOLD}, {"text": "abroad 9", **GOLD, "answers": ["9 days"]}]
    dialogue = {"id": "d", "language": "en", "turns": turns}
    unit = QuestionUnit("mine", (write_questions(tmp_path, dialogue),), knowledge)
    first, second = cases_of(unit, system, tmp_path / "i")
    assert (first.id, second.id) == ("mine/d#1", "mine/d#2")
    assert heard == [[], ["delivery takes", "Delivery takes 2 days."]]
    assert second.metrics["containment"] == 1.0
    assert second.slices["turn"] == "2"
    assert unit.plan().cases == 2


def test_only_what_is_left_of_a_dialogue_is_reported(knowledge: Path, system: FakeSystem, tmp_path: Path) -> None:
    dialogue = {"id": "d", "language": "en", "turns": [{"text": "delivery takes", **GOLD}] * 2}
    unit = QuestionUnit("mine", (write_questions(tmp_path, dialogue),), knowledge)
    (left,) = cases_of(unit, system, tmp_path / "i", done=frozenset({"mine/d#1"}))
    assert left.id == "mine/d#2"


def test_drafts_alone_are_no_questions(knowledge: Path, tmp_path: Path) -> None:
    unit = QuestionUnit("mine", (write_questions(tmp_path, {**ASKED, "status": "proposed"}),), knowledge)
    with pytest.raises(InvalidInput, match="no approved questions, 1 are only proposed"):
        unit.plan()


def test_questions_without_documents_need_a_service(tmp_path: Path, system: FakeSystem) -> None:
    unit = QuestionUnit("mine", (write_questions(tmp_path, ASKED),))
    with pytest.raises(InvalidInput, match="--knowledge"):
        list(unit.run(Work(system, tmp_path)))


@pytest.mark.parametrize("threads", [1, 3])
def test_calls_keep_their_order(threads: int) -> None:
    assert list(concurrently(lambda n: n * n, range(20), threads=threads)) == [n * n for n in range(20)]


def test_the_main_language_is_that_of_most_texts() -> None:
    assert main_language(["The kettle is hot.", "保修期是两年。", "It takes two days to arrive."]) == "en"
    assert main_language(["保固期是兩年，請保留收據。"]) == "zh-Hant"
    assert main_language(["123", ""]) == "und"

"""Dialogues: follow-ups and actions over fakes, the files of the sample, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine.domain.answer import Abstention, AbstentionReason, Answer, AnswerMode, AnswerText, Question
from engine.domain.conversation import Role, Turn
from engine.domain.handoff import (
    Clarification,
    Fact,
    FactKind,
    Handoff,
    HandoffReason,
    Polarity,
    Priority,
    Queue,
    Sentiment,
)
from engine.errors import InvalidInput
from evals.actions import act, action_metrics, faults
from evals.cli import build_app
from evals.commands import dialogues as command
from evals.commands.dialogues import sample_dialogues
from evals.datasets.actions import load_actions
from evals.datasets.golden import SAMPLE_FOLDER, GoldenKind, GoldenQuestion
from evals.datasets.rows import ActionRow
from evals.dialogues import Dialogues, Half, half_of, run_dialogues
from evals.follow_ups import FollowUpOutcome, follow_up_metrics
from tests.unit.evals.fake_system import FakeSubject, FakeSystem

SAID = (Turn(Role.CUSTOMER, "delivery takes"),)
FOLLOW_UP = GoldenQuestion(
    "f", "abroad", "en", GoldenKind.FOLLOW_UP, SAID, ("delivery.md",), ("9 days",), standalone="delivery abroad"
)
HANDOFF = Handoff(
    HandoffReason.REQUESTED,
    Queue.DELIVERY,
    Priority.NORMAL,
    "my parcel",
    (Fact(FactKind.ORDER_NUMBER, "MV-1", "mv-1"),),
    Sentiment(Polarity.NEUTRAL, 3),
)
EXPECTED = {
    "reason": "requested",
    "queue": "delivery",
    "priority": "normal",
    "sentiment": "neutral",
    "facts": [{"kind": "order_number", "text": "MV-1"}],
}


def answer(*, text: str = "", handoff: Handoff | None = None, clarify: Clarification | None = None) -> Answer:
    written = AnswerText(text, "en", AnswerMode.EXTRACTIVE) if text else None
    sorry = None if text else Abstention(AbstentionReason.NO_EVIDENCE, "Sorry.")
    return Answer("", Question("?", "?", "en"), written, (), 0.5, sorry, handoff=handoff, clarify=clarify)


def row(**fields: object) -> ActionRow:
    return ActionRow.model_validate({"id": "a", "language": "en", "text": "?", **fields})


def test_recall_of_each_form_of_a_follow_up() -> None:
    outcomes = [
        FollowUpOutcome("a", "en", "", last_turn=False, rewriting=True, human=True),
        FollowUpOutcome("b", "en", "", last_turn=True, rewriting=False, human=True),
        FollowUpOutcome("c", "en", "", last_turn=False, rewriting=False, human=False),
        FollowUpOutcome("d", "en", "", last_turn=False, rewriting=False, human=False),
    ]
    assert follow_up_metrics(outcomes) == {
        "recall@5_last_turn": 0.25,
        "recall@5_rewriting": 0.25,
        "recall@5_human": 0.5,
        "rewriting_of_human": 0.5,
    }
    assert follow_up_metrics([]) == {}
    assert follow_up_metrics(outcomes[2:])["rewriting_of_human"] == 0.0


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, ()),
        ({"reason": "emotion"}, ("handoff.reason",)),
        ({"queue": "returns"}, ("handoff.queue",)),
        ({"priority": "urgent"}, ("handoff.priority",)),
        ({"sentiment": "negative"}, ("handoff.sentiment",)),
        ({"facts": [{"kind": "order_number", "text": "MV-2"}]}, ("handoff.facts.order_number",)),
        ({"queue": None, "facts": []}, ()),
    ],
)
def test_each_wrong_field_of_a_hand_over_is_named(change: dict[str, object], wrong: tuple[str, ...]) -> None:
    assert faults(answer(handoff=HANDOFF), row(handoff={**EXPECTED, **change})) == wrong


def test_what_comes_uncalled_for_or_not_at_all_is_wrong() -> None:
    clarify = Clarification("Which?", ("Japan (islands)", "Taiwan"))
    assert faults(answer(handoff=HANDOFF), row()) == ("handoff",)
    assert faults(answer(), row(handoff=EXPECTED)) == ("handoff",)
    assert faults(answer(clarify=clarify), row()) == ("clarify",)
    assert faults(answer(clarify=clarify), row(clarify={"options": ["Japan"]})) == ()
    assert faults(answer(clarify=clarify), row(clarify={"options": ["Korea"]})) == ("clarify.options: Korea",)
    assert faults(answer(text="Yes."), row(answered=False)) == ("answer",)
    assert faults(answer(), row(answered=True)) == ("answer",)


@pytest.mark.parametrize(("gold", "wrong"), [("1 year", ()), ("9 years", ("reply",))])
def test_the_reply_to_a_question_back_is_sent(gold: str, wrong: tuple[str, ...], tmp_path: Path) -> None:
    class Asking(FakeSubject):
        def answer(self, question: str, *, history: object = (), threshold: float | None = None) -> Answer:
            if question == "battery":
                return answer(text="1 year")
            return answer(clarify=Clarification("Which?", ("battery", "motor")))

    rows = [row(clarify={"options": ["battery"], "reply": {"text": "battery", "answers": [gold]}})]
    (outcome,) = act(Asking(tmp_path), rows)
    assert (outcome.expects, outcome.wrong) == ("clarify", wrong)
    assert action_metrics([outcome]) == {"fields_right": float(not wrong), "fields_right_clarify": float(not wrong)}


def test_a_run_reports_over_all_and_by_language(system: FakeSystem, tmp_path: Path) -> None:
    (tmp_path / "delivery.md").write_text("delivery takes 9 days abroad", encoding="utf-8")
    rows = (row(), row(id="b", language="ja", handoff=EXPECTED))
    report = run_dialogues(system, Dialogues((FOLLOW_UP,), rows), knowledge=tmp_path)
    assert report.summary.metrics["rewriting_of_human"] == 1.0
    assert report.summary.metrics["fields_right"] == 0.5
    assert report.languages["ja"] == {"fields_right": 0.0, "fields_right_handoff": 0.0}
    details = json.loads(json.dumps(report.details()))
    assert [each["id"] for each in details["follow_ups"]] == ["f"]
    assert [each["wrong"] for each in details["actions"]] == [[], ["handoff"]]


def test_halves_are_disjoint_and_together_everything() -> None:
    rows = tuple(GoldenQuestion(str(n), "?", "en", GoldenKind.FOLLOW_UP, SAID, (), ()) for n in range(9))
    development, reported = (half_of(rows, half, seed=3) for half in (Half.DEVELOPMENT, Half.REPORTED))
    assert {*development} | {*reported} == {*rows}
    assert len(development) + len(reported) == 9
    assert half_of(rows, Half.ALL, seed=3) == rows


def test_the_sample_has_enough_dialogues_in_four_languages() -> None:
    dialogues = sample_dialogues(Half.ALL, seed=13)
    own = [each for each in dialogues.follow_ups if "-d" in each.id]
    tags = {"en", "ja", "zh-Hans", "zh-Hant"}
    assert len(own) >= 60
    assert len(dialogues.actions) >= 40
    for rows, least in ((own, 15), (dialogues.actions, 10)):
        counts = {tag: sum(each.language == tag for each in rows) for tag in tags}
        assert min(counts.values()) >= least, counts
    known = {path.relative_to(SAMPLE_FOLDER / "knowledge").as_posix() for path in SAMPLE_FOLDER.rglob("*.*")
             if "knowledge" in path.parts}  # fmt: skip
    assert all({document.partition("#")[0] for document in each.documents} <= known for each in own)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"id": "a", "language": "en"}, "text"),
        ({"id": "a", "language": "en", "text": "?", "handoff": {"reason": "bored"}}, "handoff.reason"),
        ({"id": "a", "language": "en", "text": "?", "handof": {}}, "handof"),
        ({"id": "a", "language": "en", "text": "?", "clarify": {"options": []}}, "clarify.options"),
        (
            {"id": "a", "language": "en", "text": "?", "clarify": {"options": ["x"]}, "handoff": {"reason": "policy"}},
            "not both",
        ),
        ({"id": "a", "language": "en", "text": "?", "clarify": {"options": ["x"]}, "answered": True}, "answered"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, line: dict[str, object], problem: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"a\.jsonl, line 1") as error:
        load_actions(tmp_path)
    assert problem in str(error.value)


def test_a_repeated_id_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has no dialogues"):
        load_actions(tmp_path)
    line = json.dumps({"id": "a", "language": "en", "text": "?"})
    (tmp_path / "a.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="line 2: id: repeats the id 'a'"):
        load_actions(tmp_path)


def test_the_command_prints_one_json_document_or_a_table(
    system: FakeSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "delivery.md").write_text("delivery takes 9 days abroad", encoding="utf-8")
    monkeypatch.setattr(command, "SAMPLE_FOLDER", tmp_path)
    chosen = Dialogues((FOLLOW_UP,), (row(handoff=EXPECTED),))
    monkeypatch.setattr(command, "sample_dialogues", lambda half, *, seed: chosen)
    app = build_app(lambda: system)
    printed = CliRunner().invoke(app, ["dialogues", "--json", "--details", str(tmp_path / "details.json")])
    assert printed.exit_code == 0, printed.output
    assert json.loads(printed.stdout)["metrics"]["fields_right"] == 0.0
    assert json.loads((tmp_path / "details.json").read_text(encoding="utf-8"))["actions"][0]["wrong"] == ["handoff"]
    shown = CliRunner().invoke(app, ["dialogues"])
    assert "recall@5_rewriting" in shown.stdout
    assert "a: handoff" in shown.output

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.domain.answer import Citation
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.suggestion import Suggestion, SuggestionKind
from engine.errors import InvalidInput
from evals.bench.suggestions.feedback import Agent, gain
from evals.bench.suggestions.replaying import Replayed, request_of, says_the_same, scores
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.suggestions import SentReply, asked_replies, load_sent_replies
from evals.fit_suggestions import NAMES, fitted

QUOTE = "You may return an item within 30 days"
CITED = Citation(
    "i", "d", 1, "Returns", "r.md", DocumentKind.POLICY, "en", (), None, Span(0, 37), QUOTE, Span(0, 37), 1.0
)
ITEM = Suggestion("s.0", SuggestionKind.CANNED, "id", "t", "Something else entirely.", "en", 0.5, "")
REPLY = SentReply.model_validate(
    {
        "id": "x",
        "language": "en",
        "turns": [{"role": "customer", "text": "How long?"}],
        "sent": "Within thirty days of delivery.",
        "canned": ["window"],
        "quotes": ["return an item within 30 days"],
        "steps": ["ask_order_number"],
        "transcript": "chat.txt",
    }
)


def shortcut(key: str) -> str:
    return {"id": "window"}.get(key, "")


@pytest.mark.parametrize(
    ("item", "same"),
    [
        (ITEM, True),
        (replace(ITEM, key="other"), False),
        (replace(ITEM, kind=SuggestionKind.NEXT_STEP, key="ask_order_number"), True),
        (replace(ITEM, kind=SuggestionKind.NEXT_STEP, key="close"), False),
        (replace(ITEM, kind=SuggestionKind.KNOWLEDGE, evidence=(CITED,)), True),
        (replace(ITEM, kind=SuggestionKind.KNOWLEDGE, evidence=(replace(CITED, quote="Other words here"),)), False),
        (replace(ITEM, kind=SuggestionKind.SIMILAR_CASE, text="within thirty days of delivery!"), True),
        (replace(ITEM, kind=SuggestionKind.SIMILAR_CASE, text="within"), False),
    ],
)
def test_what_counts_as_the_reply_that_was_sent(item: Suggestion, same: bool) -> None:
    assert says_the_same(item, REPLY, shortcut) is same


def test_the_own_record_is_never_searched() -> None:
    assert request_of(REPLY).without == ("chat.txt",)
    assert request_of(REPLY.model_copy(update={"transcript": ""})).without == ()


def test_scores_count_places() -> None:
    places = [(True, False), (False, True), (False, False, False, True), (False,)]
    found = scores([Replayed(REPLY, (ITEM,) * len(equal), equal) for equal in places])
    assert (found["conversations"], found["top_1"], found["top_3"]) == (4, 0.25, 0.5)
    assert found["missed"] == ["x", "x"]


def test_a_gain_is_tested_pair_by_pair() -> None:
    agent = Agent(SuggestionKind.CANNED)
    wrong = [Replayed(REPLY, (ITEM,), (False,))] * 12
    right = [Replayed(REPLY, (ITEM,), (True,))] * 12
    risen, same = gain(wrong, right, agent), gain(right, right, agent)
    assert (risen.before, risen.after) == (agent.wrong, agent.right)
    assert risen.p_value < 0.01 < same.p_value == 1.0
    assert agent.chance(replace(ITEM, kind=SuggestionKind.KNOWLEDGE), equal=True) == agent.otherwise


def test_weights_follow_what_tells() -> None:
    rng = np.random.default_rng(3)
    rows = np.column_stack([rng.random((400, len(NAMES) + 1)), np.ones(400), np.eye(6)[rng.integers(0, 6, 400)]])
    right = (rows[:, 0] > 0.5).astype(float)
    weights = fitted(rows, right)
    assert weights[0] > 3 * max(abs(weights[1 : len(NAMES)]))


def test_the_sample_s_replies_can_be_found_where_they_are_said_to_be() -> None:
    replies = load_sent_replies(SAMPLE_FOLDER / "golden" / "suggestions")
    assert {each.language for each in replies} == {"en", "ja", "zh-Hans", "zh-Hant"}
    assert len({each.id for each in replies}) == len(replies) >= 40
    for each in replies:
        assert each.canned or each.quotes or each.steps
        assert not each.transcript or (SAMPLE_FOLDER / "knowledge" / each.transcript).is_file()
    assert all(len(each.turns) == 1 and each.quotes for each in asked_replies())


@pytest.mark.parametrize("text", ["", "{}", '{"id": "a", "language": "en", "turns": [], "sent": "x"}'])
def test_faults_are_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.jsonl").write_text(f"{text}\n" if text else "", encoding="utf-8")
    folder = tmp_path if text else tmp_path / "nothing"
    folder.mkdir(exist_ok=True)
    with pytest.raises(InvalidInput):
        load_sent_replies(folder)

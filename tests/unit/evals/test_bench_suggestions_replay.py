"""Simulated agents: what they judge, when they stop, and that chance is seeded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from typer.testing import CliRunner

from engine.assist.suggesting.suggesting import Suggesting
from engine.domain.feedback import Verdict
from engine.domain.suggestion import Suggestion, SuggestionKind
from evals.bench.cli import app
from evals.bench.suggestions.feedback import AGENTS, LOOKED_AT, Agent, gain, replay
from evals.bench.suggestions.replaying import TOP, Replayed, says_the_same, scores
from evals.datasets.suggestions import SentReply

ITEM = Suggestion("s.0", SuggestionKind.CANNED, "id", "t", "Something else entirely.", "en", 0.5, "")
ALWAYS = Agent(SuggestionKind.CANNED, right=1.0, otherwise=1.0, wrong=0.0)
NEVER = Agent(SuggestionKind.CANNED, right=0.0, otherwise=0.0, wrong=0.0)


def reply(name: str, language: str = "en", sent: str = "Within thirty days.", **fields: object) -> SentReply:
    plain = {"id": name, "language": language, "turns": [{"role": "customer", "text": "How long?"}], "sent": sent}
    return SentReply.model_validate({**plain, "steps": ["close"], **fields})


REPLIES = [reply(name) for name in ("a", "b", "c")]


@dataclass
class Judged:
    """Stands in for suggestions, and notes what was judged."""

    verdicts: list[tuple[str, Verdict]] = field(default_factory=list)

    def judge(self, suggestion_id: str, verdict: Verdict) -> None:
        self.verdicts.append((suggestion_id, verdict))


def run(
    agent: Agent, equal: tuple[bool, ...], *, count: int, replies: list[SentReply] | None = None
) -> tuple[int, Judged]:
    judged = Judged()

    def suggest(asked: SentReply) -> Replayed:
        return Replayed(asked, tuple(replace(ITEM, id=f"{asked.id}.{at}") for at in range(len(equal))), equal)

    asked = REPLIES if replies is None else replies
    return replay(cast("Suggesting", judged), suggest, asked, agent, count=count), judged


def test_an_agent_goes_down_the_list_until_one_is_sent() -> None:
    sent, judged = run(ALWAYS, (False, True, True), count=4)
    assert sent == 2
    assert [verdict for _, verdict in judged.verdicts] == [Verdict.REJECTED, Verdict.ACCEPTED] * 2
    assert [each[0].partition(".")[2] for each in judged.verdicts] == ["0", "1"] * 2


def test_no_more_than_the_first_three_are_looked_at() -> None:
    sent, judged = run(NEVER, (True,) * 5, count=2 * LOOKED_AT)
    assert sent == 0
    assert [each[0].partition(".")[2] for each in judged.verdicts] == ["0", "1", "2"] * 2


@pytest.mark.parametrize("count", [0, 1, 5, 8])
def test_exactly_so_many_are_judged(count: int) -> None:
    assert len(run(ALWAYS, (False, True), count=count)[1].verdicts) == count


def test_every_conversation_has_its_turn_before_one_comes_again() -> None:
    _, judged = run(ALWAYS, (True,), count=6)
    told = [each[0].partition(".")[0] for each in judged.verdicts]
    assert sorted(told[:3]) == ["a", "b", "c"]
    assert told[3:] == told[:3]


def test_chance_is_the_same_each_time() -> None:
    agent = Agent(SuggestionKind.CANNED, right=0.5)
    assert run(agent, (True,) * 3, count=60)[1] == run(agent, (True,) * 3, count=60)[1]


@pytest.mark.parametrize("replies", [[], REPLIES])
def test_where_nothing_is_suggested_nothing_is_judged(replies: list[SentReply]) -> None:
    sent, judged = run(ALWAYS, (), count=10, replies=replies)
    assert (sent, judged.verdicts) == (0, [])


def test_conversations_without_a_suggestion_are_passed_over() -> None:
    judged = Judged()

    def suggest(asked: SentReply) -> Replayed:
        return Replayed(asked, (replace(ITEM, id="x"),) if asked.id == "b" else (), (True,) if asked.id == "b" else ())

    assert replay(cast("Suggesting", judged), suggest, REPLIES, ALWAYS, count=4) == 4


@pytest.mark.parametrize("agent", AGENTS)
def test_agents_like_what_is_right_and_best_in_their_own_form(agent: Agent) -> None:
    other = next(kind for kind in SuggestionKind if kind is not agent.preferred)
    chances = [
        agent.chance(replace(ITEM, kind=agent.preferred), equal=True),
        agent.chance(replace(ITEM, kind=other), equal=True),
        agent.chance(replace(ITEM, kind=agent.preferred), equal=False),
    ]
    assert chances == sorted(chances, reverse=True)
    assert len(set(chances)) == 3


def test_a_conversation_without_a_suggestion_gains_nothing() -> None:
    empty, right = Replayed(REPLIES[0], (), ()), Replayed(REPLIES[0], (ITEM,), (True,))
    found = gain([empty, right], [right, empty], ALWAYS)
    assert (found.conversations, found.before, found.after, found.p_value) == (2, 0.5, 0.5, 1.0)


def test_scores_tell_languages_and_what_came_first() -> None:
    knowledge = replace(ITEM, kind=SuggestionKind.KNOWLEDGE)
    found = scores(
        [
            Replayed(reply("a"), (ITEM,), (True,)),
            Replayed(reply("b", "ja"), (ITEM, knowledge), (False, True)),
            Replayed(reply("c", "ja", transcript="c.txt"), (ITEM,) * (TOP + 1), (False,) * TOP + (True,)),
            Replayed(reply("d", "zh-Hant"), (), ()),
        ]
    )
    assert found["first_equal_is"] == {"canned": 1, "knowledge": 1}
    assert found["missed"] == ["c", "d"]
    assert found["languages"] == {
        "en": {"conversations": 1, "top_1": 1.0, "top_3": 1.0},
        "ja": {"conversations": 2, "top_1": 0.0, "top_3": 0.5},
        "zh-Hant": {"conversations": 1, "top_1": 0.0, "top_3": 0.0},
    }
    assert found["from_transcripts"] == {"conversations": 1, "top_1": 0.0, "top_3": 0.0}
    assert scores([])["top_1"] == 0.0


@pytest.mark.parametrize(
    ("text", "sent", "same"),
    [
        ("商品到着後30日以内に返品できます。", "商品到着後30日以内に返品できます", True),
        ("您可以在30天內退貨。", "您可以在30天内退货。", True),
        ("Within THIRTY days.", "within thirty days", True),
        ("Within thirty days.", "Within ninety weeks, perhaps.", False),
        ("", "Within thirty days.", False),
    ],
)
def test_the_same_words_are_the_same_in_any_script_and_case(text: str, sent: str, same: bool) -> None:
    item = replace(ITEM, kind=SuggestionKind.KNOWLEDGE, text=text)
    assert says_the_same(item, reply("a", sent=sent), lambda _: "") is same


@pytest.mark.parametrize("command", ["suggestions", "promises", "contradictions"])
def test_a_half_that_there_is_not_is_refused(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--half", "reportd", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "reportd" in result.stderr

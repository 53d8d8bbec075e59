"""Replay feedback of a simulated agent, and measure what it gains on conversations that were not replayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from engine.assist.suggesting.suggesting import Suggesting
from engine.domain.feedback import Verdict
from engine.domain.suggestion import Suggestion, SuggestionKind
from evals.bench.suggestions.replaying import Replayed
from evals.datasets.suggestions import SentReply
from evals.sampling import shuffled
from evals.statistics import mean_interval, sign_flip_p

__all__ = ["AGENTS", "Agent", "Gain", "gain", "replay"]

LOOKED_AT = 3  # suggestions
SEED = 13

Suggest = Callable[[SentReply], Replayed]


@dataclass(frozen=True, slots=True)
class Agent:
    """A simulated agent, who sends what says the right thing, mostly in the form that they prefer.

    Chances are of sending a suggestion as it is: a right one of the `preferred` kind, another right one, a wrong one.
    """

    preferred: SuggestionKind
    right: float = 0.9
    otherwise: float = 0.4
    wrong: float = 0.03

    def chance(self, item: Suggestion, *, equal: bool) -> float:
        """Return how likely the agent is to send this."""
        if not equal:
            return self.wrong
        return self.right if item.kind is self.preferred else self.otherwise


AGENTS = (
    Agent(SuggestionKind.CANNED),
    Agent(SuggestionKind.KNOWLEDGE),
)


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean chance that the first suggestion is sent, before and after feedback, and the paired test's p-value."""

    conversations: int
    before: float
    after: float
    low: float
    high: float
    p_value: float


def replay(suggesting: Suggesting, suggest: Suggest, replies: Sequence[SentReply], agent: Agent, *, count: int) -> int:
    """Have the agent judge suggestions, best first until one is sent, `count` times in all; return how many were sent.

    Conversations come again and again in a seeded order; what is passed over on the way to one is rejected. Where none
    has a suggestion there is nothing to judge.
    """
    rng = np.random.default_rng(SEED)
    sent = judged = idle = 0
    for reply in cycle(shuffled(replies, seed=SEED, key=lambda each: each.id)):
        found = suggest(reply)
        idle = 0 if found.items else idle + 1
        if idle == len(replies):
            return sent
        for item, equal in list(zip(found.items, found.equal, strict=True))[:LOOKED_AT]:
            if judged == count:
                return sent
            accepts = rng.random() < agent.chance(item, equal=equal)
            suggesting.judge(item.id, Verdict.ACCEPTED if accepts else Verdict.REJECTED)
            judged += 1
            if accepts:
                sent += 1
                break
    return sent


def gain(before: Sequence[Replayed], after: Sequence[Replayed], agent: Agent) -> Gain:
    """Compare the chances of the first suggestions for the same conversations."""
    first, then = (list(_chances(found, agent)) for found in (before, after))
    differences = [late - early for early, late in zip(first, then, strict=True)]
    interval = mean_interval(differences)
    return Gain(
        len(differences),
        round(float(np.mean(first)), 3),
        round(float(np.mean(then)), 3),
        round(interval.low, 3),
        round(interval.high, 3),
        round(sign_flip_p(differences), 4),
    )


def _chances(found: Sequence[Replayed], agent: Agent) -> Iterator[float]:
    for each in found:
        yield agent.chance(each.items[0], equal=each.equal[0]) if each.items else 0.0

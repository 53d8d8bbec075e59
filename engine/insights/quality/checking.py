"""Run replies through the checks, and note the promises in them that fall due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.checks import MAX_CHARS, CheckRequest, Checks
from engine.domain.check import Checked, PromiseMatter, Verdict
from engine.domain.conversation import Role
from engine.domain.knowledge import stable_id
from engine.domain.quality import CheckedReply, KeptReplyFinding, SentReply, TrackedPromise
from engine.guard.promises.due import promise_due
from engine.guard.promises.extraction import promises
from engine.languages.summary_cues import pledges
from engine.ports.quality import QualityRepository

__all__ = ["PORTION", "ReplyReader"]

PORTION: Final = 500  # replies in memory at a time
TRACKED: Final = frozenset(PromiseMatter) - {PromiseMatter.WARRANTY, PromiseMatter.RETURN, PromiseMatter.COST}
"""What a desk does for a customer. The others are conditions that hold, with times that are the customer's."""


class ReplyReader:
    """Reads replies, portion by portion; what is checked once is not checked again."""

    def __init__(self, repository: QualityRepository, checks: Checks) -> None:
        self._repository = repository
        self._checks = checks

    def read(self, knowledge_base: str, limit: int) -> int:
        """Check at most so many replies, the oldest first; return how many there were."""
        done = 0
        while found := self._repository.unchecked(knowledge_base, min(PORTION, limit - done)):
            self._repository.keep(knowledge_base, [self._checked(knowledge_base, each) for each in found])
            done += len(found)
            if len(found) < PORTION:
                break
        return done

    def _checked(self, knowledge_base: str, reply: SentReply) -> CheckedReply:
        text = reply.text[:MAX_CHARS]
        if not text.strip():
            return CheckedReply(reply, Verdict.PASS)
        found = self._checks.check(knowledge_base, CheckRequest(text=text, language=reply.language))
        findings = (KeptReplyFinding(each.rule, each.id, each.severity, each.span) for each in found.findings)
        return CheckedReply(reply, found.verdict, tuple(findings), tuple(_tracked(reply, text, found)))


def _tracked(reply: SentReply, text: str, found: Checked) -> Iterator[TrackedPromise]:
    """Yield what an agent will have done by a time that is told; the bot only quotes what holds for everybody."""
    if reply.role is not Role.AGENT:
        return
    standings = {(each.span.start, each.span.end): each.standing for each in found.promises}
    for promise in promises(text):
        due = promise_due(promise, reply.said_at)
        standing = standings.get((promise.span.start, promise.span.end))
        if due and standing and promise.matter in TRACKED and pledges(promise.text):
            key = stable_id("promise", reply.id, str(promise.span.start))
            yield TrackedPromise(key, reply.id, promise.matter, promise.span, due, standing)

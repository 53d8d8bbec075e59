"""Which promises of a reply are tracked, and what is kept of its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.checks import MAX_CHARS, CheckRequest
from engine.domain.check import (
    Checked,
    CheckRule,
    Finding,
    PromiseMatter,
    PromiseStanding,
    PromiseVerdict,
    Severity,
    Verdict,
)
from engine.domain.conversation import Role
from engine.domain.knowledge import Span
from engine.domain.quality import CheckedReply, SentReply
from engine.guard.promises.extraction import promises
from engine.insights.quality.checking import ReplyReader

FRIDAY = datetime(2026, 7, 3, 10, tzinfo=UTC)
REPLY = SentReply("r", "c", 3, Role.AGENT, "", FRIDAY, "en", "a-17")
FOUND = Finding(CheckRule.LEFTOVER, "general/x", Severity.WARN, Span(0, 1), "Look again.")


class Checks:
    """Finds something in what has a brace, and takes every promise for fine."""

    def __init__(self) -> None:
        self.asked: list[CheckRequest] = []

    def check(self, knowledge_base: str, request: CheckRequest) -> Checked:
        assert knowledge_base == "kb"
        self.asked.append(request)
        found = (FOUND,) if "{" in request.text else ()
        said = (
            PromiseVerdict(each.span, each.matter, (), (), PromiseStanding.UNSUPPORTED)
            for each in promises(request.text)
        )
        return Checked(Verdict.WARN if found else Verdict.PASS, "en", found, tuple(said))


class Kept:
    """Keeps what is checked, in memory."""

    def __init__(self, replies: Sequence[SentReply]) -> None:
        self.left = list(replies)
        self.checked: list[CheckedReply] = []
        self.portions: list[int] = []

    def unchecked(self, knowledge_base: str, limit: int) -> tuple[SentReply, ...]:
        assert knowledge_base == "kb"
        return tuple(self.left[:limit])

    def keep(self, knowledge_base: str, checked: Sequence[CheckedReply]) -> None:
        self.checked += checked
        self.portions.append(len(checked))
        del self.left[: len(checked)]


def read(*replies: SentReply, limit: int = 10_000) -> tuple[Kept, Checks, int]:
    kept, checks = Kept(replies), Checks()
    done = ReplyReader(kept, checks).read("kb", limit)  # type: ignore[arg-type]
    return kept, checks, done


def tracked(text: str, role: Role = Role.AGENT) -> list[tuple[PromiseMatter, datetime, str]]:
    kept, _, _ = read(replace(REPLY, text=text, role=role))
    (checked,) = kept.checked
    return [(each.matter, each.due, each.span.of(text)) for each in checked.promises]


@pytest.mark.parametrize(
    ("text", "matter", "due"),
    [
        ("We will refund you within 2 days.", PromiseMatter.REFUND, FRIDAY + timedelta(days=2)),
        ("I will call you back within 3 hours.", PromiseMatter.CONTACT, FRIDAY + timedelta(hours=3)),
        ("我们会在24小时内给您退款。", PromiseMatter.REFUND, FRIDAY + timedelta(hours=24)),
        ("我們會在3天內為您寄出包裹。", PromiseMatter.DELIVERY, FRIDAY + timedelta(days=3)),
        ("3日以内に返金いたします。", PromiseMatter.REFUND, FRIDAY + timedelta(days=3)),
    ],
)
def test_what_the_desk_will_do_by_a_time_is_tracked(text: str, matter: PromiseMatter, due: datetime) -> None:
    ((found, when, words),) = tracked(text)
    assert (found, when) == (matter, due)
    assert words.strip("。.") in text


@pytest.mark.parametrize(
    "text",
    [
        "You may return it within 30 days.",
        "The warranty lasts 24 months.",
        "We will refund you.",
        "Could you send it back within 3 days?",
        "We refunded you yesterday.",
        "保修期为24个月。",
        "Thank you for your patience.",
    ],
)
def test_what_holds_for_everybody_or_has_no_time_is_not(text: str) -> None:
    assert tracked(text) == []


def test_the_bot_promises_nothing_to_one_customer() -> None:
    text = "We will refund you within 2 days."
    assert len(tracked(text)) == 1
    assert tracked(text, Role.ASSISTANT) == []


def test_findings_are_kept_without_words_and_promises_with_their_standing() -> None:
    kept, checks, _ = read(replace(REPLY, text="{name}, we will refund you within 2 days."))
    (checked,) = kept.checked
    assert (checked.verdict, checked.findings[0].id, checked.findings[0].span) == (
        Verdict.WARN,
        "general/x",
        Span(0, 1),
    )
    assert [each.standing for each in checked.promises] == [PromiseStanding.UNSUPPORTED]
    assert checks.asked[0].language == "en"


def test_replies_are_read_portion_by_portion_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.insights.quality.checking.PORTION", 3)
    replies = [replace(REPLY, id=f"r{number}", text="Fine.") for number in range(8)]
    kept, _, done = read(*replies, limit=7)
    assert (kept.portions, done, len(kept.left)) == ([3, 3, 1], 7, 1)


def test_nothing_and_too_much_can_be_read() -> None:
    kept, checks, done = read(replace(REPLY, text=" "), replace(REPLY, id="s", text="x" * (MAX_CHARS + 5)))
    assert (done, [each.verdict for each in kept.checked]) == (2, [Verdict.PASS, Verdict.PASS])
    assert [len(each.text) for each in checks.asked] == [MAX_CHARS]

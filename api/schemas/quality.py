"""How well the desk serves: figures, and the replies behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.quality_examples import FIGURES, QUALITY, REPLY
from engine.domain.check import CheckRule, PromiseMatter, PromiseStanding, Severity, Verdict
from engine.domain.conversation import Role
from engine.domain.knowledge import Span
from engine.domain.quality import PromiseState, QualityGroup, QualityReport, ShownReply
from engine.guard.personal_data import scrub

__all__ = ["CheckedRepliesOut", "CheckedReplyOut", "QualityFiguresOut", "QualityOut", "replies_page"]

Share = Annotated[float, Field(ge=0, le=1)]


class QualityFiguresOut(Model):
    """Figures over replies, and over the conversations that they stand in."""

    replies: int
    conversations: int
    warned: int = Field(description="Replies that should have been looked at again.")
    blocked: int = Field(description="Replies that should not have been sent.")
    findings: dict[str, int] = Field(description="By rule.")
    promises: dict[PromiseState, int] = Field(
        description="Of agents, by what became of them; `unknown`: no event tells of such things."
    )
    kept: Share | None = Field(description="Of the promises kept, late or missed; null without any.")
    csat: float | None = Field(description="Mean of conversations, 1 to 5; null without any.")
    solved: Share | None = Field(description="Of the conversations of which it is known; null without any.")
    told: int = Field(description="Conversations of which it is known whether the problem is solved.")

    model_config = ConfigDict(json_schema_extra={"examples": [FIGURES]})


class QualityGroupOut(Model):
    """The figures of an agent, a team or a topic."""

    id: str = Field(description="Empty for replies of none.")
    name: str
    figures: QualityFiguresOut

    @classmethod
    def told(cls, group: QualityGroup) -> QualityGroupOut:
        """Convert from the domain."""
        return cls(id=group.id, name=group.name, figures=QualityFiguresOut.of(group.figures))


class QualityOut(Model):
    """How well the replies of a period were; groups with the most replies come first, those of none last."""

    since: datetime
    until: datetime
    total: QualityFiguresOut
    assistant: QualityFiguresOut
    people: QualityFiguresOut
    agents: tuple[QualityGroupOut, ...]
    teams: tuple[QualityGroupOut, ...]
    topics: tuple[QualityGroupOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [QUALITY]})

    @classmethod
    def told(cls, report: QualityReport) -> QualityOut:
        """Convert from the domain."""
        return cls(
            since=report.period.since,
            until=report.period.until,
            total=QualityFiguresOut.of(report.total),
            assistant=QualityFiguresOut.of(report.assistant),
            people=QualityFiguresOut.of(report.people),
            agents=tuple(map(QualityGroupOut.told, report.agents)),
            teams=tuple(map(QualityGroupOut.told, report.teams)),
            topics=tuple(map(QualityGroupOut.told, report.topics)),
        )


class ReplyFindingOut(Model):
    """What a check found in a reply."""

    rule: CheckRule
    id: str
    severity: Severity
    text: str = Field(description="The words, without personal data.")


class ReplyPromiseOut(Model):
    """A promise of an agent that falls due."""

    matter: PromiseMatter
    text: str = Field(description="The words, without personal data.")
    due: datetime
    standing: PromiseStanding = Field(description="How it compares with the policies.")
    state: PromiseState
    settled_at: datetime | None = Field(description="When what was promised came to pass.")


class CheckedReplyOut(Model):
    """A reply behind a figure."""

    id: str
    conversation_id: str
    role: Role
    agent: str
    team: str
    topic_id: str | None
    language: str
    said_at: datetime
    text: str = Field(description="Without personal data.")
    verdict: Verdict
    findings: tuple[ReplyFindingOut, ...]
    promises: tuple[ReplyPromiseOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [REPLY]})

    @classmethod
    def told(cls, shown: ShownReply, text: str) -> CheckedReplyOut:
        """Convert from the domain; spans refer to the text as it is kept."""
        checked, reply = shown.checked, shown.checked.reply

        def words(span: Span) -> str:
            return scrub(span.of(text), reply.language).text

        return cls(
            id=reply.id,
            conversation_id=reply.conversation_id,
            role=reply.role,
            agent=reply.agent,
            team=reply.team,
            topic_id=shown.topic_id or None,
            language=reply.language,
            said_at=reply.said_at,
            text=scrub(text, reply.language).text,
            verdict=checked.verdict,
            findings=tuple(
                ReplyFindingOut(rule=each.rule, id=each.id, severity=each.severity, text=words(each.span))
                for each in checked.findings
            ),
            promises=tuple(
                ReplyPromiseOut(
                    matter=each.matter,
                    text=words(each.span),
                    due=each.due,
                    standing=each.standing,
                    state=each.state,
                    settled_at=each.settled_at,
                )
                for each in checked.promises
            ),
        )


class CheckedRepliesOut(Model):
    """One page of replies, the newest first."""

    items: tuple[CheckedReplyOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [REPLY], "next_cursor": None}]})


def replies_page(found: tuple[ShownReply, ...], texts: Mapping[str, str], limit: int) -> CheckedRepliesOut:
    """Return a page of at most `limit` replies; that there is one more tells of a next page."""
    shown = found[:limit]
    items = tuple(CheckedReplyOut.told(each, texts.get(each.checked.reply.id, "")) for each in shown)
    return CheckedRepliesOut(items=items, next_cursor=items[-1].id if len(found) > limit else None)

"""What may be asked of insights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from pydantic import ConfigDict, Field

from api.schemas.base import Day, Identifier, KnowledgeBaseName, Model, Moment
from engine.domain.check import CheckRule, Verdict
from engine.domain.insights import Period, QuestionFilter
from engine.domain.quality import PromiseState, ReplyFilter
from engine.errors import InvalidInput
from engine.insights.heatmap import Interval

__all__ = [
    "DigestForm",
    "DigestQuery",
    "ForecastQuery",
    "HeatMapQuery",
    "InsightQuery",
    "InsightQuestionsQuery",
    "InsightRunIn",
    "QualityQuery",
    "RepliesQuery",
]

MONTH: Final = timedelta(days=30)


class _Within(Model):
    """Of which knowledge base, and when."""

    knowledge_base: KnowledgeBaseName
    since: Moment | None = Field(default=None, description="Asked at this time or later; 30 days by default.")
    until: Moment | None = Field(default=None, description="Asked before this time; now by default.")

    def period(self) -> Period:
        """Return the period; InvalidInput for one that ends before it begins."""
        until = self.until or datetime.now(UTC)
        since = self.since or _month_before(until)
        if since >= until:
            raise InvalidInput("The period ends before it begins.", remedy="Send since before until.")
        return Period(since, until)


def _month_before(moment: datetime) -> datetime:
    try:
        return moment - MONTH
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


class InsightQuery(_Within):
    """Which topics or gaps to list."""

    limit: int = Field(default=50, ge=1, le=200, description="At most so many.")


class HeatMapQuery(_Within):
    """Which part of the sentiment map to show."""

    interval: Interval = Field(default=Interval.WEEK, description="How long a column is.")


class InsightQuestionsQuery(_Within):
    """Which questions to list."""

    topic_id: Identifier | None = Field(default=None, description="Of this topic.")
    gap_id: Identifier | None = Field(default=None, description="Of this gap.")
    level: int | None = Field(default=None, ge=1, le=5, description="Asked in this mood.")
    limit: int = Field(default=50, ge=1, le=200, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")

    def to_domain(self) -> QuestionFilter:
        """Convert to the domain; the page is left out."""
        return QuestionFilter(self.topic_id or "", self.gap_id or "", self.level, self.period())


class QualityQuery(_Within):
    """Of which replies to tell: those that were sent in the period."""


class DigestForm(StrEnum):
    """What a digest is written as."""

    HTML = "html"
    CSV = "csv"


class DigestLanguage(StrEnum):
    """The languages that digests are written in."""

    ENGLISH = "en"
    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    JAPANESE = "ja"


class DigestQuery(Model):
    """Which digest to show."""

    knowledge_base: KnowledgeBaseName
    week: Day | None = Field(default=None, description="A day of the week; by default the last week that is over.")
    language: DigestLanguage = Field(default=DigestLanguage.ENGLISH, description="Of headings and words.")
    form: DigestForm = Field(default=DigestForm.HTML, description="A page or a table.")


class RepliesQuery(_Within):
    """Which checked replies to list."""

    agent: Identifier | None = Field(default=None, description="Of this agent.")
    team: Identifier | None = Field(default=None, description="Of this team.")
    topic_id: Identifier | None = Field(default=None, description="To questions of this topic.")
    rule: CheckRule | None = Field(default=None, description="With a finding of this rule.")
    verdict: Verdict | None = Field(default=None, description="That came out like this.")
    promise: PromiseState | None = Field(default=None, description="With a promise that became of this.")
    limit: int = Field(default=50, ge=1, le=200, description="At most this many on a page.")
    cursor: Identifier | None = Field(default=None, description="`next_cursor` of the page before.")

    def to_domain(self) -> ReplyFilter:
        """Convert to the domain; the period and the page are left out."""
        return ReplyFilter(self.agent, self.team, self.topic_id, self.rule, self.verdict, self.promise)


class ForecastQuery(Model):
    """What to forecast."""

    knowledge_base: KnowledgeBaseName
    topic_id: Identifier | None = Field(default=None, description="Questions of this topic; of all if left out.")
    days: int = Field(default=7, ge=1, le=60, description="So many days, today the first.")


class InsightRunIn(Model):
    """What to read."""

    knowledge_base: KnowledgeBaseName
    limit: int = Field(default=20_000, ge=1, le=1_000_000, description="At most so many new questions in one run.")
    rebuild: bool = Field(default=False, description="Make all groups anew; those that stay alike keep their ids.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"knowledge_base": "support"}]})

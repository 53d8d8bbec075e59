"""What may be asked of insights."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from pydantic import AwareDatetime, ConfigDict, Field

from api.schemas.base import Identifier, KnowledgeBaseName, Model
from engine.domain.insights import Period, QuestionFilter
from engine.errors import InvalidInput
from engine.insights.heatmap import Interval

__all__ = ["ForecastQuery", "HeatMapQuery", "InsightQuery", "InsightQuestionsQuery", "InsightRunIn"]

MONTH: Final = timedelta(days=30)


class _Within(Model):
    """Of which knowledge base, and when."""

    knowledge_base: KnowledgeBaseName
    since: AwareDatetime | None = Field(default=None, description="Asked at this time or later; 30 days by default.")
    until: AwareDatetime | None = Field(default=None, description="Asked before this time; now by default.")

    def period(self) -> Period:
        """Return the period; InvalidInput for one that ends before it begins."""
        until = self.until or datetime.now(UTC)
        since = self.since or until - MONTH
        if since >= until:
            raise InvalidInput("The period ends before it begins.", remedy="Send since before until.")
        return Period(since, until)


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

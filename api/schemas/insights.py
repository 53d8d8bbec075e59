"""What customers ask, what the knowledge lacks, how customers feel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from api.schemas.insight_examples import EXPECTED, GAP, HEAT, QUESTION, RUN, TOPIC
from engine.domain.insights import Expected, Failure, Gap, GapCause, HeatCell, Period, Topic
from engine.guard.personal_data import scrub
from engine.insights.heatmap import Interval, starts
from engine.ports.insights import KeptQuestion

__all__ = [
    "ForecastOut",
    "GapsOut",
    "HeatMapOut",
    "InsightQuestionsOut",
    "InsightRunOut",
    "TopicsOut",
    "asked_page",
]

Share = Annotated[float, Field(ge=0, le=1)]


class InsightRunOut(Model):
    """What a run did."""

    read: int = Field(description="Questions that were read.")
    left: int = Field(description="Questions that are left for the next run.")
    replies: int = Field(description="Replies that were checked.")
    topics: int
    gaps: int
    new_topics: tuple[str, ...]
    new_gaps: tuple[str, ...] = Field(description="Groups of failed questions that are new, gaps or not.")
    merged: dict[str, str] = Field(description="Groups that are gone, and the ones that they went into.")
    rebuilt: bool

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})


class TopicOut(Model):
    """Questions that ask the same kind of thing, in a period."""

    id: str = Field(description="Stays while the topic does.")
    name: str
    terms: tuple[str, ...] = Field(description="Its most distinctive words, in the language of most questions.")
    questions: int
    conversations: int
    share: Share = Field(description="Of all questions of the period.")
    before: int = Field(description="Questions in the period of the same length before.")
    growth: float | None = Field(description="Relative to `before`; null without any.")
    emerging: bool = Field(description="Asked more than chance and the growth of all questions explain.")
    abstained: Share
    handed_over: Share
    csat: float | None = Field(description="Mean of 1 to 5; null without any.")
    level: float | None = Field(description="Mean mood, 1 to 5.")
    languages: dict[str, int]
    samples: tuple[str, ...] = Field(description="Questions, without personal data.")
    first_seen: datetime

    model_config = ConfigDict(json_schema_extra={"examples": [TOPIC]})

    @classmethod
    def told(cls, topic: Topic) -> TopicOut:
        """Convert from the domain."""
        return cls.model_validate(_fields(cls, topic, topic.rates))


class TopicsOut(Model):
    """Topics of a period, those with the most questions first."""

    since: datetime
    until: datetime
    items: tuple[TopicOut, ...]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"since": HEAT["since"], "until": HEAT["until"], "items": [TOPIC]}]}
    )

    @classmethod
    def told(cls, period: Period, found: Sequence[Topic]) -> TopicsOut:
        """Convert from the domain."""
        return cls(since=period.since, until=period.until, items=tuple(map(TopicOut.told, found)))


class GapDocumentOut(Model):
    """The document that tells what there is for a gap."""

    document_id: str
    title: str
    uri: str


class GapOut(Model):
    """Failed questions that lack the same knowledge."""

    id: str = Field(description="Stays while the gap does.")
    name: str
    terms: tuple[str, ...]
    questions: int
    conversations: int
    failures: dict[Failure, int] = Field(description="Each question by its costliest failure.")
    cost: float = Field(
        description="Handed over 5, rejected 3, rated 1 or 2 of 5: 3, asked again 2, not answered 1, summed up."
    )
    failing: Share = Field(description="Share of questions like these that fail.")
    cause: GapCause = Field(
        description="`missing`; `not_found`: the knowledge has it; `outdated`: only what is not in force has it; "
        "`contradicted`: agents write something else."
    )
    document: GapDocumentOut | None = Field(description="Where it is, or what is contradicted.")
    confidence: Share = Field(description="Of the best answer that the knowledge gives to these questions.")
    languages: dict[str, int]
    samples: tuple[str, ...] = Field(description="Questions, without personal data.")
    first_seen: datetime
    last_seen: datetime

    model_config = ConfigDict(json_schema_extra={"examples": [GAP]})

    @classmethod
    def told(cls, gap: Gap) -> GapOut:
        """Convert from the domain."""
        found = gap.match
        place = GapDocumentOut(document_id=found.document_id, title=found.title, uri=found.uri)
        return cls.model_validate({**_fields(cls, gap, found), "document": place if found.document_id else None})


class GapsOut(Model):
    """Gaps of a period, those that cost most first."""

    since: datetime
    until: datetime
    items: tuple[GapOut, ...]

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"since": HEAT["since"], "until": HEAT["until"], "items": [GAP]}]}
    )

    @classmethod
    def told(cls, period: Period, found: Sequence[Gap]) -> GapsOut:
        """Convert from the domain."""
        return cls(since=period.since, until=period.until, items=tuple(map(GapOut.told, found)))


class HeatCellOut(Model):
    """Questions of one mood in one interval; `/v1/insights/questions` lists them."""

    start: date
    level: int = Field(ge=1, le=5)
    questions: int


class HeatRowOut(Model):
    """The cells of a topic that have questions."""

    topic_id: str | None = Field(description="null: questions of no topic.")
    name: str
    cells: tuple[HeatCellOut, ...]


class HeatMapOut(Model):
    """How customers felt about each topic, by time."""

    interval: Interval
    since: datetime
    until: datetime
    starts: tuple[date, ...] = Field(description="The intervals that have questions.")
    topics: tuple[HeatRowOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [HEAT]})

    @classmethod
    def told(
        cls, interval: Interval, period: Period, cells: Sequence[HeatCell], names: Mapping[str, str]
    ) -> HeatMapOut:
        """Convert from the domain; topics with the most questions come first, those of no topic last."""
        rows: dict[str, list[HeatCell]] = {}
        for cell in cells:
            rows.setdefault(cell.topic_id, []).append(cell)
        order = sorted(rows, key=lambda topic: (not topic, -sum(cell.questions for cell in rows[topic]), topic))
        topics = (
            HeatRowOut(topic_id=topic or None, name=names.get(topic, ""), cells=tuple(map(HeatCellOut.of, rows[topic])))
            for topic in order
        )
        return cls(
            interval=interval, since=period.since, until=period.until, starts=starts(cells), topics=tuple(topics)
        )


class InsightQuestionOut(Model):
    """A question behind a topic, a gap or a cell."""

    answer_id: str
    conversation_id: str
    text: str = Field(description="As it stands alone, without personal data.")
    language: str
    asked_at: datetime
    level: int
    topic_id: str | None
    gap_id: str | None
    csat: float | None
    failures: tuple[Failure, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [QUESTION]})

    @classmethod
    def told(cls, kept: KeptQuestion) -> InsightQuestionOut:
        """Convert from what is kept."""
        asked = kept.asked
        text = scrub(asked.text, asked.language).text
        groups = {"topic_id": kept.topic_id or None, "gap_id": kept.gap_id or None}
        return cls.model_validate({**_fields(cls, asked, kept), **groups, "text": text})


class InsightQuestionsOut(Model):
    """One page of questions, the newest first."""

    items: tuple[InsightQuestionOut, ...]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [QUESTION], "next_cursor": None}]})


def asked_page(found: Sequence[KeptQuestion], limit: int) -> InsightQuestionsOut:
    """Return a page of at most `limit` questions; that there is one more tells of a next page."""
    items = tuple(map(InsightQuestionOut.told, found[:limit]))
    return InsightQuestionsOut(items=items, next_cursor=items[-1].answer_id if len(found) > limit else None)


class ExpectedOut(Model):
    """What a day will bring, with the interval that holds it in 9 of 10 cases."""

    day: date
    questions: float
    low: float
    high: float


class ForecastOut(Model):
    """How many questions the coming days will bring."""

    items: tuple[ExpectedOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXPECTED]}]})

    @classmethod
    def told(cls, found: Sequence[Expected]) -> ForecastOut:
        """Convert from the domain."""
        return cls(items=tuple(map(ExpectedOut.of, found)))


def _fields(model: type[Model], *values: object) -> dict[str, object]:
    """Return the fields of a model from the attributes of some values; what the first one has counts."""
    found: dict[str, object] = {}
    for name in model.model_fields:
        holder = next((each for each in values if hasattr(each, name)), None)
        if holder is not None:
            found[name] = getattr(holder, name)
    return found

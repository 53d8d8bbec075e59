"""Add up what the checks found: by agent, team and topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Final, TypeVar

from engine.domain.check import Verdict
from engine.domain.conversation import Role
from engine.domain.insights import Period
from engine.domain.quality import Outcome, QualityFigures, QualityGroup, QualityReport, ReplyFilter, ShownReply

__all__ = ["chosen", "figures", "report"]

T = TypeVar("T")
GROUPS: Final = 200  # of each sort, those with the most replies


def report(
    period: Period, replies: Sequence[ShownReply], outcomes: Mapping[str, Outcome], topics: Mapping[str, str]
) -> QualityReport:
    """Return the figures of a period; `topics` are names by ids."""
    people = [each for each in replies if each.checked.reply.role is Role.AGENT]
    bot = [each for each in replies if each.checked.reply.role is Role.ASSISTANT]
    return QualityReport(
        period,
        figures(replies, outcomes),
        figures(bot, outcomes),
        figures(people, outcomes),
        agents=_grouped(people, lambda each: each.checked.reply.agent, outcomes),
        teams=_grouped(people, lambda each: each.checked.reply.team, outcomes),
        topics=_grouped(replies, lambda each: each.topic_id, outcomes, topics),
    )


def figures(replies: Sequence[ShownReply], outcomes: Mapping[str, Outcome]) -> QualityFigures:
    """Return the figures over some replies; how a conversation ended counts once for all replies in it."""
    verdicts = Counter(each.checked.verdict for each in replies)
    talks = {each.checked.reply.conversation_id for each in replies}
    ends = [outcomes[talk] for talk in sorted(talks) if talk in outcomes]
    rated = [each.csat for each in ends if each.csat is not None]
    solved = [each.solved for each in ends if each.solved is not None]
    return QualityFigures(
        replies=len(replies),
        conversations=len(talks),
        warned=verdicts[Verdict.WARN],
        blocked=verdicts[Verdict.BLOCK],
        findings=_counted(found.rule.value for each in replies for found in each.checked.findings),
        promises=_counted(promise.state for each in replies for promise in each.checked.promises),
        csat=fmean(rated) if rated else None,
        solved=fmean(solved) if solved else None,
        told=len(solved),
    )


def chosen(replies: Iterable[ShownReply], wanted: ReplyFilter) -> list[ShownReply]:
    """Return the replies that are meant."""
    return [each for each in replies if _meant(each, wanted)]


def _meant(shown: ShownReply, wanted: ReplyFilter) -> bool:
    checked = shown.checked
    return (
        wanted.agent in {None, checked.reply.agent}
        and wanted.team in {None, checked.reply.team}
        and wanted.topic_id in {None, shown.topic_id}
        and wanted.verdict in {None, checked.verdict}
        and (wanted.rule is None or any(found.rule is wanted.rule for found in checked.findings))
        and (wanted.promise is None or any(each.state is wanted.promise for each in checked.promises))
    )


def _grouped(
    replies: Sequence[ShownReply],
    key: Callable[[ShownReply], str],
    outcomes: Mapping[str, Outcome],
    names: Mapping[str, str] | None = None,
) -> tuple[QualityGroup, ...]:
    """Return the figures by a key, the groups with the most replies first, those of none last."""
    groups = defaultdict[str, list[ShownReply]](list)
    for each in replies:
        groups[key(each)].append(each)
    order = sorted(groups, key=lambda name: (not name, -len(groups[name]), name))[:GROUPS]
    return tuple(QualityGroup(name, (names or {}).get(name, name), figures(groups[name], outcomes)) for name in order)


def _counted(values: Iterable[T]) -> dict[T, int]:
    counts = Counter(values)
    return {value: counts[value] for value in sorted(counts, key=str)}

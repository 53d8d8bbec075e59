"""Tell what a customer needs and is interested in, from what is kept of them at this moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from statistics import fmean
from typing import Final

from engine.domain.access import ACCESS_PREFIX
from engine.domain.event import Event
from engine.domain.exchange import Exchange
from engine.domain.knowledge import Document
from engine.domain.privacy import CustomerData
from engine.domain.profile import CustomerProfile, Interest, InterestKind, Need
from engine.errors import NotFound
from engine.insights.quality.keeping import orders_in
from engine.languages.quantities import QuantityKind, quantities
from engine.ports import KnowledgeRepository
from engine.ports.insights import KeptQuestion

__all__ = ["profile"]

HALF_LIFE: Final = timedelta(days=30)
MOST: Final = 20  # needs, and interests
Sign = tuple[InterestKind, str, datetime]


def profile(
    kept: CustomerData,
    asked: Sequence[Exchange],
    read: Mapping[str, KeptQuestion],
    *,
    knowledge: KnowledgeRepository,
    names: Mapping[str, str],
    now: datetime,
) -> CustomerProfile:
    """Return the profile of a customer who `asked` something, the oldest first.

    `read` is what a run read of the questions, by their ids, and `names` are those of topics.
    """
    moods = [each.level for each in read.values()]
    rated = [each.csat for each in read.values() if each.csat is not None]
    times = [*(each.last_at for each in kept.conversations), *(each.at for each in kept.events)]
    return CustomerProfile(
        kept.customer,
        conversations=len(kept.conversations),
        questions=len(asked),
        last_at=max(times, default=None),
        languages=Counter(each.language for each in reversed(asked)),
        level=fmean(moods) if moods else None,
        csat=fmean(rated) if rated else None,
        needs=tuple(_needs(asked, read, names)),
        interests=tuple(_interests((*_signs(asked, knowledge), *_seen(kept.events)), now)),
        events=dict(sorted(Counter(each.kind for each in kept.events).items())),
    )


def _needs(asked: Sequence[Exchange], read: Mapping[str, KeptQuestion], names: Mapping[str, str]) -> Iterator[Need]:
    """Yield the topics asked about, those of the latest questions first."""
    about = defaultdict[str, list[KeptQuestion]](list)
    for each in asked:
        if (found := read.get(each.answer_id)) and found.topic_id:
            about[found.topic_id].append(found)
    order = sorted(about, key=lambda topic: (about[topic][-1].asked.asked_at, topic), reverse=True)
    for topic in order[:MOST]:
        last = about[topic][-1]
        yield Need(topic, names.get(topic, ""), len(about[topic]), last.asked.asked_at, unmet=bool(last.failures))


def _signs(asked: Sequence[Exchange], knowledge: KnowledgeRepository) -> Iterator[Sign]:
    """Yield what questions name, and the pages that answered them."""
    document = lru_cache(maxsize=None)(lambda name: _document(knowledge, name))
    for each in asked:
        for code in {one.value for one in quantities(each.standalone) if one.kind is QuantityKind.CODE}:
            if not orders_in([code]):
                yield InterestKind.PRODUCT, code, each.created_at
        for found in filter(None, map(document, {place.document_id for place in each.citations})):
            yield InterestKind.DOCUMENT, found.title, each.created_at
            for tag in found.tags:
                if not tag.startswith(ACCESS_PREFIX):
                    yield InterestKind.TAG, tag, each.created_at


def _seen(events: Sequence[Event]) -> Iterator[Sign]:
    for event in events:
        if event.subject and not orders_in([event.subject]):
            yield InterestKind.EVENT, event.subject, event.at


def _interests(signs: Sequence[Sign], now: datetime) -> Iterator[Interest]:
    """Yield interests, the heaviest first."""
    found = defaultdict[tuple[InterestKind, str], list[datetime]](list)
    for kind, name, at in signs:
        found[kind, name].append(at)
    weights = {key: sum(_weight(now - at) for at in times) for key, times in found.items()}
    for key in sorted(weights, key=lambda each: (-weights[each], each))[:MOST]:
        yield Interest(*key, round(weights[key], 3), len(found[key]), max(found[key]))


def _weight(age: timedelta) -> float:
    return float(0.5 ** (max(age, timedelta()) / HALF_LIFE))


def _document(knowledge: KnowledgeRepository, id: str) -> Document | None:
    with suppress(NotFound):
        return knowledge.document(id)
    return None

"""Repositories over an SQL database that only some calls need: each is loaded when a method of it is called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Engine

from engine.deferred import deferred
from engine.ports.desk import DeskRepositories

if TYPE_CHECKING:
    from engine.ports import (
        CustomerRepository,
        InsightRepository,
        IntentRepository,
        ProposalRepository,
        SuggestionRepository,
        WebhookRepository,
    )
    from engine.ports.events import EventRepository
    from engine.ports.graph import GraphRepository
    from engine.ports.quality import QualityRepository

__all__ = ["customers", "desk", "insights", "intents", "proposals", "suggestions", "webhooks"]

T = TypeVar("T")


def _late(make: Callable[[Engine], T]) -> Callable[[Engine], T]:
    @wraps(make)
    def later(database: Engine) -> T:
        return deferred(partial(make, database))

    return later


@_late
def intents(database: Engine) -> IntentRepository:
    """Return the intents."""
    from engine.persistence.intents import SqlIntentRepository

    return SqlIntentRepository(database)


@_late
def suggestions(database: Engine) -> SuggestionRepository:
    """Return the suggestions."""
    from engine.persistence.suggestions import SqlSuggestionRepository

    return SqlSuggestionRepository(database)


@_late
def webhooks(database: Engine) -> WebhookRepository:
    """Return the webhooks."""
    from engine.persistence.webhooks import SqlWebhookRepository

    return SqlWebhookRepository(database)


@_late
def proposals(database: Engine) -> ProposalRepository:
    """Return the proposals."""
    from engine.persistence.proposals import SqlProposalRepository

    return SqlProposalRepository(database)


@_late
def insights(database: Engine) -> InsightRepository:
    """Return what was read of questions."""
    from engine.persistence.insights import SqlInsightRepository

    return SqlInsightRepository(database)


@_late
def customers(database: Engine) -> CustomerRepository:
    """Return what is kept of customers."""
    from engine.persistence.customers import SqlCustomerRepository

    return SqlCustomerRepository(database)


def desk(database: Engine) -> DeskRepositories:
    """Return what is read out of a desk's work."""
    return DeskRepositories(_quality(database), _events(database), _graph(database))


@_late
def _quality(database: Engine) -> QualityRepository:
    from engine.persistence.quality import SqlQualityRepository

    return SqlQualityRepository(database)


@_late
def _events(database: Engine) -> EventRepository:
    from engine.persistence.events import SqlEventRepository

    return SqlEventRepository(database)


@_late
def _graph(database: Engine) -> GraphRepository:
    from engine.persistence.graph import SqlGraphRepository

    return SqlGraphRepository(database)

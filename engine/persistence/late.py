"""Repositories over an SQL database that only some calls need: each is loaded when a method of it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def intents(database: Engine) -> IntentRepository:
    """Return the intents."""

    def made() -> IntentRepository:
        from engine.persistence.intents import SqlIntentRepository

        return SqlIntentRepository(database)

    return deferred(made)


def suggestions(database: Engine) -> SuggestionRepository:
    """Return the suggestions."""

    def made() -> SuggestionRepository:
        from engine.persistence.suggestions import SqlSuggestionRepository

        return SqlSuggestionRepository(database)

    return deferred(made)


def webhooks(database: Engine) -> WebhookRepository:
    """Return the webhooks."""

    def made() -> WebhookRepository:
        from engine.persistence.webhooks import SqlWebhookRepository

        return SqlWebhookRepository(database)

    return deferred(made)


def proposals(database: Engine) -> ProposalRepository:
    """Return the proposals."""

    def made() -> ProposalRepository:
        from engine.persistence.proposals import SqlProposalRepository

        return SqlProposalRepository(database)

    return deferred(made)


def insights(database: Engine) -> InsightRepository:
    """Return what was read of questions."""

    def made() -> InsightRepository:
        from engine.persistence.insights import SqlInsightRepository

        return SqlInsightRepository(database)

    return deferred(made)


def customers(database: Engine) -> CustomerRepository:
    """Return what is kept of customers."""

    def made() -> CustomerRepository:
        from engine.persistence.customers import SqlCustomerRepository

        return SqlCustomerRepository(database)

    return deferred(made)


def desk(database: Engine) -> DeskRepositories:
    """Return what is read out of a desk's work."""
    return DeskRepositories(_quality(database), _events(database), _graph(database))


def _quality(database: Engine) -> QualityRepository:
    def made() -> QualityRepository:
        from engine.persistence.quality import SqlQualityRepository

        return SqlQualityRepository(database)

    return deferred(made)


def _events(database: Engine) -> EventRepository:
    def made() -> EventRepository:
        from engine.persistence.events import SqlEventRepository

        return SqlEventRepository(database)

    return deferred(made)


def _graph(database: Engine) -> GraphRepository:
    def made() -> GraphRepository:
        from engine.persistence.graph import SqlGraphRepository

        return SqlGraphRepository(database)

    return deferred(made)

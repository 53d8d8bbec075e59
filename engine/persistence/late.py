"""Repositories over an SQL database that only some calls need: each is loaded when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Engine

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

__all__ = ["SqlDeskRepositories", "customers", "insights", "intents", "proposals", "suggestions", "webhooks"]


class SqlDeskRepositories:
    """Makes each repository once."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    @cached_property
    def quality(self) -> QualityRepository:
        """Replies that were checked, and promises."""
        from engine.persistence.quality import SqlQualityRepository

        return SqlQualityRepository(self._database)

    @cached_property
    def events(self) -> EventRepository:
        """What customers and their orders did, and the messages that were drafted of it."""
        from engine.persistence.events import SqlEventRepository

        return SqlEventRepository(self._database)

    @cached_property
    def graph(self) -> GraphRepository:
        """What documents tell of products, error codes, parts and policies."""
        from engine.persistence.graph import SqlGraphRepository

        return SqlGraphRepository(self._database)


def intents(database: Engine) -> IntentRepository:
    """Return the intents."""
    from engine.persistence.intents import SqlIntentRepository

    return SqlIntentRepository(database)


def suggestions(database: Engine) -> SuggestionRepository:
    """Return the suggestions."""
    from engine.persistence.suggestions import SqlSuggestionRepository

    return SqlSuggestionRepository(database)


def webhooks(database: Engine) -> WebhookRepository:
    """Return the webhooks."""
    from engine.persistence.webhooks import SqlWebhookRepository

    return SqlWebhookRepository(database)


def proposals(database: Engine) -> ProposalRepository:
    """Return the proposals."""
    from engine.persistence.proposals import SqlProposalRepository

    return SqlProposalRepository(database)


def insights(database: Engine) -> InsightRepository:
    """Return what was read of questions."""
    from engine.persistence.insights import SqlInsightRepository

    return SqlInsightRepository(database)


def customers(database: Engine) -> CustomerRepository:
    """Return what is kept of customers."""
    from engine.persistence.customers import SqlCustomerRepository

    return SqlCustomerRepository(database)

"""What customers need, and what to tell them unasked: the verbs over one engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.domain.exchange import Exchange
from engine.domain.proactive import HeldBack, Offer, Offers
from engine.domain.profile import CustomerProfile
from engine.insights.proactive.drafting import MessageDrafter
from engine.insights.proactive.profile import profile
from engine.insights.proactive.rules import load_rules
from engine.insights.questions import QuestionInsights
from engine.service import Engine

__all__ = ["ProactiveHelp"]

DEFAULT_LANGUAGE: Final = "en"


class ProactiveHelp:
    """Knows customers and drafts messages to them; safe to use from several threads."""

    def __init__(self, engine: Engine, questions: QuestionInsights, rules: Path | None) -> None:
        self._engine = engine
        self._questions = questions
        self._rules = rules

    def profile(self, knowledge_base: str, customer: str, *, now: datetime | None = None) -> CustomerProfile:
        """Return what a customer needs and is interested in; NotFound if nothing is kept of them.

        It is told from what is kept at this moment, so that it goes with it.
        """
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        kept = self._engine.privacy.export(customer)
        asked = self._asked(customer, knowledge_base)
        read = self._questions.repository.kept([each.answer_id for each in asked])
        return profile(
            kept,
            asked,
            {each.asked.answer_id: each for each in read},
            knowledge=self._engine.parts.knowledge,
            names=self._questions.names(knowledge_base),
            now=now or datetime.now(UTC),
        )

    def draft(
        self,
        knowledge_base: str,
        customers: Sequence[str] = (),
        *,
        language: str = "",
        keep: bool = True,
        limit: int = 50,
        now: datetime | None = None,
    ) -> Offers:
        """Draft messages to customers, to all with events of late if none are named; at most `limit` of them.

        They are in a `language`, else in that of the customer's latest question. Misconfigured for wrong rules.
        """
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        at, rules, events = now or datetime.now(UTC), load_rules(self._rules), self._engine.desk.events
        drafter = MessageDrafter(self._engine, events, rules)
        told = (
            each
            for customer in customers or events.customers(at - rules.reach)
            for each in drafter.drafted(
                knowledge_base, customer, language or self._language(customer, knowledge_base), at, keep=keep
            )
        )
        offers, held = list[Offer](), list[HeldBack]()
        for each in told:
            if isinstance(each, HeldBack):
                held.append(each)
            else:
                offers.append(each)
                if len(offers) == limit:
                    break
        return Offers(tuple(offers), tuple(held))

    def _language(self, customer: str, knowledge_base: str) -> str:
        asked = self._asked(customer, knowledge_base)
        return asked[-1].language if asked else DEFAULT_LANGUAGE

    def _asked(self, customer: str, knowledge_base: str) -> list[Exchange]:
        """Return what a customer asked of a knowledge base, the oldest first."""
        customers = self._engine.parts.customers
        talks = customers.conversations(customer) if customers else ()
        asked = (each for talk in talks for each in talk.exchanges if each.knowledge_base == knowledge_base)
        return sorted(asked, key=lambda each: (each.created_at, each.answer_id))

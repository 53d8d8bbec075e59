"""The tools: what each takes and gives, and which verb it calls. To add a tool is to add one to `TOOLS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from api.schemas.answers import AnswerOut, QuestionIn
from api.schemas.base import Model
from api.schemas.checks import CheckIn, ReplyCheckOut
from api.schemas.drafts import DraftIn, DraftOut
from api.schemas.filters import FilterIn
from api.schemas.search import SearchIn, SearchOut
from api.schemas.sentiment import SentimentIn, TrajectoryOut
from api.schemas.suggestions import SuggestionsIn, SuggestionsOut
from api.schemas.summaries import SummaryIn, SummaryOut
from api.schemas.triage import TriageIn, TriageOut
from engine.assist.service import Assist
from engine.errors import InvalidInput
from engine.service import Engine

__all__ = ["TOOLS", "Reach", "Tool"]

Taken = TypeVar("Taken", bound=Model)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a tool can call: the engine of the caller's tenant, and what helps agents over it.

    `check` raises Forbidden if the caller may not call the route of that name.
    """

    engine: Engine
    assist: Assist
    check: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Tool(Generic[Taken]):
    """One verb. `route` is the name of the route that does the same, so that one rule holds for both."""

    name: str
    route: str
    title: str
    description: str
    takes: type[Taken]
    gives: type[Model]
    call: Callable[[Reach, Taken], Model]

    def __call__(self, reach: Reach, arguments: dict[str, Any]) -> Model:
        """Check the arguments and call the verb; InvalidInput names the fields that are wrong, never their values."""
        try:
            taken = self.takes.model_validate(arguments)
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(map(str, each['loc'])) or 'arguments'}: {each['msg']}" for each in error.errors()
            )
            raise InvalidInput(f"Some arguments are wrong: {wrong}.", remedy="See the tool's input schema.") from None
        return self.call(reach, taken)


def _search(reach: Reach, taken: SearchIn) -> Model:
    found = reach.engine.search(
        taken.knowledge_base,
        taken.query,
        filter=(taken.filter or FilterIn()).to_domain(),
        limit=taken.limit,
        language=taken.language or "",
    )
    return SearchOut.of(found)


def _answer(reach: Reach, taken: QuestionIn) -> Model:
    return AnswerOut.of(reach.engine.answer(taken.knowledge_base, taken.to_domain()))


def _check(reach: Reach, taken: CheckIn) -> Model:
    return ReplyCheckOut.of(reach.engine.checks.check(taken.knowledge_base, taken.to_domain()))


def _sentiment(reach: Reach, taken: SentimentIn) -> Model:
    return TrajectoryOut.of(reach.assist.sentiment(taken.to_domain(), taken.language or ""))


def _triage(reach: Reach, taken: TriageIn) -> Model:
    return TriageOut.of(reach.assist.triage(taken.knowledge_base, taken.to_domain()))


def _suggest(reach: Reach, taken: SuggestionsIn) -> Model:
    return SuggestionsOut.of(reach.assist.suggesting.suggest(taken.knowledge_base, taken.to_domain()))


def _draft(reach: Reach, taken: DraftIn) -> Model:
    return DraftOut.of(reach.assist.drafts.draft(taken.knowledge_base, taken.to_domain()))


def _summarise(reach: Reach, taken: SummaryIn) -> Model:
    return SummaryOut.of(reach.assist.summaries.summary(taken.to_domain()))


TOOLS: Final[tuple[Tool[Any], ...]] = (
    Tool(
        "search",
        "search",
        "Search the knowledge",
        "Find the passages of a knowledge base for a query in any language, best first. Use it to read around a topic; "
        "to answer a customer use `answer`, which checks its evidence.",
        SearchIn,
        SearchOut,
        _search,
    ),
    Tool(
        "answer",
        "answer",
        "Answer a customer",
        "Answer a question from a knowledge base with citations, in the customer's language. `answer` is null where "
        "the knowledge does not support one: then `abstained`, `clarify` or `handoff` says what to tell the customer. "
        "Do not make up an answer in its place.",
        QuestionIn,
        AnswerOut,
        _answer,
    ),
    Tool(
        "check",
        "check",
        "Check a reply before sending",
        "Check a reply to a customer: sensitive words, personal data, and promises that the policies do not keep, each "
        "with a remedy.",
        CheckIn,
        ReplyCheckOut,
        _check,
    ),
    Tool(
        "suggest",
        "suggest",
        "Suggest replies to an agent",
        "Suggest what an agent could send next in a conversation, each with its evidence and with the facts at hand "
        "filled in: canned replies, knowledge, similar cases, next steps, a question back.",
        SuggestionsIn,
        SuggestionsOut,
        _suggest,
    ),
    Tool(
        "draft",
        "draft_reply",
        "Draft a reply for an agent",
        "Draft a reply to a conversation for an agent to send, with citations, what is still missing, and what a check "
        "of it found; or rewrite the agent's own draft.",
        DraftIn,
        DraftOut,
        _draft,
    ),
    Tool(
        "summarise",
        "summarize",
        "Summarise a conversation",
        "Summarise a conversation for a hand-over, the ticket or the archive; every statement quotes its turns.",
        SummaryIn,
        SummaryOut,
        _summarise,
    ),
    Tool(
        "sentiment",
        "read_sentiment",
        "Read the customer's mood",
        "Read how a customer feels in each turn of a conversation, where that is going, whether a person is needed.",
        SentimentIn,
        TrajectoryOut,
        _sentiment,
    ),
    Tool(
        "triage",
        "triage",
        "Sort a message",
        "Tell the intents, category, queue, priority and entities of a customer's message, and what to ask for.",
        TriageIn,
        TriageOut,
        _triage,
    ),
)

"""What a message calls for beside an answer: a question back, a person, or silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.answering.clarifying import chosen_case, clarification
from engine.answering.extract import Extraction
from engine.answering.handover.handing_over import handoff, reason_so_far
from engine.answering.handover.reasons import ENOUGH_FAILURES, failures, handed_over, said_reason
from engine.answering.request import says_something
from engine.domain.answer import AbstentionReason, Answer
from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import Clarification, Handoff, HandoffReason
from engine.domain.search import Passage
from engine.languages.folding import fold
from engine.languages.registry import profiles
from engine.languages.service_phrases import is_small_talk
from engine.retrieval.options import chosen_option, with_options

__all__ = ["Acting", "said_turns", "told", "told_action"]


@dataclass(frozen=True, slots=True)
class Acting:
    """The customer's latest message after its history; `answer_anyway`: although a person is in charge."""

    text: str
    standalone: str
    language: str
    history: Sequence[Turn]
    passages: Sequence[Passage]
    answer_anyway: bool = False

    def instead(self) -> Handoff | None:
        """Return the hand-over that takes the place of an answer: a person is in charge, or is to be."""
        if handed_over(self.history):
            return None if self.answer_anyway else self._handoff(reason_so_far(self.text, self.history))
        reason = said_reason(self.text, self.history)
        return self._handoff(reason) if reason and reason is not HandoffReason.POLICY else None

    def beside(self, abstained: AbstentionReason | None) -> Handoff | None:
        """Return the hand-over that goes with an answer, or with an abstention; None if no person is needed."""
        if handed_over(self.history):
            return None
        if said_reason(self.text, self.history) is HandoffReason.POLICY:
            return self._handoff(HandoffReason.POLICY)
        if abstained in {None, AbstentionReason.UNSAFE} or self._merely_talks():
            return None
        failed = failures(self.text, self.history) + 1
        return self._handoff(
            HandoffReason.REPEATED_FAILURE if failed >= ENOUGH_FAILURES else HandoffReason.NO_KNOWLEDGE
        )

    def clarify(self, extraction: Extraction) -> Clarification | None:
        """Return what to ask back; never twice in a row."""
        if self._replied() or self._merely_talks():
            return None
        return clarification(self.standalone, self.language, self.passages, extraction)

    @property
    def decided(self) -> bool:
        """Whether the customer has chosen one of the options that they were asked about."""
        return bool(self._option())

    def wanted(self) -> tuple[str, Sequence[Passage]]:
        """Return the question to answer, and the passages to answer it from.

        Once the customer has chosen a product, its own passages answer what they had asked before.
        """
        option = fold(self._option())
        if not option or self.chosen():
            return self.standalone, self.passages
        about = [each for each in self.passages if option in fold(each.title)]
        asked = [turn.text for turn in self.history if turn.role is Role.CUSTOMER]
        return (asked[-1], about) if about and asked else (self.standalone, self.passages)

    def chosen(self) -> Extraction | None:
        """Return the evidence for the option that the customer chose; None if they chose none."""
        return chosen_case(self._option(), self.passages) if self._replied() else None

    def _option(self) -> str:
        return chosen_option(self.text, self.history[-1].text, self.language) if self._replied() else ""

    def _merely_talks(self) -> bool:
        return not says_something(self.text) or is_small_talk(self.text)

    def _replied(self) -> bool:
        return bool(self.history) and self.history[-1].action is TurnAction.CLARIFY

    def _handoff(self, reason: HandoffReason) -> Handoff:
        return handoff(reason, self.text, self.history, language=self.language, passages=self.passages)


def said_turns(answer: Answer, history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns to remember of a message and its answer: what the customer was told, if anything.

    While a person is in charge the customer's turns say so too, so that it is known however long the conversation.
    """
    in_charge = handed_over(history)
    asked = Turn(Role.CUSTOMER, answer.question.text, TurnAction.HANDOFF if in_charge else None)
    text, action = told(answer)
    return (asked, Turn(Role.ASSISTANT, text, action)) if text else (asked,)


def told(answer: Answer) -> tuple[str, TurnAction | None]:
    """Return all that the customer is told, with options on lines of their own, and what it is other than an answer."""
    over = answer.handoff is not None and answer.handoff.confirmed
    message = answer.handoff.message if answer.handoff else ""
    if answer.text:
        return "\n".join(filter(None, (answer.text.text, message))), TurnAction.HANDOFF if over else None
    if answer.clarify:
        return with_options(answer.clarify.question, answer.clarify.options), TurnAction.CLARIFY
    if over:
        return message, TurnAction.HANDOFF
    return (answer.abstained.message, TurnAction.ABSTAIN) if answer.abstained else ("", None)


def told_action(text: str) -> TurnAction | None:
    """Tell by its words what a message of ours was that comes back from a channel without its action."""
    first, *rest = text.strip().split("\n")
    if rest and first in _phrases("clarify"):
        return TurnAction.CLARIFY
    if (rest[-1] if rest else first) in _phrases("handoff"):
        return TurnAction.HANDOFF
    return None


@lru_cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(getattr(profile.phrases, name) for profile in profiles().values())

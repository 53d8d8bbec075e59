"""The agent's right hand: its verbs, beside those of the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from engine.answering.request import validated
from engine.assist.canned.library import CannedReplies
from engine.assist.drafts.drafting import Drafter
from engine.assist.forms.checking import FormChecker
from engine.assist.sentiment.trajectory import trajectory
from engine.assist.suggesting.suggesting import Suggesting, SuggestingParts
from engine.assist.summaries.summarizing import Summarizer
from engine.assist.triage.intents import IntentFinder
from engine.assist.triage.sorting import names_products, sorted_out
from engine.assist.triage.taxonomy import checked_intent
from engine.domain.assist import Mood, Trajectory, TurnMood
from engine.domain.conversation import Role, Turn
from engine.domain.insights import ReadingReport
from engine.domain.search import Passage
from engine.domain.triage import Intent, Taxonomy, Triage, TriageRequest
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.errors import InvalidInput, NotFound
from engine.insights.clustering_text import PointEncoder
from engine.insights.graph.service import KnowledgeGraph
from engine.insights.proactive.service import ProactiveHelp
from engine.insights.quality.service import ServiceQuality
from engine.insights.questions import MANY, QuestionInsights
from engine.languages.registry import UNKNOWN
from engine.ports import MoodReader
from engine.service import Engine

__all__ = ["Assist", "AssistParts"]

PASSAGES = 5  # that are looked at for the names of products


@dataclass(frozen=True, slots=True)
class AssistParts:
    """What reads moods, tells intents apart and compares short texts, and what gives what turns questions into points.

    `proactive_rules` is the file with the rules of proactive messages; None for the shipped ones.
    """

    moods: MoodReader
    intents: IntentFinder
    bundled: StaticEmbedder
    reading: Callable[[], AbstractContextManager[PointEncoder]]
    proactive_rules: Path | None = None


class Assist:
    """Reads moods and sorts messages, over an engine's knowledge bases."""

    def __init__(self, engine: Engine, parts: AssistParts) -> None:
        self.engine = engine
        self.parts = parts
        self._intents = engine.parts.intents
        self.forms = FormChecker(engine.parts.detector, engine)
        self.summaries = Summarizer(engine.parts.detector, self.sentiment, engine.parts.generator)
        self.questions = QuestionInsights(engine, parts.moods, parts.reading, parts.bundled)
        self.quality = ServiceQuality(engine, self.questions)
        self.proactive = ProactiveHelp(engine, self.questions, parts.proactive_rules)
        self.graph = KnowledgeGraph(engine)
        self.canned = CannedReplies(engine.parts.canned, parts.bundled)
        self.drafts = Drafter(engine, self.canned, self.sentiment)
        self.suggesting = Suggesting(
            engine,
            SuggestingParts(
                self.canned, engine.parts.suggestions, LateInteraction(parts.bundled), parts.bundled, self.sentiment
            ),
        )

    # sentiment

    def mood(self, text: str, language: str = "") -> Mood:
        """Return how one message feels."""
        said = validated(text, limit=self.engine.options.max_question_chars, what="message")
        return self.parts.moods.read(said, language or self.engine.parts.detector.detect(said))

    def sentiment(self, turns: Sequence[Turn], language: str = "") -> Trajectory:
        """Return how each of the customer's turns feels, and where the conversation's mood is going."""
        read: list[TurnMood] = []
        spoken = language or UNKNOWN
        for place, turn in enumerate(turns):
            if turn.role is Role.CUSTOMER:
                detected = language or self.engine.parts.detector.detect(turn.text)
                spoken = detected if detected != UNKNOWN else spoken
                read.append(TurnMood(place, turn.role, spoken, self.parts.moods.read(turn.text, spoken)))
        return trajectory(read, [turns[each.place].text for each in read])

    # insights

    def read_on(
        self, knowledge_base: str, *, now: datetime | None = None, rebuild: bool = False, limit: int = MANY
    ) -> ReadingReport:
        """Read new questions, replies and documents, at most `limit` of each; a second run has nothing to do."""
        report = self.questions.update(knowledge_base, now=now, rebuild=rebuild, limit=limit)
        self.graph.update(knowledge_base, limit=limit)
        return replace(report, replies=self.quality.update(knowledge_base, now=now, limit=limit))

    # triage

    def triage(self, knowledge_base: str, request: TriageRequest) -> Triage:
        """Return where a message belongs: intents, queue, priority, what it names and what is missing."""
        text = validated(request.text, limit=self.engine.options.max_question_chars, what="message")
        meant = TriageRequest(text, request.earlier, request.language, request.tier)
        language = request.language or self._language(meant)
        finding = self.parts.intents.find(knowledge_base, text)
        passages = self._passages(knowledge_base, meant, language)
        return sorted_out(meant, language, finding, self.parts.moods.read(text, language), passages)

    def _language(self, request: TriageRequest) -> str:
        said = (request.text, *reversed(request.earlier))
        found = map(self.engine.parts.detector.detect, said)
        return next((language for language in found if language != UNKNOWN), UNKNOWN)

    def _passages(self, knowledge_base: str, request: TriageRequest, language: str) -> tuple[Passage, ...]:
        """Search for what the message is about, if it names codes that may be products."""
        if not names_products((*request.earlier, request.text), language):
            return ()
        return self.engine.search(knowledge_base, request.text, limit=PASSAGES, highlight=False).passages

    # administration of intents

    def taxonomy(self, knowledge_base: str) -> Taxonomy:
        """Return the intents of a knowledge base."""
        return self._intents.taxonomy(knowledge_base)

    def intent(self, knowledge_base: str, intent_id: str) -> Intent:
        """Return one intent, or raise NotFound."""
        found = {intent.id: intent for intent in self.taxonomy(knowledge_base).intents}
        if intent_id not in found:
            raise NotFound(f"There is no intent {intent_id!r}.", remedy="List the intents of the knowledge base.")
        return found[intent_id]

    def put_intents(self, knowledge_base: str, intents: Sequence[Intent], *, replace_all: bool = False) -> None:
        """Add intents or put them in the place of those with their ids; InvalidInput names what is wrong.

        The next triage knows them.
        """
        checked = list(map(checked_intent, intents))
        if twice := [name for name, count in Counter(intent.id for intent in checked).items() if count > 1]:
            raise InvalidInput(f"Intent {twice[0]!r} is given more than once.", remedy="Give each id once.")
        self._intents.put_intents(knowledge_base, checked, replace_all=replace_all)

    def delete_intent(self, knowledge_base: str, intent_id: str) -> None:
        """Remove an intent, or raise NotFound."""
        self._intents.delete_intent(knowledge_base, intent_id)

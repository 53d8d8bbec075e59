"""What a draft is asked for: the conversation as it was read, the facts, and who speaks to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.assist.drafts.composing import Block
from engine.assist.drafts.shell import Shell, emotion_of
from engine.assist.suggesting.situation import MoodOf, Situation, recent_mood, situation_of
from engine.assist.suggesting.steps import is_settled, missing_fact
from engine.domain.assist import Emotion, Trajectory
from engine.domain.conversation import Role
from engine.domain.draft import DraftPart, DraftRequest, Rewrite
from engine.domain.handoff import FactKind, Queue
from engine.domain.suggestion import SuggestionRequest
from engine.guard.promises.cues import asks
from engine.languages.fact_questions import fact_question
from engine.languages.folding import fold
from engine.languages.handover_cues import outrage
from engine.languages.queue_cues import queue_of
from engine.languages.registry import UNKNOWN
from engine.languages.service_phrases import is_small_talk
from engine.languages.summary_cues import names_trouble
from engine.service import Engine

__all__ = ["Occasion", "occasion_of"]

_DESK = frozenset({Role.AGENT, Role.ASSISTANT})
FALLBACK = "en"
_CLAUSE = re.compile("[,，、;；.。!！]")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A request, the conversation that it is about, the customer's moods, and what is said around the matter."""

    request: DraftRequest
    situation: Situation
    mood: Trajectory
    shell: Shell

    @property
    def agent(self) -> str:
        """The language of the agent."""
        return self.request.agent_language or self.shell.language

    @property
    def known(self) -> str:
        """All that was said or given."""
        return "\n".join((*(turn.text for turn in self.situation.request.turns), *self.situation.facts.values()))

    @property
    def order(self) -> str:
        """The number of the order that the conversation is about; empty if nobody has told."""
        return self.situation.facts.get(FactKind.ORDER_NUMBER.value, "")

    @property
    def merely_talk(self) -> bool:
        """Whether the customer asks nothing: a greeting, thanks, that it is solved."""
        latest = self.situation.latest
        if asks(fold(latest)) or queue_of((latest,)) is not Queue.GENERAL:
            return False
        return is_small_talk(latest) or (is_settled(latest) and self.mood.overall.level >= 3)

    def asking(self, *, holding: bool) -> Block | None:
        """Return the question for a fact that is missing, where there is trouble to be looked into."""
        missing = missing_fact(self.situation)
        if missing is None or not (holding or self._reports_trouble()):
            return None
        question = fact_question(missing, self.shell.language)
        return Block(DraftPart.NEXT, self.shell.asking(question), asks=missing.value)

    def _reports_trouble(self) -> bool:
        """Tell whether the customer says what is wrong, and does not merely ask how things are done."""
        clauses = _CLAUSE.split(self.situation.latest)
        return any(names_trouble(each) and not asks(fold(each)) for each in clauses)


def occasion_of(engine: Engine, knowledge_base: str, request: DraftRequest, mood_of: MoodOf) -> Occasion:
    """Read the conversation; InvalidInput if there is none and a reply is to be drafted."""
    asked = SuggestionRequest(
        turns=request.turns,
        times=request.times,
        facts=request.facts,
        agent_language=request.agent_language,
        without=request.without,
    )
    spoken = any(turn.role is Role.CUSTOMER and turn.text.strip() for turn in request.turns)
    if request.rewrite is not None and not spoken:
        situation = Situation(knowledge_base, asked, UNKNOWN, "", "", (), request.facts)
    else:
        limit = engine.options.max_question_chars
        situation = situation_of(knowledge_base, asked, engine.parts.detector, limit=limit)
    if situation.language == UNKNOWN:
        situation = replace(situation, language=request.language or FALLBACK)
    mood = recent_mood(request.turns, situation.language, mood_of)
    return Occasion(request, situation, mood, _shell(engine, request, situation, mood))


def _shell(engine: Engine, request: DraftRequest, situation: Situation, mood: Trajectory) -> Shell:
    language = request.language or situation.language
    if request.rewrite not in {None, Rewrite.TRANSLATED}:
        detected = engine.parts.detector.detect(request.draft)
        language = language if detected == UNKNOWN else detected
    facts, emotion = situation.facts, emotion_of(mood.overall)
    return Shell(
        language=language,
        tone=request.tone,
        channel=request.channel,
        emotion=emotion,
        mild=emotion is Emotion.ANGER and mood.overall.level > 1 and not outrage(situation.latest),
        name=facts.get("customer_name", "") or facts.get(FactKind.NAME.value, ""),
        agent=facts.get("agent_name", ""),
        begun=any(turn.role in _DESK for turn in request.turns),
    )

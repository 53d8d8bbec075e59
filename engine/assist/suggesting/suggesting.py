"""Put suggestions together: one search for all kinds, then ranking; and take feedback on them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from engine.assist.canned.library import CannedReplies
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.cases import case_candidates
from engine.assist.suggesting.distance import edit_distance
from engine.assist.suggesting.finding import found_passages
from engine.assist.suggesting.knowledge import knowledge_candidates
from engine.assist.suggesting.ranking import Signals, fitted_signals, learnt, likelihood
from engine.assist.suggesting.replies import canned_candidates
from engine.assist.suggesting.situation import MoodOf, Situation, recent_mood, situation_of
from engine.assist.suggesting.steps import step_candidates
from engine.assist.suggesting.warnings import expiring, warnings_of
from engine.assist.suggesting.wording import HABIT, said
from engine.domain.assist import Trajectory
from engine.domain.feedback import Verdict
from engine.domain.search import Passage
from engine.domain.suggestion import (
    DeskWarning,
    JudgedSuggestion,
    ShownSuggestion,
    Suggestion,
    SuggestionKind,
    SuggestionRequest,
    Suggestions,
    Tally,
)
from engine.errors import InvalidInput
from engine.languages.folding import fold
from engine.observability import Stopwatch
from engine.ports import Embedder, Reranker
from engine.ports.suggestions import SuggestionRepository
from engine.service import Engine

__all__ = ["Suggesting", "SuggestingParts"]

PASSAGES = 40
REMEMBERED = timedelta(days=7)  # for which a suggestion can be judged
TOLD = 5  # judgements from which agents are told the acceptance rate


@dataclass(frozen=True, slots=True)
class SuggestingParts:
    """What suggestions are made with; `reranker` and the bundled `encoder` compare candidates with the question."""

    library: CannedReplies
    repository: SuggestionRepository
    reranker: Reranker
    encoder: Embedder
    mood_of: MoodOf


class Suggesting:
    """Suggests what to send next, and learns from what became of it; safe to use from several threads."""

    def __init__(self, engine: Engine, parts: SuggestingParts) -> None:
        self.engine = engine
        self.parts = parts

    def suggest(self, knowledge_base: str, request: SuggestionRequest) -> Suggestions:
        """Return suggestions, best first, with warnings; NotFound for an unknown knowledge base."""
        watch = Stopwatch()
        engine = self.engine
        with watch.stage("read"):
            limit = engine.options.max_question_chars
            situation = situation_of(knowledge_base, request, engine.parts.detector, limit=limit)
            mood = recent_mood(request.turns, request.language, self.parts.mood_of)
        with watch.stage("search"):
            passages = found_passages(engine, situation, limit=PASSAGES)
        with watch.stage("candidates"):
            candidates = list(self._candidates(situation, passages, mood))
        with watch.stage("rank"):
            ranked = self._ranked(situation, candidates)
        set_id = str(uuid.uuid4())
        items = tuple(replace(each, id=f"{set_id}.{at}") for at, each in enumerate(ranked[: request.limit]))
        with watch.stage("remember"):
            self._remember(set_id, situation, items)
        warned = (*warnings_of(situation, mood), *self._expiring(situation, items, passages))
        return Suggestions(set_id, situation.language, situation.question, items, warned, watch.timings_ms)

    def judge(self, suggestion_id: str, verdict: Verdict, sent: str = "") -> JudgedSuggestion:
        """Keep what became of a suggestion, in place of an earlier verdict on it; the next ranking knows it.

        NotFound for one that was not shown in the last days; InvalidInput for a verdict of another sort, or if `sent`
        is missing for an edited one or given for another.
        """
        if verdict is Verdict.SOLVED or (verdict is Verdict.EDITED) != bool(sent.strip()):
            raise InvalidInput(
                "A suggestion is accepted, edited with the text that was sent, or rejected.",
                remedy="Send a sent_text with 'edited', and with nothing else.",
            )
        shown = self.parts.repository.shown(suggestion_id)
        text = sent if verdict is Verdict.EDITED else "" if verdict is Verdict.REJECTED else shown.text
        distance = 1.0 if verdict is Verdict.REJECTED else edit_distance(shown.text, text)
        before = self.parts.repository.verdict(suggestion_id)
        judged = self.parts.repository.judge(JudgedSuggestion(shown, verdict, text, distance, datetime.now(UTC)))
        if shown.kind is SuggestionKind.CANNED:
            used, accepted = (now - then for now, then in zip(_counts(judged), _counts(before), strict=True))
            self.parts.library.repository.count(shown.key, used=used, accepted=accepted)
        return judged

    def _candidates(self, situation: Situation, passages: Sequence[Passage], mood: Trajectory) -> Iterator[Candidate]:
        yield from canned_candidates(situation, self.parts.library)
        options, reranker = self.engine.options.extraction, self.engine.parts.reranker
        yield from knowledge_candidates(situation, passages, options, reranker)
        yield from case_candidates(situation, passages, self._text_of, self.parts.reranker)
        yield from step_candidates(situation, mood)

    def _text_of(self, document_id: str, version: int) -> str:
        return self.engine.parts.knowledge.stored_text(document_id, version).text

    def weighed(self, knowledge_base: str, request: SuggestionRequest) -> tuple[tuple[Candidate, Signals | None], ...]:
        """Return all candidates with their signals, unranked; None for one whose confidence is fixed."""
        limit = self.engine.options.max_question_chars
        situation = situation_of(knowledge_base, request, self.engine.parts.detector, limit=limit)
        mood = recent_mood(request.turns, request.language, self.parts.mood_of)
        passages = found_passages(self.engine, situation, limit=PASSAGES)
        found = list(self._candidates(situation, passages, mood))
        signals = self._signals(situation, found)
        return tuple((each, signals.get(id(each))) for each in found)

    def _signals(self, situation: Situation, candidates: Sequence[Candidate]) -> dict[int, Signals]:
        compared = [each for each in candidates if each.fixed is None]
        found = fitted_signals(situation, compared, self.parts.reranker, self.parts.encoder)
        return {id(each): signals for each, signals in zip(compared, found, strict=True)}

    def _ranked(self, situation: Situation, candidates: Sequence[Candidate]) -> list[Suggestion]:
        signals, group = self._signals(situation, candidates), situation.request.group
        keys = [each.key for each in candidates]
        tallies = self.parts.repository.tallies(situation.knowledge_base, group, keys)
        found = []
        for each in candidates:
            fits = each.fixed if each.fixed is not None else likelihood(each.kind, signals[id(each)])
            judged = tallies.get((group, each.kind, each.key)) or tallies.get(("", each.kind, each.key))
            reason = _reason(each, judged, situation.agent)
            found.append(_suggestion(each, fits, learnt(fits, tallies, group, each.kind, each.key), reason))
        return _distinct(sorted(found, key=lambda each: -each.confidence))

    def _remember(self, set_id: str, situation: Situation, items: Sequence[Suggestion]) -> None:
        home, group = situation.knowledge_base, situation.request.group
        customer = situation.request.customer
        talk = situation.request.conversation_id or (set_id if customer else "")
        shown = [
            ShownSuggestion(each.id, home, group, each.kind, each.key, each.text, each.fit, talk) for each in items
        ]
        now = datetime.now(UTC)
        self.parts.repository.show(set_id, shown, now, keep_since=now - REMEMBERED, customer=customer)

    def _expiring(
        self, situation: Situation, items: Sequence[Suggestion], passages: Sequence[Passage]
    ) -> Iterator[DeskWarning]:
        cited = [citation for each in items for citation in each.evidence]
        return expiring(cited, passages, self.engine.options.today(), situation.agent)


def _counts(judged: JudgedSuggestion | None) -> tuple[int, int]:
    """Return how often a verdict means that a reply was sent, and sent unchanged."""
    if judged is None:
        return 0, 0
    return int(judged.verdict is not Verdict.REJECTED), int(judged.verdict is Verdict.ACCEPTED)


def _reason(candidate: Candidate, judged: Tally | None, agent: str) -> str:
    """Return why it is suggested, and how much agents made of it where that says something."""
    if judged is None or judged.judged < TOLD:
        return candidate.reason
    percent = round(100 * judged.credit / judged.judged)
    return said(HABIT, agent, reason=candidate.reason, percent=percent, judged=judged.judged)


def _suggestion(each: Candidate, fit: float, confidence: float, reason: str) -> Suggestion:
    return Suggestion(
        id="",
        kind=each.kind,
        key=each.key,
        title=each.title,
        text=each.text,
        language=each.language,
        confidence=confidence,
        reason=reason,
        evidence=each.evidence,
        gaps=each.gaps,
        options=each.options,
        fit=fit,
    )


def _distinct(ranked: Sequence[Suggestion]) -> list[Suggestion]:
    """Keep the best of those with the same text."""
    found: dict[str, Suggestion] = {}
    for each in ranked:
        found.setdefault(fold(each.text) + "\n".join(each.options), each)
    return list(found.values())

"""Draft a reply: the only place that knows the order of its stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.answering.channels import room_on
from engine.assist.canned.filling import filled, gaps
from engine.assist.canned.library import CannedReplies
from engine.assist.drafts.composing import Assembled, Block, asking_back, assembled, composed, quoting
from engine.assist.drafts.evidence import Evidence, evidence_for
from engine.assist.drafts.occasion import Occasion, occasion_of
from engine.assist.drafts.rewriting import rewritten
from engine.assist.drafts.room import ROOMS
from engine.assist.drafts.wording import DOUBTS
from engine.assist.drafts.written import LLM_REFUSED, written_draft
from engine.assist.suggesting.situation import MoodOf
from engine.assist.suggesting.warnings import expiring, warnings_of
from engine.assist.suggesting.wording import said
from engine.checks import CheckRequest
from engine.domain.check import Checked, PromiseStanding, Verdict
from engine.domain.draft import Draft, DraftGap, DraftMode, DraftPart, DraftRequest
from engine.domain.handoff import FactKind
from engine.domain.suggestion import DeskWarning, WarningKind
from engine.errors import InvalidInput, NotFound
from engine.languages.fact_questions import fact_question
from engine.languages.queue_cues import queue_of
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk
from engine.observability import Stopwatch
from engine.service import Engine

__all__ = ["Drafter"]


NOT_SOUGHT: Final = Evidence(doubt=None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a draft says before it is checked, and the evidence that was looked for."""

    mode: DraftMode
    whole: Assembled
    evidence: Evidence = NOT_SOUGHT
    notes: tuple[str, ...] = ()


class Drafter:
    """Drafts replies and rewrites agents' own; safe to use from several threads."""

    def __init__(self, engine: Engine, library: CannedReplies, mood_of: MoodOf) -> None:
        self.engine = engine
        self._library = library
        self._mood_of = mood_of

    def draft(self, knowledge_base: str, request: DraftRequest) -> Draft:
        """Return a draft that was checked as a whole.

        InvalidInput if the customer has said nothing and there is no `draft` to rewrite; NotFound for an unknown
        knowledge base or template; Conflict if a translation is asked for and there is no language model.
        """
        if bool(request.draft.strip()) != (request.rewrite is not None):
            raise InvalidInput(
                "A draft of your own and what to do with it belong together.",
                remedy="Send both `draft` and `rewrite`, or neither to have a reply drafted.",
            )
        self.engine.parts.knowledge.knowledge_base(knowledge_base)
        watch = Stopwatch()
        with watch.stage("read"):
            occasion = occasion_of(self.engine, knowledge_base, request, self._mood_of)
        for told in self._told(occasion, watch):
            with watch.stage("check"):
                checked = self._checked(occasion, told.whole.text)
            if told.mode is not DraftMode.GENERATED or request.rewrite or _may_be_sent(checked):
                return self._draft(occasion, told, checked, watch)
        raise AssertionError("what needs no language model comes last")

    def _told(self, occasion: Occasion, watch: Stopwatch) -> Iterator[_Told]:
        """Yield what may be said: as the language model writes it if there is one, then without it."""
        request, shell = occasion.request, occasion.shell
        if request.rewrite is not None:
            with watch.stage("write"):
                found = rewritten(request.draft, request.rewrite, occasion, self.engine.parts.generator)
            yield _Told(found.mode, assembled([Block(DraftPart.GREETING, found.text)], ""), notes=found.notes)
        elif request.template:
            text = self._template(occasion)
            own = [Block(DraftPart.EMPATHY, "")] if is_small_talk(sentences(text)[0].of(text)) else []
            yield _Told(DraftMode.CANNED, composed([*own, Block(DraftPart.ANSWER, text)], shell, None))
        elif occasion.merely_talk:
            yield _Told(DraftMode.COMPOSED, composed([], shell, None))
        else:
            with watch.stage("evidence"):
                evidence = evidence_for(self.engine, occasion.situation, shell.language, shell.channel)
            yield from self._answering(occasion, evidence, watch)

    def _answering(self, occasion: Occasion, evidence: Evidence, watch: Stopwatch) -> Iterator[_Told]:
        shell, generator, notes = occasion.shell, self.engine.parts.generator, tuple[str, ...]()
        if evidence.clarify is not None and evidence.may_be_sent:
            yield _Told(DraftMode.CLARIFYING, asking_back(evidence, evidence.clarify, shell), evidence)
            return
        if generator is not None and (evidence.may_be_sent or evidence.doubt is WarningKind.OTHER_LANGUAGE):
            sentences = room_on(shell.channel, self.engine.options.extraction).written
            with watch.stage("write"):
                written = written_draft(generator, evidence, occasion.situation, shell, sentences=sentences)
            notes = written.notes
            if written.blocks:
                whole = composed(written.blocks, shell, occasion.asking(holding=False))
                yield _Told(DraftMode.GENERATED, whole, evidence, notes)
                notes = (LLM_REFUSED,)
        if evidence.may_be_sent:
            whole = quoting(evidence, shell, occasion.order, occasion.asking(holding=False))
            yield _Told(DraftMode.COMPOSED, whole, evidence, notes)
        else:
            text = shell.about(occasion.order) + shell.holding(queue_of(occasion.situation.said))
            whole = composed([Block(DraftPart.HOLDING, text)], shell, occasion.asking(holding=True))
            yield _Told(DraftMode.HOLDING, whole, evidence, notes)

    def _template(self, occasion: Occasion) -> str:
        """Return the canned reply with the facts at hand, or raise NotFound."""
        home, language, name = occasion.situation.knowledge_base, occasion.shell.language, occasion.request.template
        found = self._library.by_shortcut(home, name, language)
        for reply in found:
            if reply.shortcut.lower() == name.lstrip("/").lower():
                return filled(reply.text, occasion.situation.facts).text
        raise NotFound(
            f"There is no canned reply {name[:100]!r} in {language}.", remedy="List them with `knowdesk canned list`."
        )

    def _checked(self, occasion: Occasion, text: str) -> Checked:
        allowed = tuple(occasion.situation.facts.values())
        request = CheckRequest(text=text, language=occasion.shell.language, agent=occasion.agent, allowed=allowed)
        return self.engine.checks.check(occasion.situation.knowledge_base, request)

    def _draft(self, occasion: Occasion, told: _Told, checked: Checked, watch: Stopwatch) -> Draft:
        shell, whole = occasion.shell, told.whole
        return Draft(
            text=whole.text,
            language=shell.language,
            tone=shell.tone,
            channel=shell.channel,
            mode=told.mode,
            check=checked,
            limit=ROOMS[shell.channel].characters,
            question=occasion.situation.question,
            confidence=told.evidence.confidence,
            sections=() if occasion.request.rewrite else whole.sections,
            citations=whole.citations,
            missing=tuple(_missing(whole, shell.language)),
            warnings=tuple(self._warnings(occasion, told)),
            notes=told.notes,
            timings_ms=watch.timings_ms,
        )

    def _warnings(self, occasion: Occasion, told: _Told) -> Iterator[DeskWarning]:
        evidence, today = told.evidence, self.engine.options.today()
        translated = told.mode is DraftMode.GENERATED and evidence.doubt is WarningKind.OTHER_LANGUAGE
        if evidence.doubt is not None and not translated:
            title = evidence.nearest.title if evidence.nearest else ""
            message = said(DOUBTS[evidence.doubt], occasion.agent, title=title)
            yield DeskWarning(evidence.doubt, message, citation=evidence.nearest)
        yield from warnings_of(occasion.situation, occasion.mood)
        yield from expiring(told.whole.citations, evidence.passages, today, occasion.agent)


def _may_be_sent(checked: Checked) -> bool:
    """Tell whether a text that nobody has read yet may stand: nothing blocks it, and no policy contradicts it."""
    contradicted = any(each.standing is PromiseStanding.CONTRADICTED for each in checked.promises)
    return checked.verdict is not Verdict.BLOCK and not contradicted


def _missing(whole: Assembled, language: str) -> Iterator[DraftGap]:
    for gap in gaps(whole.text):
        known = gap.name in set(FactKind)
        yield DraftGap(gap.name, gap.span, fact_question(FactKind(gap.name), language) if known else "")
    for name, span in whole.asked:
        yield DraftGap(name, span, fact_question(FactKind(name), language))

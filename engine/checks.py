"""Check a reply before it is sent: the only place that knows the order of these stages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from engine.answering.request import SHORTEN, validated
from engine.domain.check import Checked, CheckRule, Finding, PromiseStanding, PromiseVerdict, Severity, Verdict
from engine.domain.knowledge import DocumentKind
from engine.domain.search import Passage, SearchFilter
from engine.guard.injection_screen import screened
from engine.guard.promises.comparing import compare
from engine.guard.promises.extraction import Promise, promises
from engine.guard.promises.judging import verdict_of
from engine.guard.promises.nearness import grounds
from engine.guard.promises.queries import query_for
from engine.guard.remedies import PROMISE_CONTRADICTED, PROMISE_UNSUPPORTED, remedy_in
from engine.guard.reply_findings import abuse, instructions, listed, personal_data
from engine.guard.rules.packs import RulePack, shipped_pack
from engine.guard.rules.ruleset import RuleSet
from engine.guard.words.ordinary import IsWord
from engine.observability import Stopwatch
from engine.ports import LanguageDetector, Reranker
from engine.word_lists import WordLists

__all__ = ["POLICY_PASSAGES", "CheckRequest", "Checks", "ChecksParts", "PolicySearch"]

MAX_CHARS = 20_000
POLICY_PASSAGES = 8  # found for each query
PolicySearch = Callable[[str, str, SearchFilter, str], Sequence[Passage]]
"""Finds the best passages of a knowledge base for a query, within a filter; last comes the query's language."""

_POLICIES = (DocumentKind.POLICY, DocumentKind.PAGE, DocumentKind.FAQ)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """A reply to check.

    `language` and `agent` (BCP 47; empty: detected, and that of the reply) are the reply's and that of the remedies.
    `packs` overrides the configured rule packs. Without `compare`, promises are neither looked for nor searched.
    `allowed` are telephone numbers and the like that may stand in the reply. `filter` chooses the policies.
    """

    text: str
    language: str = ""
    agent: str = ""
    packs: tuple[str, ...] | None = None
    compare: bool = True
    allowed: tuple[str, ...] = ()
    filter: SearchFilter = field(default_factory=SearchFilter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksParts:
    """What checks work with; `packs` are the configured rule packs, the owner's files among them, by name."""

    search: PolicySearch
    words: WordLists
    detector: LanguageDetector
    reranker: Reranker | None
    is_word: IsWord
    packs: dict[str, RulePack]


class Checks:
    """Checks replies; safe to use from several threads."""

    def __init__(self, parts: ChecksParts) -> None:
        self.parts = parts
        self.words = parts.words
        self._rules: Callable[[tuple[str, ...]], RuleSet] = lru_cache(maxsize=16)(self._ruleset)

    def check(self, knowledge_base: str, request: CheckRequest) -> Checked:
        """Return what is wrong with a reply, and what it promises; NotFound for an unknown knowledge base.

        Spans are exact in `request.text`. InvalidInput for an empty text, an overlong one or an unknown rule pack.
        """
        validated(request.text, limit=MAX_CHARS, what="reply", remedy=SHORTEN)
        watch = Stopwatch()
        with watch.stage("language"):
            language = request.language or self.parts.detector.detect(request.text)
        request = replace(request, language=language, agent=request.agent or language)
        with watch.stage("rules"):
            findings = list(self._found(knowledge_base, request))
        judged: tuple[PromiseVerdict, ...] = ()
        if request.compare:
            with watch.stage("promises"):
                said = promises(request.text)
            with watch.stage("policies"):
                judged = tuple(self._judged(knowledge_base, promise, request) for promise in said)
        findings += (found for each in judged for found in _about(each, request.agent))
        ordered = tuple(sorted(findings, key=lambda found: (found.span.start, found.span.end)))
        return Checked(_verdict(ordered), language, ordered, judged, watch.timings_ms)

    def _found(self, knowledge_base: str, request: CheckRequest) -> Iterator[Finding]:
        text, language, agent = request.text, request.language, request.agent
        hits, words = self.words.find(knowledge_base, text)
        yield from (listed(hit, words, agent) for hit in hits)
        yield from self._rules(request.packs or tuple(self.parts.packs)).findings(text, agent)
        yield from personal_data(text, language, agent, request.allowed)
        yield from instructions(text, agent)
        yield from abuse(text, language, agent)

    def _ruleset(self, names: tuple[str, ...]) -> RuleSet:
        packs = {name: self.parts.packs.get(name) or shipped_pack(name) for name in names}
        return RuleSet(packs, is_word=self.parts.is_word)

    def _judged(self, knowledge_base: str, promise: Promise, request: CheckRequest) -> PromiseVerdict:
        queries = (promise.text, query_for(promise.matter, request.language))
        passages = [found for query in queries for found in self._policies(knowledge_base, query, request)]
        return verdict_of(promise, compare(promise, grounds(passages), request.language, self._relevance))

    def _policies(self, knowledge_base: str, query: str, request: CheckRequest) -> Sequence[Passage]:
        """Return passages of policies in the reply's language, else of anything but talk, in any language."""
        chosen = request.filter
        own = replace(chosen, kinds=chosen.kinds or _POLICIES, languages=chosen.languages or (request.language,))
        for restriction in (own, replace(chosen, kinds=chosen.kinds or (*_POLICIES, DocumentKind.MANUAL))):
            if found := self.parts.search(knowledge_base, query, restriction, request.language):
                return screened(found)
        return ()

    def _relevance(self, query: str, texts: Sequence[str]) -> Sequence[float] | None:
        return (
            None
            if self.parts.reranker is None
            else [float(each) for each in self.parts.reranker.relevance(query, texts)]
        )


def _about(verdict: PromiseVerdict, agent: str) -> Iterator[Finding]:
    """Yield the finding of a promise that is not fine."""
    for standing, severity, remedies in (
        (PromiseStanding.CONTRADICTED, Severity.BLOCK, PROMISE_CONTRADICTED),
        (PromiseStanding.UNSUPPORTED, Severity.WARN, PROMISE_UNSUPPORTED),
    ):
        if verdict.standing is standing:
            yield Finding(CheckRule.PROMISE, standing.value, severity, verdict.span, remedy_in(remedies, agent))


def _verdict(findings: Sequence[Finding]) -> Verdict:
    grave = {finding.severity for finding in findings}
    if Severity.BLOCK in grave:
        return Verdict.BLOCK
    return Verdict.WARN if grave else Verdict.PASS

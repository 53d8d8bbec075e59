"""Hold a reply against the rules of packs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.domain.check import Finding
from engine.domain.knowledge import Span
from engine.guard.remedies import remedy_in
from engine.guard.rules.packs import Rule, RulePack, compiled
from engine.guard.words.matcher import Pattern, WordMatcher
from engine.guard.words.ordinary import IsWord
from engine.languages.folding import fold_with_offsets, original_span
from engine.languages.overlaps import first_of_overlapping

__all__ = ["RuleSet"]


@dataclass(frozen=True, slots=True)
class _Named:
    """A rule with its pack's name before its own."""

    id: str
    rule: Rule


class RuleSet:
    """The rules of several packs, compiled once; safe to use from several threads."""

    def __init__(self, packs: Mapping[str, RulePack], *, is_word: IsWord = lambda _: False) -> None:
        self._rules = {
            f"{name}/{rule.id}": _Named(f"{name}/{rule.id}", rule)
            for name, pack in packs.items()
            for rule in pack.rules
        }
        self.words = tuple(
            Pattern(word, named.id, named.rule.disguised) for named in self._rules.values() for word in named.rule.words
        )
        self._matcher = WordMatcher(self.words, is_word=is_word)

    def findings(self, text: str, language: str) -> Iterator[Finding]:
        """Yield what breaks a rule, with its remedy in the language (BCP 47), else in English."""
        folded, offsets = fold_with_offsets(text)
        for hit in self._matcher.find(text):
            named = self._rules[hit.pattern.key]
            harmless = (original_span(offsets, *each) for each in _spans(folded, named.rule.unless))
            if not any(each.start < hit.span.end and hit.span.start < each.end for each in harmless):
                yield self._finding(named, hit.span, language, disguised=hit.disguised)
        for named in self._rules.values():
            for start, end in _matches(folded, named.rule):
                yield self._finding(named, original_span(offsets, start, end), language)

    @staticmethod
    def _finding(named: _Named, span: Span, language: str, *, disguised: bool = False) -> Finding:
        rule = named.rule
        return Finding(rule.rule, named.id, rule.severity, span, remedy_in(rule.remedy, language), disguised)


def _matches(folded: str, rule: Rule) -> list[tuple[int, int]]:
    found = list(_spans(folded, rule.patterns))
    if not found:
        return []
    harmless = list(_spans(folded, rule.unless))
    kept = ((start, end, None) for start, end in found if not any(a < end and start < b for a, b in harmless))
    return [(start, end) for start, end, _ in first_of_overlapping(kept, len(folded))]


def _spans(folded: str, patterns: Iterable[str]) -> Iterator[tuple[int, int]]:
    for pattern in patterns:
        yield from (found.span() for found in compiled(pattern).finditer(folded) if found.end() > found.start())

"""Name groups of questions by the words that tell them apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log
from typing import Final

from engine.domain.insights import AskedQuestion
from engine.guard.personal_data import scrub
from engine.insights.clustering_text import matter
from engine.languages.folding import fold
from engine.languages.terms import content_terms
from engine.ports.insights import Cluster

__all__ = ["distinctive", "named", "samples"]

TERMS: Final = 5
SPEAKERS: Final = 3
"""Conversations that a word must be from: what fewer said may be about one person."""
LOOKED_AT: Final = 100  # questions of a group
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_DIGIT: Final = re.compile(r"\d")
_HIRAGANA: Final = re.compile("[\u3041-\u309f]")


_Stems = Callable[[str, str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many conversations of a group have each word, how it is written, and all that was said."""

    counts: Counter[str]
    shown: Mapping[str, str]
    said: str


def named(
    clusters: Sequence[Cluster],
    asked: Mapping[str, Sequence[AskedQuestion]],
    *,
    others: Sequence[AskedQuestion] = (),
) -> tuple[Cluster, ...]:
    """Return the groups with names, in the language that most of their questions are in.

    `others` are questions of no group, which tell what words are common.

    A name is made anew where the words have changed by half or more, so that people find the topic again.
    """
    terms = distinctive([*(asked[each.id] for each in clusters), others])[:-1]
    return tuple(_renamed(each, found) for each, found in zip(clusters, terms, strict=True))


def distinctive(groups: Sequence[Sequence[AskedQuestion]]) -> list[tuple[str, ...]]:
    """Return the most distinctive words of each group, by class-based TF-IDF (Grootendorst 2022).

    The weight of a word is its count in the group times log(1 + words a group / its count in all groups). Words that
    fewer than three conversations have, and numbers, are left out; so is personal data.
    """
    stems = cache(_stems)  # words come again and again
    counted = [_counted(group[:LOOKED_AT], stems) for group in groups]
    overall: Counter[str] = Counter()
    for each in counted:
        overall.update(each.counts)
    mean = sum(overall.values()) / max(len(groups), 1)
    return [_best(each, overall, mean) for each in counted]


def samples(asked: Sequence[AskedQuestion], count: int) -> tuple[str, ...]:
    """Return some of the questions without personal data, each once."""
    said = dict.fromkeys(scrub(each.text, each.language).text for each in asked)
    return tuple(said)[:count]


def _renamed(cluster: Cluster, terms: tuple[str, ...]) -> Cluster:
    kept = set(cluster.terms) & set(terms)
    if cluster.name and 2 * len(kept) > len(cluster.terms):
        return cluster
    return replace(cluster, name=" · ".join(terms[:3]), terms=terms)


def _counted(group: Sequence[AskedQuestion], stems: _Stems) -> _Counted:
    """Count the words of a group in its main language."""
    spoken = Counter(each.language for each in group)
    main = max(spoken, key=lambda language: spoken[language]) if spoken else ""
    talks: defaultdict[str, set[str]] = defaultdict(set)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    said: list[str] = []
    for each in group:
        if each.language == main:
            text = matter(scrub(each.text, each.language).text)
            said.append(text)
            for term, form in _words(text, each.language, stems).items():
                talks[term].add(each.conversation_id)
                written[term][form] += 1
    telling = [term for term in talks if not _HIRAGANA.search(term)]  # the rest is mostly grammar
    counts = Counter({term: len(talks[term]) for term in telling or talks})
    shown = {term: max(forms, key=lambda form: (forms[form], form)) for term, forms in written.items()}
    return _Counted(counts, shown, "\n".join(said))


def _words(text: str, language: str, stems: _Stems) -> dict[str, str]:
    """Return the content words of a text by their stems, and its pairs of CJK characters."""
    found = content_terms(text, language)
    wanted = {term for term in found.words if not _DIGIT.search(term) and len(term) > 1}
    folded = fold(text)
    written = text if len(text) == len(folded) else folded
    forms = {pair: written[at : at + 2] for pair in found.bigrams if (at := folded.find(pair)) >= 0}
    for word in _WORD.findall(folded):
        forms.update((stem, word) for stem in stems(word, language) if stem in wanted)
    return forms


def _stems(word: str, language: str) -> tuple[str, ...]:
    return tuple(content_terms(word, language).words)


def _best(group: _Counted, overall: Counter[str], mean: float) -> tuple[str, ...]:
    counts = group.counts
    weights = {term: count * log(1 + mean / overall[term]) for term, count in counts.items() if count >= SPEAKERS}
    order = sorted(weights, key=lambda term: (-weights[term], term))
    return tuple(dict.fromkeys(_joined([group.shown[term] for term in order[: 2 * TERMS]], group.said)))[:TERMS]


def _joined(words: Sequence[str], said: str) -> list[str]:
    """Put pairs of characters that overlap together to words that were said: 净化 and 化器 to 净化器."""
    joined: list[str] = []
    for word in words:
        whole, place = word, len(joined)
        while longer := [(at, found) for at, each in enumerate(joined) if (found := _overlap(each, whole, said))]:
            at, whole = longer[0]
            del joined[at]
            place = min(place, at)
        joined.insert(place, whole)
    return joined


def _overlap(one: str, other: str, said: str) -> str:
    """Return two words as one that was said, which goes on where the first ends; empty if there is none."""
    if one.isascii() or other.isascii():
        return ""
    ends = ((one, other), (other, one))
    whole = (first + last[1:] for first, last in ends if first[-1] == last[0])
    return next((each for each in whole if each in said), "")

"""Find instructions that are aimed at the model that reads a text, not at the people it is written for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.guard.injection_hidden import Plain, concealed, encoded, plain
from engine.guard.injection_phrases import InjectionKind, phrase_patterns
from engine.guard.injection_tasks import unrelated_tasks
from engine.languages.folding import original_span
from engine.languages.sentences import sentences

__all__ = ["COMMANDS", "Injection", "InjectionKind", "find_commands", "find_injections", "without_commands"]

COMMANDS = frozenset(
    {
        InjectionKind.OVERRIDE,
        InjectionKind.PERSONA,
        InjectionKind.DISCLOSURE,
        InjectionKind.DICTATION,
        InjectionKind.MARKUP,
        InjectionKind.HIDDEN,
    }
)
"""What nobody asks of a service desk; a customer may well wish for an answer in another form."""


_WORD = re.compile(r"[^\W\d_]{2,}|[぀-ヿ一-鿿가-힣]")
_GRAVITY = tuple(InjectionKind)
_PROSE = 3  # words; keys, tokens and pictures do not decode to as many


@dataclass(frozen=True, slots=True)
class Injection:
    """Sentences of a text that are aimed at a model: `span` covers them whole."""

    kind: InjectionKind
    span: Span


def find_injections(text: str) -> tuple[Injection, ...]:
    """Return what in a document is aimed at a model, in order of place; tasks count if the rest is about other things.

    Folded text is searched, for all languages at once.
    """
    if not text.strip():
        return ()
    read = plain(text)
    found = [*_phrases(read, frozenset(InjectionKind)), *_hidden(text)]
    found += (Injection(InjectionKind.TASK, _origin(read, span)) for span in unrelated_tasks(read, text))
    return _in_whole_sentences(text, found)


def find_commands(text: str, *, kinds: Collection[InjectionKind] = COMMANDS) -> tuple[Injection, ...]:
    """Return the sentences that command a model, as far as their wording alone tells."""
    if not text.strip():
        return ()
    return _in_whole_sentences(text, [*_phrases(plain(text), kinds), *_hidden(text)])


def without_commands(text: str) -> str:
    """Return a customer's words without sentences that command a model; empty if nothing else is said."""
    found = find_commands(text)
    if not found:
        return text
    parts, at = list[str](), 0
    for injection in found:
        parts.append(text[at : injection.span.start].strip())
        at = injection.span.end
    left = " ".join(part for part in (*parts, text[at:].strip()) if part)
    return left if any(char.isalnum() for char in left) else ""


def _phrases(read: Plain, kinds: Collection[InjectionKind]) -> Iterator[Injection]:
    for kind, pattern in phrase_patterns(read.text, kinds):
        yield from (Injection(kind, _origin(read, Span(*found.span()))) for found in pattern.finditer(read.text))


def _hidden(text: str) -> Iterator[Injection]:
    yield from (Injection(InjectionKind.HIDDEN, span) for span in concealed(text))
    for span, decoded in encoded(text):
        if len(_WORD.findall(decoded)) >= _PROSE:
            yield Injection(InjectionKind.HIDDEN, span)


def _origin(read: Plain, span: Span) -> Span:
    return original_span(read.offsets, span.start, span.end)


def _in_whole_sentences(text: str, found: list[Injection]) -> tuple[Injection, ...]:
    """Widen each finding to the sentences that it touches, and join those that overlap under the gravest kind."""
    if not found:
        return ()
    spans = sentences(text)
    joined: list[Injection] = []
    for each in sorted(found, key=lambda each: (each.span.start, each.span.end)):
        touched = [span for span in spans if span.start < each.span.end and each.span.start < span.end]
        start = min([each.span.start, *(span.start for span in touched)])
        end = max([each.span.end, *(span.end for span in touched)])
        if joined and start < joined[-1].span.end:
            last = joined.pop()
            gravest = min(last.kind, each.kind, key=_GRAVITY.index)
            joined.append(Injection(gravest, Span(last.span.start, max(end, last.span.end))))
        else:
            joined.append(Injection(each.kind, Span(start, end)))
    return tuple(joined)

"""Read the exchanges of a transcript as it is stored: what the customer said, and what the desk replied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.knowledge import Span
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk
from engine.languages.speaker_labels import STAMP, Speaker, is_role_label, speaker_of

__all__ = ["PastExchange", "past_exchanges"]

_LINE = re.compile(rf"^(?:\[{STAMP}\] )?([^:：\n]{{1,40}})[:：] ?(?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PastExchange:
    """What a customer said since the desk last spoke, and the span of what an agent then replied."""

    asked: str
    reply: Span


def past_exchanges(text: str) -> tuple[PastExchange, ...]:
    """Return the exchanges of a stored transcript in order; replies without anything but small talk are left out.

    Where no person spoke for the desk, the bot's replies count.
    """
    turns = list(_turns(text))
    desk = Speaker.AGENT if any(speaker is Speaker.AGENT for speaker, _ in turns) else Speaker.BOT
    found: list[PastExchange] = []
    asked = ""
    fresh = False
    for speaker, span in turns:
        if speaker is Speaker.CUSTOMER:
            asked = f"{asked} {span.of(text)}" if fresh else span.of(text)
            fresh = True
        elif speaker is desk and asked:
            fresh = False
            if (told := _telling(text, span)) is not None:
                found.append(PastExchange(asked, told))
    return tuple(found)


def _turns(text: str) -> Iterator[tuple[Speaker, Span]]:
    """Yield who speaks and where; a turn goes on to the next one, or to an empty line."""
    heads = [found for found in _LINE.finditer(text) if is_role_label(found[1])]
    for at, head in enumerate(heads):
        until = heads[at + 1].start() if at + 1 < len(heads) else len(text)
        apart = text.find("\n\n", head.end(), until)
        end = apart if apart >= 0 else until
        yield speaker_of(head[1]), Span(head.end(), max(head.end(), head.end() + len(text[head.end() : end].rstrip())))


def _telling(text: str, turn: Span) -> Span | None:
    """Return the turn without small talk at its beginning and end; None if nothing else is in it."""
    said = turn.of(text)
    kept = [span for span in sentences(said) if not is_small_talk(span.of(said).strip())]
    return Span(turn.start + kept[0].start, turn.start + kept[-1].end) if kept else None

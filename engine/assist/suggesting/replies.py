"""Suggest canned replies."""

from __future__ import annotations

from collections.abc import Iterator

from engine.assist.canned.filling import filled
from engine.assist.canned.library import CannedReplies
from engine.assist.suggesting.candidate import Candidate
from engine.assist.suggesting.situation import Situation
from engine.assist.suggesting.wording import CANNED, SHORTCUT, said
from engine.domain.canned_reply import CannedReply
from engine.domain.suggestion import SuggestionKind

__all__ = ["canned_candidates"]

COMPARED = 6
TYPED = 0.95  # confidence in what the agent calls by its shortcut


def canned_candidates(situation: Situation, library: CannedReplies) -> Iterator[Candidate]:
    """Yield the replies nearest to the question, filled with the facts at hand; first those that the agent calls."""
    typed, home, language = situation.request.typed.strip(), situation.knowledge_base, situation.language
    called = library.by_shortcut(home, typed, language) if typed.startswith("/") else ()
    near = library.nearest(home, situation.question, language, COMPARED)
    for place, reply in enumerate(dict.fromkeys((*called, *near))):
        yield _candidate(situation, reply, place, called=reply in called)


def _candidate(situation: Situation, reply: CannedReply, place: int, *, called: bool) -> Candidate:
    ready = filled(reply.text, situation.facts)
    return Candidate(
        kind=SuggestionKind.CANNED,
        key=reply.id,
        title=reply.title,
        text=ready.text,
        language=reply.language,
        reason=said(SHORTCUT if called else CANNED, situation.agent, title=reply.title, shortcut=reply.shortcut),
        context=f"{reply.title}\n{reply.text}",
        place=place,
        gaps=ready.gaps,
        fixed=TYPED if called else None,
    )

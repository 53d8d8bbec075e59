"""Take personal data out of a conversation, before anything of it is stored or embedded."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.domain.knowledge import stable_id
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import Scrubber, find
from engine.languages.detection import ScriptDetector
from engine.languages.speaker_labels import Speaker
from ingestion.transcripts.conversation import Conversation, Turn
from ingestion.transcripts.names import names_in

__all__ = ["scrubbed"]

_PLACEHOLDER = re.compile(r"\[name \d+\]")


def scrubbed(conversation: Conversation) -> Conversation:
    """Return the conversation with placeholders for personal data, one numbering for all of it; again changes nothing.

    A name that is known once, from a label, the lines above or what is said, is replaced wherever it stands. Speakers
    whose role is known lose their name, others are shown as "[name 1]". An id with personal data becomes a hash.
    """
    language = conversation.language or ScriptDetector().detect(conversation.text)
    scrubber = Scrubber(language, names_in(conversation, language))
    turns = conversation.turns
    scrubber.reserve((*conversation.opening, *conversation.closing, *(f"{turn.name} {turn.text}" for turn in turns)))
    return replace(
        conversation,
        id=stable_id(conversation.id) if find(conversation.id) else conversation.id,
        title=scrubber.scrub(conversation.title),
        language=language,
        tags=tuple(map(scrubber.scrub, conversation.tags)),
        opening=tuple(map(scrubber.scrub, conversation.opening)),
        turns=tuple(_turn(turn, scrubber) for turn in turns),
        closing=tuple(map(scrubber.scrub, conversation.closing)),
    )


def _turn(turn: Turn, scrubber: Scrubber) -> Turn:
    known = turn.speaker is not Speaker.UNKNOWN or not turn.name or _PLACEHOLDER.fullmatch(turn.name)
    name = turn.name if known else scrubber.placeholder(PersonalKind.NAME, turn.name)
    return replace(turn, text=scrubber.scrub(turn.text), name="" if turn.speaker is not Speaker.UNKNOWN else name)

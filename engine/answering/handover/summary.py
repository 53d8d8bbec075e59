"""What a conversation was about, in the customer's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.languages.dialogue_cues import after_shift
from engine.languages.handover_cues import accepts, asks_for_person
from engine.languages.sentences import sentences
from engine.languages.service_phrases import is_small_talk

__all__ = ["summary"]

MAX_CHARS = 400
SENTENCE_CHARS = 200
AGREES_CHARS = 12


def summary(said: Sequence[str], language: str) -> str:
    """Return the sentences of a customer's messages (oldest first) that say what the matter is, at most 400 characters.

    Greetings, thanks and the mere wish for a person are left out. Where room is short, the first and the latest stay.
    """
    kept = list(dict.fromkeys(_telling(said, language))) or [text.strip()[:SENTENCE_CHARS] for text in said[-1:]]
    while len(kept) > 2 and sum(map(len, kept)) + len(kept) > MAX_CHARS:
        del kept[len(kept) // 2]
    return " / ".join(kept)[:MAX_CHARS]


def _telling(said: Sequence[str], language: str) -> Iterator[str]:
    for text in said:
        matter = after_shift(text, language) or text
        for span in sentences(matter):
            sentence = span.of(matter).strip()
            wish = asks_for_person(sentence) and len(sentence) < 60 and not any(char.isdigit() for char in sentence)
            merely_agrees = accepts(sentence) and len(sentence) < AGREES_CHARS
            if sentence and not (wish or is_small_talk(sentence) or merely_agrees):
                yield sentence[:SENTENCE_CHARS]

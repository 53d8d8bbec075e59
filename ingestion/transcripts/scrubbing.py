"""Take personal data out of a conversation, before anything of it is stored or embedded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from engine.domain.knowledge import Span, stable_id
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import Scrubber, find
from engine.languages.detection import ScriptDetector
from engine.languages.profile import folded_words
from engine.languages.speaker_labels import Speaker, role_places
from ingestion.transcripts.conversation import Conversation, Turn

__all__ = ["scrubbed"]

_BRACKETED = re.compile(r"[(（【\[]([^()（）【】\[\]]{1,40})[)）】\]]")
_QUOTED = re.compile(r"[\"“「『]([^\"”」』]{1,20})[\"”」』]")
_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|herr|frau|m|mme|sr|sra)\.? |(?:先生|女士|小姐|太太|様|さん|氏|님|씨)$", re.IGNORECASE
)
_IS_NAME = re.compile(
    r"(?:[A-ZÀ-ÞА-Я][^\W\d_]*[.'’-]?(?: |$)){1,3}|[\u3400-\u9fff\uac00-\ud7a3]{1,5}|[\u30a0-\u30ff]{2,6}様"
)
_EDGES = " \t,，、;；·:：./／∕|"
_ALSO_WORDS = folded_words(
    """will may mark bill grace hope art rose max sue pat drew dean miles guy chance joy faith in an on"""
)
_PLACEHOLDER = re.compile(r"\[name \d+\]")


def scrubbed(conversation: Conversation) -> Conversation:
    """Return the conversation with placeholders for personal data, one numbering for all of it; again changes nothing.

    Names are those of the speakers' labels and of the "who takes part" lines too, wherever they stand. Speakers whose
    role is known lose their name, others are shown as "[name 1]". An id with personal data in it becomes a hash.
    """
    language = conversation.language or ScriptDetector().detect(conversation.text)
    names = frozenset(_names(conversation))
    scrubber = Scrubber(language, names)
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


def _names(conversation: Conversation) -> Iterator[str]:
    """Yield the names that labels and the lines above the conversation tell, without titles."""
    for label in {turn.name for turn in conversation.turns}:
        yield from _usable(_of_label(label))
    for line in (line for paragraph in conversation.opening for line in paragraph.split("\n")):
        places = role_places(line)
        ends = (*(place.start for place, _ in places[1:]), len(line))
        for (place, role), end in zip(places, ends, strict=False):
            if role in {Speaker.CUSTOMER, Speaker.AGENT}:
                yield from _usable(_of_field(line[place.end : end]))


def _of_label(label: str) -> Iterator[str]:
    """Yield the names in "Agent (Tomas)", "Lena (customer)" and "Agent Anna", and a label that is only a name."""
    for part in (*_BRACKETED.findall(label), _BRACKETED.sub("", label)):
        places = role_places(part)
        rest = "".join(part[end : place.start] for end, place in _gaps(places, len(part))).strip(_EDGES)
        if rest and (not places or (_IS_NAME.fullmatch(rest) and not rest.isupper())):
            yield rest


def _gaps(places: Sequence[tuple[Span, Speaker]], length: int) -> Iterator[tuple[int, Span]]:
    """Yield where each stretch between roles begins, and the role (or the end) that it runs up to."""
    ends = (0, *(place.end for place, _ in places))
    return zip(ends, (*(place for place, _ in places), Span(length, length)), strict=True)


def _of_field(text: str) -> Iterator[str]:
    """Yield the names in what follows a role on a line: "顾客 韩女士(昵称“小满”)  人工客服", up to the next stop."""
    if not text.startswith((" ", ":", "：", "\u3000")):
        return
    rest = re.split(r"[;；,，/∕／|]|\s{2,}", text.strip(_EDGES))[0]
    name = _BRACKETED.sub("", rest).strip(_EDGES)
    if _IS_NAME.fullmatch(name):
        yield from _QUOTED.findall(rest)
        yield name


def _usable(names: Iterable[str]) -> Iterator[str]:
    """Yield names that can be replaced wherever they stand: no single letters, no words that mean something else."""
    for name in names:
        bare = _HONORIFIC.sub("", name.strip(_EDGES)).strip(_EDGES)
        if len(bare) >= 2 and (not bare.isascii() or len(bare) >= 3) and not _PLACEHOLDER.search(f"[{bare}]"):
            yield bare
        for part in bare.split():
            if len(part) >= 3 and part[0].isupper() and part.lower() not in _ALSO_WORDS:
                yield part

"""Who is named in a conversation: by labels, by the lines above it, and in what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from engine.domain.knowledge import Span
from engine.guard.findings import PersonalKind
from engine.guard.names import name_in_reply
from engine.guard.personal_data import find
from engine.languages.folding import fold
from engine.languages.name_words import GIVEN_NAMES, JAPANESE_SURNAMES, SURNAMES
from engine.languages.profile import folded_words
from engine.languages.speaker_labels import Speaker, role_places
from ingestion.transcripts.conversation import Conversation

__all__ = ["names_in"]

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
    """will may mark bill grace hope art rose max sue pat drew dean miles guy chance joy faith in an on brown black
    white green young long short price cook page post power case love home order park bell day klein lang kurz schwarz
    weiß braun sommer winter jung stein berg"""
)
_PLACEHOLDER = re.compile(r"\[name \d+\]")


def names_in(conversation: Conversation, language: str) -> frozenset[str]:
    """Return the names of everybody who is named, in full and in parts, that can be replaced wherever they stand."""
    return frozenset(_usable((*_labelled(conversation), *_told(conversation, language))))


def _labelled(conversation: Conversation) -> Iterator[str]:
    for label in {turn.name for turn in conversation.turns}:
        yield from _of_label(label)
    for line in (line for paragraph in conversation.opening for line in paragraph.split("\n")):
        places = role_places(line)
        ends = (*(place.start for place, _ in places[1:]), len(line))
        for (place, role), end in zip(places, ends, strict=False):
            if role in {Speaker.CUSTOMER, Speaker.AGENT}:
                yield from _of_field(line[place.end : end])


def _told(conversation: Conversation, language: str) -> Iterator[str]:
    """Yield the names that are announced in what is said and written around it, or given when asked for."""
    said = [turn.text for turn in conversation.turns]
    for text in (conversation.title, *conversation.opening, *said, *conversation.closing):
        for datum in find(text, language, kinds=(PersonalKind.NAME,)):
            yield datum.span.of(text)
    for question, reply in pairwise(said):
        place = name_in_reply(question, reply)
        if place:
            yield place.of(reply)


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
    """Yield names and their parts: no single letters, no words that mean something else."""
    for name in names:
        bare = _HONORIFIC.sub("", name.strip(_EDGES)).strip(_EDGES)
        if len(bare) >= 2 and (not bare.isascii() or len(bare) >= 3) and not _PLACEHOLDER.search(f"[{bare}]"):
            yield bare
            yield from _written_otherwise(bare)
            yield from _part_of_han(bare)


def _written_otherwise(name: str) -> Iterator[str]:
    """Yield the words of a name, and in lower case what is hardly ever anything else: whole names, frequent names."""
    words = name.split()
    if len(words) > 1:
        yield from {name.lower(), name.title()}
    for word in words:
        if len(word) >= 3 and fold(word) not in _ALSO_WORDS and (word[0].isupper() or len(words) > 1):
            yield word.capitalize() if word.islower() else word
            if fold(word) in GIVEN_NAMES:
                yield word.lower()


def _part_of_han(name: str) -> Iterator[str]:
    """Yield the given name behind a Chinese surname, and both parts of a Japanese name."""
    surname = next((each for each in (*JAPANESE_SURNAMES, *SURNAMES) if name.startswith(each)), "")
    yield from (part.strip() for part in (surname, name[len(surname) :]) if surname and len(part.strip()) >= 2)

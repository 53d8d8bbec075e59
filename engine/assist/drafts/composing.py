"""Put the parts of a draft together, with where everything stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine.answering.compose import citation, pieces
from engine.answering.extract import Quote
from engine.answering.script import readable
from engine.assist.drafts.evidence import Evidence
from engine.assist.drafts.room import ROOMS
from engine.assist.drafts.shell import Shell
from engine.domain.answer import Citation
from engine.domain.draft import DraftPart, DraftSection
from engine.domain.handoff import Clarification
from engine.domain.knowledge import Span
from engine.domain.search import Passage
from engine.languages.capitals import capitalized
from engine.retrieval.options import with_options

__all__ = ["Assembled", "Block", "asking_back", "assembled", "composed", "moved", "quoting"]

_SPARED = (DraftPart.CLOSING, DraftPart.EMPATHY, DraftPart.NEXT, DraftPart.GREETING)  # the first are dropped first


@dataclass(frozen=True, slots=True)
class Block:
    """One part; the citations' `answer_span` refers to its text. `asks` names the fact that it asks for."""

    part: DraftPart
    text: str
    citations: tuple[Citation, ...] = ()
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of the parts, and where they, their citations and the questions for facts stand in it."""

    text: str
    sections: tuple[DraftSection, ...]
    citations: tuple[Citation, ...]
    asked: tuple[tuple[str, Span], ...]


def quoting(evidence: Evidence, shell: Shell, order: str, ask: Block | None) -> Assembled:
    """Return a draft around the quotes; of several, the last are left out where there is no room for all."""
    quotes = evidence.extraction.quotes
    for count in range(len(quotes), 0, -1):
        cut = replace(evidence, extraction=replace(evidence.extraction, quotes=quotes[:count]))
        whole = composed([_core(cut, shell, order)], shell, ask)
        if len(whole.text) <= ROOMS[shell.channel].characters:
            break
    return whole


def asking_back(evidence: Evidence, back: Clarification, shell: Shell) -> Assembled:
    """Return a draft that asks which case it is; each option is cited where it stands."""
    text = with_options(back.question, back.options)
    cited = (_cited(each, text, evidence.passages, shell.language) for each in back.options)
    return composed([Block(DraftPart.NEXT, text, tuple(filter(None, cited)))], shell, None)


def _cited(option: str, text: str, passages: Sequence[Passage], reader: str) -> Citation | None:
    for at, passage in enumerate(passages):
        for written in (option, readable(option, language=reader, reader=passage.language)):
            start = passage.text.find(written)
            if start >= 0:
                stored = Span(passage.span.start + start, passage.span.start + start + len(written))
                place = text.rindex(option)
                return citation(passage, Quote(at, stored, written), Span(place, place + len(option)))
    return None


def composed(core: Sequence[Block], shell: Shell, ask: Block | None) -> Assembled:
    """Return a draft around its core, with the courtesies that there is room for; what asks for a fact stays.

    Empathy and what happens next are the core's own where it has them.
    """
    room, own = ROOMS[shell.channel], {each.part for each in core}
    told = [
        Block(DraftPart.GREETING, shell.greeting),
        *([] if DraftPart.EMPATHY in own else [Block(DraftPart.EMPATHY, shell.empathy)]),
        *(each for each in core if not (ask and each.part is DraftPart.NEXT)),
        *([ask] if ask else [] if DraftPart.NEXT in own else [Block(DraftPart.NEXT, shell.invite)]),
        Block(DraftPart.CLOSING, shell.closing),
    ]
    kept = [each for each in told if each.text]
    for part in _SPARED:
        if _length(kept, room.between) <= room.characters:
            break
        kept = [each for each in kept if each.part is not part or each.asks]
    return assembled(kept, room.between)


def assembled(blocks: Sequence[Block], between: str) -> Assembled:
    """Return the whole; its first letter is a capital, whatever part it begins with."""
    told = list(blocks)
    if told and told[0].part is not DraftPart.GREETING:
        told[0] = replace(told[0], text=capitalized(told[0].text))
    placed = list(_placed(told, between))
    return Assembled(
        between.join(each.text for each in told),
        tuple(DraftSection(each.part, span) for each, span in placed),
        tuple(cited for each, span in placed for cited in moved(each.citations, span.start)),
        tuple((each.asks, span) for each, span in placed if each.asks),
    )


def moved(citations: Sequence[Citation], by: int) -> tuple[Citation, ...]:
    """Return the citations of a text that stands further on by so many characters."""
    return tuple(
        replace(each, answer_span=Span(each.answer_span.start + by, each.answer_span.end + by)) for each in citations
    )


def _core(evidence: Evidence, shell: Shell, order: str) -> Block:
    """Return the quotes as the answer or as steps, led over to by the order that it is about."""
    quoted = list(pieces(evidence.extraction, evidence.passages, reader=shell.language))
    text = "".join(piece.text for piece in quoted)
    cited = tuple(each for piece in quoted for each in piece.citations)
    steps = evidence.extraction.steps
    lead = shell.about(order) + (f"{shell.voice.steps}\n" if steps else "")
    return Block(DraftPart.STEPS if steps else DraftPart.ANSWER, lead + text, moved(cited, len(lead)))


def _length(blocks: Sequence[Block], between: str) -> int:
    return sum(len(each.text) for each in blocks) + len(between) * max(0, len(blocks) - 1)


def _placed(blocks: Sequence[Block], between: str) -> Iterator[tuple[Block, Span]]:
    at = 0
    for block in blocks:
        yield block, Span(at, at + len(block.text))
        at += len(block.text) + len(between)

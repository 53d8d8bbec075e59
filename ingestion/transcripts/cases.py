"""Extract a case from a resolved conversation: the customer's question, and what the desk did about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.languages.capitals import capitalized
from engine.languages.sentences import sentences
from engine.languages.service_matter import is_vague, matter_of
from engine.languages.service_phrases import sounds_solved, sounds_unsolved
from engine.languages.speaker_labels import Speaker
from engine.languages.width import columns
from ingestion.normalize import clean_line
from ingestion.transcripts.conversation import Conversation, Turn

__all__ = ["Case", "case_of"]

_ASKS = re.compile(r"[?？؟]\s*$|(?:吗|嗎|呢|么|でしょうか|ですか|ますか|ましたか|ませんか|까요|나요)[。.!！]?\s*$")
_MOST_QUESTION = 900  # characters; people say what they want early
_MOST_RESOLUTION = 4000
_LONGEST_TITLE = 80  # columns
_TELLING = 16  # columns
_SHORT = 80  # columns; a longer word that it is not solved tells of something new
_LEAST_RESOLUTION = 12  # characters, wide ones counted twice


@dataclass(frozen=True, slots=True)
class Case:
    """What a solved conversation teaches; paragraphs in the words of those who spoke."""

    title: str
    question: tuple[str, ...]
    resolution: tuple[str, ...]
    language: str
    time: str = ""
    tags: tuple[str, ...] = ()


def case_of(conversation: Conversation) -> Case | None:
    """Return the case, or None where the conversation is open, unsolved, or answers nothing.

    The question is what the customer says until the desk first states something; the resolution is what agents state
    from then on (a bot, where no agent speaks), without what the customer says did not help. Questions back, greetings,
    waiting, farewells and who is speaking are left out. Personal data has to be scrubbed before.
    """
    if not _is_resolved(conversation):
        return None
    agents = any(turn.speaker is Speaker.AGENT for turn in conversation.turns)
    desk = Speaker.AGENT if agents else Speaker.BOT
    asked, answered = _question(conversation.turns, desk), _resolution(conversation.turns, desk)
    if not asked or columns("".join(answered)) < _LEAST_RESOLUTION:
        return None
    return Case(
        title=_title(_subject(conversation.title) or _main_sentence(asked)),
        question=tuple(_within(asked, _MOST_QUESTION)),
        resolution=tuple(_within(answered, _MOST_RESOLUTION)),
        language=conversation.language,
        time=conversation.time,
        tags=conversation.tags,
    )


def _is_resolved(conversation: Conversation) -> bool:
    """Return what the record says, else what the customer's last words say; silence after an answer is consent."""
    if conversation.resolved is not None:
        return conversation.resolved
    said = [turn.text for turn in conversation.turns if turn.speaker is Speaker.CUSTOMER]
    last = said[-1] if said else ""
    return bool(said) and (sounds_solved(last) or not sounds_unsolved(last)) and not _ends_with_question(conversation)


def _ends_with_question(conversation: Conversation) -> bool:
    spoken = [turn for turn in conversation.turns if turn.speaker in {Speaker.CUSTOMER, Speaker.AGENT, Speaker.BOT}]
    return bool(_ASKS.search(spoken[-1].text)) and spoken[-1].speaker is Speaker.CUSTOMER


def _question(turns: Sequence[Turn], desk: Speaker) -> list[str]:
    found: list[str] = []
    for turn in turns:
        if turn.speaker is Speaker.CUSTOMER:
            found += _said(turn, questions=True)
        elif turn.speaker is desk and found and _said(turn, questions=False):
            break
    return found


def _resolution(turns: Sequence[Turn], desk: Speaker) -> list[str]:
    asked = False
    found: list[str] = []
    failed: list[str] = []
    for turn in turns:
        if turn.speaker is Speaker.CUSTOMER:
            if found and columns(turn.text) <= _SHORT and sounds_unsolved(turn.text) and not _ASKS.search(turn.text):
                failed, found = found, []
            asked = asked or bool(_said(turn, questions=True))
        elif asked and turn.speaker is desk:
            found += _said(turn, questions=False)
    return found or failed


def _said(turn: Turn, *, questions: bool) -> list[str]:
    """Return the turn's sentences that matter as one paragraph, or nothing; with `questions` these matter too."""
    kept = "".join(_kept(turn.text, questions=questions)).strip()
    return [kept] if kept else []


def _kept(text: str, *, questions: bool) -> Iterator[str]:
    spans = sentences(text)
    for span, following in zip(spans, (*(each.start for each in spans[1:]), len(text)), strict=True):
        matter = matter_of(span.of(text))
        if matter and (questions or not _ASKS.search(matter)):
            yield matter + text[span.end : following]


def _subject(title: str) -> str:
    """Return a record's own title, unless it is a greeting or a name."""
    return title if matter_of(title) and "[name " not in title else ""


def _main_sentence(paragraphs: Sequence[str]) -> str:
    """Return the first question of the first paragraph that says what about, or else its first sentence of length."""
    said = [[span.of(text).strip() for span in sentences(text)] for text in paragraphs]
    telling = [[each for each in found if not is_vague(each) and columns(each) >= _TELLING] for found in said]
    main = next((found for found in telling if found), said[0])
    return next((sentence for sentence in main if _ASKS.search(sentence)), main[0])


def _title(text: str) -> str:
    line = clean_line(text).rstrip(" .。!！,，;；")
    line = capitalized(line)
    if columns(line) <= _LONGEST_TITLE:
        return line
    cut = line[: next(at for at in range(len(line)) if columns(line[: at + 1]) > _LONGEST_TITLE)]
    stop = max(cut.rfind(mark) for mark in ",，、;； ")
    return cut[: stop if stop > len(cut) / 2 else len(cut)].rstrip(" ,，、;；") + "…"


def _within(paragraphs: Sequence[str], most: int) -> Iterator[str]:
    left = most
    for text in paragraphs:
        if left <= 0:
            return
        yield text if len(text) <= left else text[:left].rstrip() + "…"
        left -= len(text)

"""Draft questions from a knowledge base, for a person to approve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.domain.knowledge import Chunk, Document, DocumentKind, stable_id
from engine.languages.quantities import quantities
from engine.languages.sentences import sentences
from engine.ports import KnowledgeRepository
from evals.datasets.rows import GoldenKind, QuestionRow
from evals.sampling import shuffled

__all__ = ["Section", "draft", "draft_question"]

LONGEST = 160  # characters of an answer; longer sentences are no wording to look for
SHORTEST = 4
_QUESTION = re.compile(r"[?？か吗嗎呢]\s*$")
_STEP = re.compile(r"^\s*(?:\d{1,2}[.)、]|[①-⑳]|[-*•])\s*")
_ASKING = {
    "en": ("{title}: {heading}?", "{title}: how do I do this: {heading}?"),
    "ja": ("{title}の「{heading}」について教えてください。", "{title}の「{heading}」の手順を教えてください。"),
    "zh-Hans": ("{title}：{heading}是怎样的？", "{title}：{heading}应该怎么做？"),
    "zh-Hant": ("{title}：{heading}是怎樣的？", "{title}：{heading}應該怎麼做？"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """The chunks under one heading of a document."""

    document: Document
    heading: str
    text: str


def draft(
    knowledge: KnowledgeRepository, knowledge_base: str, *, limit: int, seed: int = 13
) -> tuple[QuestionRow, ...]:
    """Return at most `limit` proposed questions, a seeded sample over all documents; NotFound for an unknown base.

    A heading that is a question, or is from an FAQ, is asked as it stands. Any other becomes a question about it, one
    about how to do it where steps follow; that of the page itself is passed over. The wording of the answer is the
    section's first sentence with a quantity, else its first sentence. Every draft needs a person: headings are not
    how customers ask.
    """
    knowledge.knowledge_base(knowledge_base)
    sections = (each for document in knowledge.documents(knowledge_base) for each in _sections(knowledge, document))
    rows = [row for section in sections if (row := draft_question(section)) is not None]
    return shuffled(rows, seed=seed, key=lambda row: row.id)[:limit]


def draft_question(section: Section) -> QuestionRow | None:
    """Return the question about a section; None if nothing in it could be an answer."""
    answer = _answer(section.text)
    if not section.heading or section.heading in section.document.title or answer is None:
        return None
    document = section.document
    return QuestionRow(
        id=f"draft-{stable_id(document.uri, section.heading)[:8]}",
        text=_text(section),
        language=document.language,
        kind=GoldenKind.ANSWERABLE,
        documents=(document.uri,),
        answers=(answer,),
        status="proposed",
    )


def _sections(knowledge: KnowledgeRepository, document: Document) -> Iterator[Section]:
    """Yield the stretches of neighbouring chunks under one heading."""
    texts: dict[tuple[str, ...], list[str]] = {}
    for chunk in knowledge.chunks(document.id, document.version):
        texts.setdefault(chunk.section, []).append(_body(chunk))
    for section, parts in texts.items():
        yield Section(document, section[-1] if section else "", "\n".join(parts))


def _body(chunk: Chunk) -> str:
    """Return the chunk without the headings that open it."""
    lines = chunk.text.split("\n")
    return "\n".join(line for line in lines if line.strip() not in chunk.section)


def _text(section: Section) -> str:
    heading = section.heading.strip()
    if _QUESTION.search(heading) or section.document.kind is DocumentKind.FAQ:
        return heading
    plain, steps = _ASKING.get(section.document.language, _ASKING["en"])
    many = sum(bool(_STEP.match(line)) for line in section.text.split("\n")) >= 2
    return (steps if many else plain).format(title=section.document.title, heading=heading.rstrip(".。:："))


def _answer(text: str) -> str | None:
    said = [_STEP.sub("", span.of(text)).strip() for span in sentences(text)]
    fit: Sequence[str] = [each for each in said if SHORTEST <= len(each) <= LONGEST and not _QUESTION.search(each)]
    return next((each for each in fit if quantities(each)), fit[0] if fit else None)

"""Export feedback and solved conversations as golden questions and dialogues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.domain.feedback import Feedback, FeedbackFilter, Review, Verdict
from engine.records import Records
from evals.datasets.rows import DialogueRow, QuestionRow
from evals.exporting.expectation import LeftOut
from evals.exporting.scrubbing import RowScrubber, clean
from evals.exporting.talk import Talk, dialogue_row, question_rows

__all__ = ["Export", "What", "export"]


class What(StrEnum):
    """What is exported: a question for each answer that somebody judged, or each solved conversation as a dialogue."""

    FEEDBACK = "feedback"
    CONVERSATIONS = "conversations"


@dataclass(frozen=True, slots=True)
class Export:
    """Rows without personal data, how many values of which kind were replaced, and how many were left out why.

    `refused` are the ids of rows that cannot be scrubbed, because a document's name holds personal data.
    """

    rows: tuple[QuestionRow | DialogueRow, ...]
    scrubbed: Mapping[str, int]
    left_out: Mapping[str, int]
    refused: tuple[str, ...] = ()

    @property
    def proposed(self) -> int:
        """How many rows wait for a person to approve them."""
        return sum(row.status == "proposed" for row in self.rows)


def export(records: Records, knowledge_base: str, *, what: What, since: datetime | None = None) -> Export:
    """Return the rows of feedback that was given `since` then, oldest first; NotFound for an unknown knowledge base.

    Of several verdicts on one answer the newest counts.
    """
    records.knowledge.knowledge_base(knowledge_base)
    scrubbed, left_out = Counter[str](), Counter[str]()
    rows: dict[str, QuestionRow | DialogueRow] = {}
    refused: list[str] = []
    for talk in _talks(records, knowledge_base, what, since):
        found, unfit = (dialogue_row if what is What.CONVERSATIONS else question_rows)(talk, records.knowledge)
        left_out += unfit
        scrubber = _scrubber(talk)
        for row in found:
            plain = scrubber.dialogue(row) if isinstance(row, DialogueRow) else scrubber.question(row)
            same = plain.model_dump_json(exclude={"id"})
            if not clean(plain):
                refused.append(row.id)
            elif same in rows:
                left_out[LeftOut.REPEATED] += 1
            else:
                rows[same] = plain
        scrubbed.update(scrubber.replaced)
    left_out[LeftOut.PERSONAL] += len(refused)
    return Export(tuple(rows.values()), scrubbed, +left_out, tuple(refused))


def _talks(records: Records, knowledge_base: str, what: What, since: datetime | None) -> Iterator[Talk]:
    wanted = records.feedback.reviews(FeedbackFilter(knowledge_base=knowledge_base, since=since))
    judged = _newest(wanted)
    solved = what is What.CONVERSATIONS
    chosen = (each for each in judged.values() if not solved or each.feedback.verdict is Verdict.SOLVED)
    for conversation in dict.fromkeys(review.exchange.conversation_id for review in chosen):
        verdicts = judged
        if solved:  # what was said of its other answers counts too, whenever that was
            verdicts = _newest(records.feedback.reviews(FeedbackFilter(conversation_id=conversation)))
        said = records.conversations.exchanges(conversation)
        yield Talk(
            turns=records.conversations.history(conversation),
            exchanges=[each for each in said if each.knowledge_base == knowledge_base],
            verdicts={answer: review.feedback for answer, review in verdicts.items()},
        )


def _newest(reviews: Iterable[Review]) -> dict[str, Review]:
    """Return the newest verdict on each answer, the oldest of those first."""
    newest: dict[str, Review] = {}
    for review in reviews:
        if review.feedback.verdict is not None:
            newest.setdefault(review.feedback.answer_id, review)
    return dict(reversed(newest.items()))


def _scrubber(talk: Talk) -> RowScrubber:
    given: list[Feedback] = [each for said in talk.exchanges if (each := talk.verdicts.get(said.answer_id))]
    beside = [text for each in given for text in (each.edited_text, each.comment) if text]
    return RowScrubber(talk.turns, beside, talk.exchanges[0].language)

"""A stored conversation with what people said of its answers, as rows of golden questions and dialogues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.domain.conversation import Turn, TurnAction
from engine.domain.exchange import Exchange
from engine.domain.feedback import Feedback
from engine.domain.knowledge import stable_id
from engine.ports import KnowledgeRepository
from evals.datasets.rows import DialogueRow, DialogueTurnRow, GoldenKind, QuestionRow, TurnRow
from evals.exporting.expectation import Expected, LeftOut, expected

__all__ = ["Talk", "dialogue_row", "question_rows"]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: its turns, its exchanges, and the newest verdict on each by answer id, as far as there are."""

    turns: Sequence[Turn]
    exchanges: Sequence[Exchange]
    verdicts: Mapping[str, Feedback]

    def expected(self, exchange: Exchange, knowledge: KnowledgeRepository) -> Expected | LeftOut:
        """Return what to expect of the answer, or why nothing."""
        in_charge = self.turns[exchange.position - 1].action is TurnAction.HANDOFF
        if in_charge and not exchange.answer:
            return LeftOut.IN_CHARGE
        return expected(exchange, self.verdicts.get(exchange.answer_id), knowledge)


def question_rows(talk: Talk, knowledge: KnowledgeRepository) -> tuple[list[QuestionRow], Counter[str]]:
    """Return a question for each answer that somebody judged, and how many are left out why."""
    rows, left_out = list[QuestionRow](), Counter[str]()
    for exchange in talk.exchanges:
        if exchange.answer_id not in talk.verdicts:
            continue
        wanted = talk.expected(exchange, knowledge)
        if isinstance(wanted, LeftOut):
            left_out[wanted] += 1
        else:
            rows.append(_question(exchange, wanted, talk.turns[: exchange.position - 1]))
    return rows, left_out


def dialogue_row(talk: Talk, knowledge: KnowledgeRepository) -> tuple[list[DialogueRow], Counter[str]]:
    """Return the conversation as one dialogue, or none, and how many of its messages are left out why.

    What follows a message that is left out, such as the reply to a question back, is asked as it stands alone.
    """
    turns, doubts, left_out, alone = list[DialogueTurnRow](), list[str](), Counter[str](), True
    for exchange in talk.exchanges:
        wanted = talk.expected(exchange, knowledge)
        if isinstance(wanted, LeftOut):
            left_out[wanted] += 1
        else:
            follows = not alone and exchange.standalone != exchange.question
            said = exchange.standalone if alone else exchange.question
            turns.append(_turn(said, _following(wanted) if follows else wanted))
            doubts += [f"Turn {len(turns)}. {doubt}" for doubt in wanted.doubts]
        alone = isinstance(wanted, LeftOut)
    if not turns:
        return [], left_out
    first = talk.exchanges[0]
    row = DialogueRow(
        id=f"solved-{_pseudonym(first)}",
        language=first.language,
        turns=tuple(turns),
        status="proposed" if doubts else "approved",
        note="\n".join(doubts),
    )
    return [row], left_out


def _question(exchange: Exchange, wanted: Expected, before: Sequence[Turn]) -> QuestionRow:
    """Return the question, with what was said before it if it cannot be understood or judged without."""
    needed = bool(before) and (exchange.standalone != exchange.question or wanted.hand_over is True)
    wanted = _following(wanted) if needed else wanted
    return QuestionRow(
        **dict(_turn(exchange.question if needed else exchange.standalone, wanted)),
        id=f"feedback-{_pseudonym(exchange)}",
        language=exchange.language,
        history=tuple(TurnRow(role=turn.role, text=turn.text, action=turn.action) for turn in before if needed),
        standalone=exchange.standalone if needed else "",
        status="proposed" if wanted.doubts else "approved",
        note="\n".join(wanted.doubts),
    )


def _turn(text: str, wanted: Expected) -> DialogueTurnRow:
    return DialogueTurnRow(
        text=text,
        kind=wanted.kind,
        documents=wanted.documents,
        answers=wanted.answers,
        evidence=wanted.evidence,
        hand_over=wanted.hand_over,
    )


def _following(wanted: Expected) -> Expected:
    return wanted if wanted.kind is GoldenKind.OUT_OF_SCOPE else replace(wanted, kind=GoldenKind.FOLLOW_UP)


def _pseudonym(exchange: Exchange) -> str:
    """Return what tells rows apart and names neither conversation nor customer."""
    return stable_id("export", exchange.answer_id)[:18]

"""Rows without personal data: one numbering of placeholders for a conversation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from engine.domain.conversation import Role, Turn
from engine.guard.findings import PersonalKind
from engine.guard.personal_data import Scrubber, find
from engine.languages.speaker_labels import Speaker
from evals.datasets.rows import DialogueRow, DialogueTurnRow, EvidenceRow, QuestionRow
from ingestion.transcripts.conversation import Conversation
from ingestion.transcripts.conversation import Turn as Utterance
from ingestion.transcripts.names import names_in

__all__ = ["RowScrubber", "clean"]

Turned = TypeVar("Turned", DialogueTurnRow, QuestionRow)
LOST = "What looks like personal data was replaced in all wordings of the answer."
_SPEAKERS = {Role.CUSTOMER: Speaker.CUSTOMER, Role.AGENT: Speaker.AGENT, Role.ASSISTANT: Speaker.BOT}


class RowScrubber:
    """Scrubs the rows that come from one conversation; the same person has the same placeholder in all of them."""

    def __init__(self, turns: Sequence[Turn], beside: Sequence[str], language: str) -> None:
        said = tuple(Utterance(_SPEAKERS[turn.role], turn.text) for turn in turns)
        names = names_in(Conversation(said, closing=tuple(beside)), language)
        self._scrubber = Scrubber(language, names)
        self._scrubber.reserve((*(turn.text for turn in turns), *beside))

    @property
    def replaced(self) -> tuple[PersonalKind, ...]:
        """The kind of each value that was replaced so far."""
        return tuple(each.kind for each in self._scrubber.replaced)

    def question(self, row: QuestionRow) -> QuestionRow:
        """Return the question without personal data."""
        scrub = self._scrubber.scrub
        history = tuple(turn.model_copy(update={"text": scrub(turn.text)}) for turn in row.history)
        plain, lost = self._expected(row.model_copy(update={"history": history}))
        more = {"standalone": scrub(row.standalone), **_status(row, scrub(row.note), [LOST] if lost else [])}
        return plain.model_copy(update=more)

    def dialogue(self, row: DialogueRow) -> DialogueRow:
        """Return the dialogue without personal data."""
        turns = [self._expected(turn) for turn in row.turns]
        doubts = [f"Turn {number}. {LOST}" for number, (_, lost) in enumerate(turns, 1) if lost]
        more = {"turns": tuple(turn for turn, _ in turns), **_status(row, self._scrubber.scrub(row.note), doubts)}
        return row.model_copy(update=more)

    def _expected(self, row: Turned) -> tuple[Turned, bool]:
        """Return what is expected, and whether no wording of the answer is left as it was.

        Wordings and quotes that are not what the documents say any more are left out where others remain.
        """
        scrub = self._scrubber.scrub
        text = scrub(row.text)
        answers = tuple(map(scrub, row.answers))
        intact = tuple(each for each, before in zip(answers, row.answers, strict=True) if each == before)
        evidence = tuple(
            each if scrub(each.quote) == each.quote else EvidenceRow(document=each.document) for each in row.evidence
        )
        changed = row.model_copy(update={"text": text, "answers": intact or answers, "evidence": evidence})
        return changed, bool(answers) and not intact


def clean(row: QuestionRow | DialogueRow) -> bool:
    """Tell whether nothing in the row looks like personal data: also not what must stay, such as names of documents."""
    return not any(find(text, row.language) for text in _texts(row.model_dump(exclude={"id"})))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _all(value.values())
    elif isinstance(value, list | tuple):
        yield from _all(value)


def _all(values: Iterable[object]) -> Iterator[str]:
    for each in values:
        yield from _texts(each)


def _status(row: QuestionRow | DialogueRow, note: str, doubts: Sequence[str]) -> dict[str, object]:
    status = "proposed" if doubts else row.status
    return {"status": status, "note": "\n".join(filter(None, (note, *doubts)))}

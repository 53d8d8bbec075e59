"""Question files over a folder of documents, or over a knowledge base that is there already, as a unit of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path

from engine.answering.questions import question_types
from engine.domain.conversation import Role, Turn
from engine.domain.knowledge import stable_id
from engine.errors import InvalidInput
from evals.datasets.golden import Dialogue, GoldenQuestion, QuestionSet, load_questions, question_files
from evals.index import build_index, cached_folder
from evals.runs.case import Case
from evals.runs.manifest import UnitPlan
from evals.runs.scoring import Put, answer_case
from evals.runs.units import Event, Work, concurrently
from evals.sampling import shuffled
from evals.subject import Desk

__all__ = ["QuestionUnit"]


@dataclass(frozen=True)
class QuestionUnit:
    """Questions and dialogues of files over the documents of a folder; at most `limit` questions, a sample of `seed`.

    Without `knowledge` they can only be put to a knowledge base that is there already.
    """

    name: str
    questions: tuple[Path, ...]
    knowledge: Path | None = None
    limit: int | None = None
    seed: int = 13

    def __getstate__(self) -> dict[str, object]:
        """Leave what was read behind: another process reads it again."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def plan(self) -> UnitPlan:
        """Hash the question files and the documents."""
        asked = _hash(file for path in self.questions for file in question_files(path))
        cases = len(self._set.questions) + sum(len(each.turns) for each in self._set.dialogues)
        return UnitPlan(self.name, stable_id(asked, _hash(self._files)), len(self._files), cases)

    def run(self, work: Work) -> Iterator[Event]:
        """Index the documents by the production path, then ask."""
        if self.knowledge is None:
            raise InvalidInput(f"Unit {self.name!r} has no documents.", remedy="Name their folder with --knowledge.")
        knowledge = self.knowledge
        key = f"{_hash(self._files)} {work.system.index_signature}"
        with cached_folder(key, work.indexes) as folder:
            yield from build_index(work.system, folder, lambda subject: subject.add_folder(knowledge))
            with work.system.open(folder) as subject:
                yield from self.ask(subject, work.done)

    def ask(self, desk: Desk, done: Collection[str] = (), *, threads: int = 1) -> Iterator[Case]:
        """Put each question, and hold each dialogue."""
        puts = (self._put(question) for question in self._set.questions)
        left = (put for put in puts if put.id not in done)
        yield from concurrently(lambda put: answer_case(desk, put)[0], left, threads=threads)
        for cases in concurrently(lambda each: self._held(desk, each), self._set.dialogues, threads=threads):
            yield from (case for case in cases if case.id not in done)

    def _held(self, desk: Desk, dialogue: Dialogue) -> list[Case]:
        """Hold a dialogue from its beginning: each message follows the answers that the system really gave."""
        history, cases = tuple[Turn, ...](), list[Case]()
        for number, turn in enumerate(dialogue.turns, 1):
            put = self._put(replace(turn, history=history), turn=number)
            case, answer = answer_case(desk, put)
            cases.append(case)
            said = case.answer or (answer.abstained.message if answer and answer.abstained else "")
            history = (*history, Turn(Role.CUSTOMER, turn.text), *([Turn(Role.ASSISTANT, said)] if said else []))
        return cases

    def _put(self, question: GoldenQuestion, *, turn: int = 0) -> Put:
        slices: Mapping[str, str] = {
            "dataset": self.name,
            "language": question.language,
            "kind": question.kind.value,
            "question": _type(question),
            **({"turn": str(turn)} if turn else {}),
        }
        return Put(f"{self.name}/{question.id}", self.name, question, slices, retrieval=True)

    @cached_property
    def _set(self) -> QuestionSet:
        found = load_questions(*self.questions)
        if not found.questions and not found.dialogues:
            problem = f"{self.name} has no approved questions, {found.proposed} are only proposed."
            raise InvalidInput(problem, remedy='Read them and set "status" to "approved".')
        if self.limit is None:
            return found
        sample = shuffled(found.questions, seed=self.seed, key=lambda each: each.id)[: self.limit]
        return replace(found, questions=sample)

    @cached_property
    def _files(self) -> tuple[Path, ...]:
        return tuple(sorted(path for path in self.knowledge.rglob("*") if path.is_file())) if self.knowledge else ()


def _hash(files: Iterable[Path]) -> str:
    return stable_id(*(part for file in files for part in (file.name, hashlib.sha256(file.read_bytes()).hexdigest())))


def _type(question: GoldenQuestion) -> str:
    types = sorted(question_types(question.standalone or question.text, question.language))
    return types[0].value if len(types) == 1 else "several" if types else "other"

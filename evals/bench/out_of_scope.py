"""Does confidence tell questions that a FAQ answers from others: intents as answers, utterances as questions.

A folder of intents holds NAME.train.jsonl, NAME.val.jsonl, NAME.oos_train.jsonl and NAME.oos_val.jsonl, each line with
"text" and "intent" (CLINC150 as published). Each training utterance becomes an entry of a FAQ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.answering.confidence import Matter
from engine.answering.neighbours import neighbours
from engine.domain.knowledge import stable_id
from evals.confidence_examples import DEPTH, RERANKER, Example
from evals.datasets.beir import FITTING_SEED
from evals.datasets.jsonl import read_records
from evals.engine_system import engine_system
from evals.index import build_index, cached_folder
from evals.metrics import auroc
from evals.report import Track, quiet
from evals.sampling import halves, shuffled
from evals.subject import Indexed, Subject

__all__ = ["Intents", "OutOfScope", "Utterance", "faq_examples", "read_intents", "run_out_of_scope"]

OUT = "oos"
REPEATED = 4  # questions out of scope are few in the data and not so few at a desk


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said, and its intent; none where it is out of scope."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Intents:
    """What becomes the FAQ, and the halves of the questions: models are fitted on `seen`, `unseen` is measured."""

    entries: tuple[Utterance, ...]
    seen: tuple[Utterance, ...]
    unseen: tuple[Utterance, ...]

    @property
    def key(self) -> str:
        """Name the content of the FAQ."""
        return stable_id(*(f"{each.intent} {each.text}" for each in self.entries))


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """How many questions were asked, what was reached, and how often the answer was the right intent."""

    in_scope: int
    out_of_scope: int
    auroc: float
    right: float
    out_of_scope_withheld_at_95: float

    def as_json(self) -> dict[str, float]:
        """Return the document that `--json` prints."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def read_intents(folder: Path, name: str, *, each: int | None = None) -> Intents:
    """Read a folder of intents, at most `each` utterances an intent; validation questions are halved at random."""
    read = {part: _utterances(folder / f"{name}.{part}.jsonl") for part in ("train", "val", "oos_train", "oos_val")}
    order = shuffled((u for u in read["train"] if u.intent), seed=FITTING_SEED, key=lambda u: u.text)
    by_intent: dict[str, list[Utterance]] = {}
    for utterance in order:
        by_intent.setdefault(utterance.intent, []).append(utterance)
    entries = tuple(u for found in by_intent.values() for u in found[:each])
    first, second = halves((u for u in read["val"] if u.intent), seed=FITTING_SEED, key=lambda u: u.text)
    return Intents(entries, (*first, *read["oos_train"]), (*second, *read["oos_val"]))


def _utterances(file: Path) -> tuple[Utterance, ...]:
    rows = ((row.text("text"), row.text("intent", default="")) for row in read_records(file))
    return tuple(Utterance(text, "" if intent == OUT else intent) for text, intent in rows)


def run_out_of_scope(intents: Intents, *, cache: Path | None = None, track: Track = quiet) -> OutOfScope:
    """Ask the unseen questions of the FAQ, nothing withheld."""
    with _opened(intents, cache) as folder, engine_system().open(folder) as subject:
        asked = (subject.answer(each.text, threshold=0.0) for each in intents.unseen)
        answers = list(track(asked, total=len(intents.unseen), description="Asking"))
    known = [bool(each.intent) for each in intents.unseen]
    sure = [answer.confidence for answer in answers]
    right = [
        answer.text is not None and _said(each.intent) in answer.text.text
        for each, answer in zip(intents.unseen, answers, strict=True)
        if each.intent
    ]
    inside = sorted((c for c, is_known in zip(sure, known, strict=True) if is_known), reverse=True)
    least = inside[int(0.95 * len(inside)) - 1]
    outside = [c for c, is_known in zip(sure, known, strict=True) if not is_known]
    return OutOfScope(
        in_scope=len(inside),
        out_of_scope=len(outside),
        auroc=auroc(sure, known),
        right=sum(right) / len(right),
        out_of_scope_withheld_at_95=sum(c < least for c in outside) / len(outside),
    )


def faq_examples(folder: Path, name: str, *, cache: Path | None = None) -> tuple[list[Example], list[Example]]:
    """Return the examples of both halves; those out of scope come REPEATED times, about a fifth of all then."""
    intents = read_intents(folder, name)
    with _opened(intents, cache) as data, engine_system().open(data) as subject:
        parts = [[example for each in part for example in _examples(subject, each)] for part in _parts(intents)]
    return parts[0], parts[1]


def _parts(intents: Intents) -> tuple[tuple[Utterance, ...], tuple[Utterance, ...]]:
    return intents.seen, intents.unseen


def _examples(subject: Subject, asked: Utterance) -> Iterator[Example]:
    found = subject.candidates(asked.text, limit=DEPTH)
    around = neighbours(found.query, found.passages, RERANKER)
    if around is not None:
        right = bool(asked.intent) and found.passages[0].text.endswith(_said(asked.intent))
        example = Example(Matter.WORDINGS, around, bool(asked.intent), right)
        yield from [example] * (1 if asked.intent else REPEATED)


@contextmanager
def _opened(intents: Intents, cache: Path | None) -> Iterator[Path]:
    """Yield the folder of an index of the FAQ, one file an entry, by the production path."""
    system = engine_system()
    with cached_folder(f"{intents.key} {system.index_signature}", cache) as data:
        with TemporaryDirectory() as scratch:
            entries = Path(scratch)

            def filled(subject: Subject) -> Iterator[Indexed]:
                for number, each in enumerate(intents.entries):
                    entry = {"question": each.text, "answer": _said(each.intent)}
                    (entries / f"{number:05}.json").write_text(json.dumps(entry), encoding="utf-8")
                yield from subject.add_folder(entries)

            for _ in build_index(system, data, filled):
                pass
        yield data


def _said(intent: str) -> str:
    return intent.replace("_", " ")

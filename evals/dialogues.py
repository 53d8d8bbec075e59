"""Evaluate conversations on the sample knowledge base: follow-ups, hand-overs and questions back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from evals.actions import ActionOutcome, act, action_metrics
from evals.datasets.golden import GoldenQuestion
from evals.datasets.rows import ActionRow
from evals.follow_ups import FollowUpOutcome, follow_up_metrics, search_follow_ups
from evals.report import Stopwatch, Summary, Track, quiet
from evals.sampling import halves
from evals.subject import Indexed, System

__all__ = ["DialogueReport", "Dialogues", "Half", "half_of", "run_dialogues"]


class Half(StrEnum):
    """Which dialogues: those that rules may be tuned on, the others, whose figures are reported, or all."""

    ALL = "all"
    DEVELOPMENT = "development"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Dialogues:
    """Follow-ups with their history and human-written standalone form, and messages that call for an action."""

    follow_ups: tuple[GoldenQuestion, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class DialogueReport:
    """A run over dialogues: metrics over all in `summary`, and the same by language."""

    summary: Summary
    languages: Mapping[str, Mapping[str, float]]
    follow_ups: tuple[FollowUpOutcome, ...]
    actions: tuple[ActionOutcome, ...]
    failures: tuple[Indexed, ...]

    def as_json(self) -> dict[str, object]:
        """Return the document that `--json` prints."""
        return {**self.summary.as_json(), "languages": {tag: dict(row) for tag, row in self.languages.items()}}

    def details(self) -> dict[str, object]:
        """Return the same with every dialogue's outcome."""
        follow_ups, actions = map(asdict, self.follow_ups), map(asdict, self.actions)
        return {**self.as_json(), "follow_ups": list(follow_ups), "actions": list(actions)}


def run_dialogues(
    system: System, dialogues: Dialogues, *, knowledge: Path, half: Half = Half.ALL, track: Track = quiet
) -> DialogueReport:
    """Index the files under `knowledge`, hold every dialogue, and report; `half` names what `dialogues` are."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="knowdesk-eval-") as folder, system.open(Path(folder)) as subject:
        files = sum(path.is_file() for path in knowledge.rglob("*"))
        indexing = track(subject.add_folder(knowledge), total=files, description="Indexing")
        failures = tuple(document for document in indexing if document.failure)
        asked = search_follow_ups(subject, dialogues.follow_ups)
        follow_ups = tuple(track(asked, total=len(dialogues.follow_ups), description="Following up"))
        acted = tuple(track(act(subject, dialogues.actions), total=len(dialogues.actions), description="Acting"))
    languages = sorted({each.language for each in follow_ups} | {each.language for each in acted})
    by_language = {
        tag: _metrics([each for each in follow_ups if each.language == tag], [a for a in acted if a.language == tag])
        for tag in languages
    }
    count = len(follow_ups) + len(acted)
    summary = Summary("dialogues", half, count, _metrics(follow_ups, acted), system.settings, watch.seconds)
    return DialogueReport(summary, by_language, follow_ups, acted, failures)


def _metrics(follow_ups: Sequence[FollowUpOutcome], actions: Sequence[ActionOutcome]) -> Mapping[str, float]:
    found = follow_up_metrics(follow_ups)
    return {**found, **(action_metrics(actions) if actions else {})}


def half_of(rows: tuple[GoldenQuestion, ...], half: Half, *, seed: int) -> tuple[GoldenQuestion, ...]:
    """Return a half of the rows, chosen by seed and id."""
    if half is Half.ALL:
        return rows
    development, reported = halves(rows, seed=seed, key=lambda row: row.id)
    return development if half is Half.DEVELOPMENT else reported

"""Fit how suggestions are weighed; run as a module.

    python -m evals.fit_suggestions DATA_DIR

prints the weights for `engine.assist.suggesting.ranking.FIT`. DATA_DIR has the sample in knowledge base `bench`, as
`knowdesk bench suggestions --data-dir` leaves it. What it learns from: one seeded half of the sample's conversations,
the sample's golden questions, and its examples of intents, which tell about canned replies alone. The other half of the
conversations is for `knowdesk bench suggestions`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.assembly import build_assist, build_engine
from engine.assist.service import Assist
from engine.assist.suggesting.candidate import Candidate
from engine.assist.triage.taxonomy import read_taxonomy
from engine.domain.conversation import Role
from engine.domain.suggestion import Suggestion, SuggestionKind
from engine.ports import LanguageDetector
from engine.settings import load_settings
from evals.bench.suggestions.command import KNOWLEDGE_BASE, SEED, prepared
from evals.bench.suggestions.replaying import request_of, says_the_same
from evals.datasets.golden import SAMPLE_FOLDER
from evals.datasets.rows import TurnRow
from evals.datasets.suggestions import SentReply, asked_replies, load_sent_replies
from evals.sampling import halves

__all__ = ["KINDS", "examples", "fitted", "main"]

KINDS = (SuggestionKind.CANNED, SuggestionKind.KNOWLEDGE, SuggestionKind.SIMILAR_CASE)
WANTED = {
    "track_parcel": ("parcel-late", "order-number"),
    "lost_or_damaged_parcel": ("parcel-lost", "damaged", "missing-part"),
    "change_order": ("change-address",),
    "cancel_order": ("change-address",),
    "return_item": ("return-how",),
    "refund_status": ("refund-when",),
    "invoice": ("invoice",),
}
"""Canned replies of the sample for intents of its taxonomy."""
RIDGE = 0.1  # of the weights, chosen by leaving each conversation out
KIND_RIDGE = 1.0  # of what sets a kind apart: few conversations tell little of it
STEPS = 100
NAMES = ("late", "title", "coverage")

Matrix = NDArray[np.float64]


def examples(
    assist: Assist, replies: Sequence[SentReply], kinds: Sequence[SuggestionKind] = KINDS
) -> tuple[Matrix, Matrix]:
    """Return a row for each candidate of these kinds in each conversation, and whether it says what was sent.

    A row has the signals NAMES, the lead, 1, and then lead and 1 in the two columns of its kind. `foreign` is left out:
    the sample has no case of it.
    """
    shortcuts = {each.id: each.shortcut for each in assist.canned.repository.replies(KNOWLEDGE_BASE)}
    rows, right = [], []
    for reply in replies:
        for candidate, signals in assist.suggesting.weighed(KNOWLEDGE_BASE, request_of(reply)):
            if signals is not None and candidate.kind in kinds:
                shared = [getattr(signals, name) for name in NAMES]
                own = [(signals.lead, 1.0) if candidate.kind is kind else (0.0, 0.0) for kind in KINDS]
                rows.append((*shared, signals.lead, 1.0, *(value for pair in own for value in pair)))
                right.append(float(says_the_same(_shown(candidate), reply, lambda key: shortcuts.get(key, ""))))
    return np.array(rows), np.array(right)


def fitted(rows: Matrix, right: Matrix) -> Matrix:
    """Return the weights of a logistic regression by Newton's method, in the order of the columns."""
    weights = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], KIND_RIDGE)
    penalty[: len(NAMES) + 1] = RIDGE
    penalty[len(NAMES) + 1] = 1e-3  # the intercept is free
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (chance - right) + penalty * weights
        curve = (rows.T * (chance * (1 - chance))) @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main(data_dir: Path) -> None:
    """Print the weights."""
    replies = load_sent_replies(SAMPLE_FOLDER / "golden" / "suggestions")
    engine = build_engine(load_settings(data_dir=data_dir))
    try:
        assist = prepared(build_assist(engine, load_settings()))
        told = examples(assist, halves(replies, seed=SEED, key=lambda each: each.id)[0])
        asked = examples(assist, asked_replies())
        wanting = examples(assist, tuple(_wanting(engine.parts.detector)), (SuggestionKind.CANNED,))
        rows, right = zip(told, asked, wanting, strict=True)
        weights = fitted(np.vstack(rows), np.concatenate(right))
    finally:
        engine.close()
    signals, (lead, intercept, *own) = weights[: len(NAMES)], weights[len(NAMES) :]
    found = dict(zip(NAMES, signals, strict=True))
    found |= {f"lead of {kind}": lead + each for kind, each in zip(KINDS, own[::2], strict=True)}
    found |= {f"intercept of {kind}": intercept + each for kind, each in zip(KINDS, own[1::2], strict=True)}
    sys.stdout.write("".join(f"{name}: {weight:.2f}\n" for name, weight in found.items()))


def _wanting(detector: LanguageDetector) -> Iterator[SentReply]:
    """Yield the sample's examples of intents that canned replies are written for."""
    for intent in read_taxonomy(SAMPLE_FOLDER / "intents.yaml"):
        for at, text in enumerate(intent.examples if intent.id in WANTED else ()):
            turn = TurnRow(role=Role.CUSTOMER, text=text)
            yield SentReply(
                id=f"{intent.id}/{at}",
                language=detector.detect(text),
                turns=(turn,),
                sent=text,
                canned=WANTED[intent.id],
            )


def _shown(candidate: Candidate) -> Suggestion:
    return Suggestion(
        "",
        candidate.kind,
        candidate.key,
        candidate.title,
        candidate.text,
        candidate.language,
        0.0,
        "",
        candidate.evidence,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The job that brings another index into use."""

from __future__ import annotations

import time
from dataclasses import replace

from engine.domain.trial import IndexTrial
from engine.errors import Conflict
from engine.ports import BuiltIndex
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.pulse import Pulse
from ingestion.jobs.values import Reembed
from ingestion.jobs.work import PLAN, Step
from ingestion.reembedding.service import Reembedding
from ingestion.report import IngestReport, summed

__all__ = ["change_index"]


def change_index(order: Reembed, indexes: Reembedding, pulse: Pulse, step: Step) -> Outcome:
    """Build the index that is ordered, or go on with it, compare it, and change over to it.

    Raises Stopped at the next sign of life after the job is to stop, Conflict if the index finds too little.
    """
    began = time.perf_counter()
    pulse.note(phase="listing")

    def chosen() -> str:
        return indexes.begin(order.model, again=order.again).slot if order.model else order.slot

    built = indexes.index(step(PLAN, chosen))
    pulse.note(phase="writing")
    documents = chunks = 0
    for filled in indexes.fill(built):
        documents, chunks = filled.total, filled.chunks
        pulse.note(files=filled.done, files_total=filled.total, chunks=filled.chunks)
    pulse.note(phase="finishing")
    if order.gate is not None:
        built = _passed(indexes.compare(built, order.gate, on_question=pulse.beat))
    indexes.use(built, on_wait=pulse.beat)
    return Outcome(_report(documents, chunks, time.perf_counter() - began))


def _passed(built: BuiltIndex) -> BuiltIndex:
    """Return an index that finds enough, or raise Conflict."""
    if built.trial and not built.trial.passed:
        raise Conflict(
            f"The index built with {built.source} finds less than the one in use: {_told(built.trial)}.",
            remedy="Use it all the same, or drop it.",
        )
    return built


def _told(trial: IndexTrial) -> str:
    """Return in words where less is found."""
    found = ((name or "all languages", trial.found[name]) for name in trial.worse)
    return "; ".join(f"{name} MRR@10 {each.after:.3f} instead of {each.before:.3f}" for name, each in found)


def _report(documents: int, chunks: int, seconds: float) -> IngestReport:
    return replace(summed(()), unchanged=documents, chunks=chunks, embedded=chunks, seconds=seconds)

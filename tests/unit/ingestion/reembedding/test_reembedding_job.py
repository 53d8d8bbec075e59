from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest

from engine.errors import Conflict
from engine.ports import Vector
from engine.service import Engine
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.pulse import Pulse, Stopped
from ingestion.jobs.reembedding import change_index
from ingestion.jobs.values import JobProgress, JobSpec, Reembed, SourceSpec
from ingestion.reembedding.gate import Gate
from ingestion.reembedding.service import Reembedding
from tests.fakes.embedding import HashEmbedder
from tests.unit.ingestion.reembedding.shop import KB, MODELS, QUESTIONS

ORDER = Reembed("other", gate=Gate(QUESTIONS))


class Steps:
    """Remembers what each step came to, as the job system does."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def __call__(self, name: str, function: Callable[[], str]) -> str:
        if name not in self.kept:
            self.kept[name] = function()
        return self.kept[name]


class Stopping(HashEmbedder):
    """Has the job stopped while it embeds."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(32, model="other")
        self.stop = stop

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.stop.set()
        return super().embed_passages(texts)


def run(indexes: Reembedding, steps: Steps, order: Reembed = ORDER, stop: threading.Event | None = None) -> Outcome:
    shown = list[JobProgress]()
    outcome = change_index(order, indexes, Pulse(shown.append, lambda: False, stop or threading.Event()), steps)
    phases = [each.phase for each in shown]
    assert list(dict.fromkeys(phases)) == ["listing", "writing", "finishing"]
    return outcome


def test_a_job_that_was_stopped_goes_on_with_the_index_that_it_began(
    engine: Engine, indexes: Reembedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, stop = Steps(), threading.Event()
    with monkeypatch.context() as patch:
        patch.setitem(MODELS, "other", Stopping(stop))
        with pytest.raises(Stopped):
            run(indexes, steps, stop=stop)
    before = engine.open_index(KB)
    assert [before, "2"] == [indexes.indexes()[0], indexes.indexes()[1].slot]
    outcome = run(indexes, steps)
    assert (outcome.report.unchanged, outcome.report.chunks) == (3, 3)
    in_use = engine.open_index(KB)
    assert in_use
    assert (in_use.slot, len(indexes.indexes())) == ("2", 2)


def test_a_job_that_was_done_but_not_noted_is_done_again_without_harm(engine: Engine, indexes: Reembedding) -> None:
    steps = Steps()
    first, again = run(indexes, steps), run(indexes, steps)
    assert (first.report.chunks, again.report.chunks) == (3, 0)
    assert len(indexes.indexes()) == 2


def test_what_finds_less_is_told_by_language(indexes: Reembedding, monkeypatch: pytest.MonkeyPatch) -> None:
    ranks = iter([1.0, 0.25] * 23)
    monkeypatch.setattr("ingestion.reembedding.trying._rank", lambda *_: next(ranks))
    many = Gate((*QUESTIONS, *[QUESTIONS[0]] * 20), tolerance=0.7)
    message = r"all languages MRR@10 0\.250 instead of 1\.000; en MRR@10 0\.250 instead of 1\.000"
    with pytest.raises(Conflict, match=message):
        run(indexes, Steps(), Reembed("other", gate=many))


def test_an_order_is_kept_as_it_is() -> None:
    spec = JobSpec(KB, (SourceSpec("reembed", "other"),), reembed=Reembed("other", again=True, gate=ORDER.gate))
    assert JobSpec.from_json(spec.to_json()) == spec
    assert JobSpec.from_json('{"knowledge_base": "shop", "sources": []}').reembed is None

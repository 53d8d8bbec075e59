"""What a job does, block by block, whoever keeps the results of its steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Final, Protocol

from engine.domain.knowledge import ParsedDocument
from engine.errors import BackendFailed, InvalidInput
from ingestion.jobs.ahead import Ahead, Begun, is_indexed
from ingestion.jobs.fetched import fetched_once
from ingestion.jobs.opening import Opener, Plan, open_sources, planned, taken
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.patience import Patience
from ingestion.jobs.pulse import Pulse
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import JobSpec
from ingestion.jobs.vectors import SteadyEmbedder
from ingestion.parsing import Limits
from ingestion.pipeline import ingest
from ingestion.report import Failure, IngestReport, summed
from ingestion.sources import Readable, Source, Unavailable
from ingestion.target import IngestOptions, IngestTarget
from ingestion.workers.pool import ParsePool

__all__ = ["PLAN", "Step", "Tools", "Work"]

PLAN: Final = "plan"  # name of the step whose result is no outcome


class Step(Protocol):
    """Runs a function once and keeps what it returned: after a restart it returns that."""

    def __call__(self, name: str, function: Callable[[], str]) -> str:
        """Return the result of `function`, now or from before."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What jobs work with. `target` returns where the documents of a tenant's knowledge base go."""

    target: Callable[[str, str], IngestTarget]
    openers: Mapping[str, Opener]
    pool: ParsePool
    turns: Turns
    limits: Limits
    patience: Patience = field(default_factory=Patience)


class Work:
    """One job at work in this process; what it must not do twice after a restart is kept in `folder`."""

    def __init__(self, spec: JobSpec, tools: Tools, pulse: Pulse, folder: Path) -> None:
        self._spec = spec
        self._tools = tools
        self._pulse = pulse
        self._folder = folder
        self._target, self._embedder = self._aimed()
        self._options = IngestOptions(limits=tools.limits)
        self._ahead = Ahead(tools.pool, self._options, check=pulse.check)
        self._started: dict[int, Begun] = {}
        self._outcomes: list[Outcome] = []

    def run(self, step: Step) -> Outcome:
        """Do it; what `step` remembers is not done again.

        Raises Stopped at the next sign of life after the job is to stop, and the engine's errors for what concerns
        the job as a whole.
        """
        try:
            plan = Plan.from_json(step(PLAN, self._plan))
            for number in range(len(plan.blocks)):
                self._outcomes.append(Outcome.from_json(step(f"block {number}", partial(self._block, plan, number))))
            for at in plan.complete:
                self._outcomes.append(Outcome.from_json(step(f"end {at}", partial(self._end, at))))
        finally:
            self._ahead.close()
        return self._total

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        opened = open_sources(self._spec, self._tools.openers)
        return tuple(fetched_once(source, self._folder / "fetched") for source in opened)

    @property
    def _found(self) -> IngestTarget:
        """What is written to as things stand."""
        return self._tools.target(self._spec.tenant, self._spec.knowledge_base)

    def _aimed(self) -> tuple[IngestTarget, SteadyEmbedder]:
        """Return what is written to, and its embedder, which can be stopped."""
        found = self._found
        file = self._folder / f"vectors{found.slot}"
        embedder = SteadyEmbedder(found.embedder, file, on_portion=self._pulse.beat)
        return replace(found, embedder=embedder), embedder

    @property
    def _total(self) -> Outcome:
        reports = summed(outcome.report for outcome in self._outcomes)
        return Outcome(reports, sum(outcome.pages for outcome in self._outcomes))

    def _plan(self) -> str:
        self._pulse.note(phase="listing")
        return planned(self._sources).to_json()

    def _block(self, plan: Plan, number: int) -> str:
        began = time.perf_counter()
        self._note_total(sum(len(block.uris) for block in plan.blocks[number:]))
        self._pulse.note(phase="parsing")
        begun = self._begun(plan, number)
        watch = partial(self._watch, begun, self._pulse.progress.pages)
        parsed = self._ahead.finish(begun, on_wait=watch)
        watch()
        if number + 1 < len(plan.blocks):
            self._started[number + 1] = self._begun(plan, number + 1)
        source = self._sources[plan.blocks[number].source]
        rebuild = self._spec.rebuild and number == 0
        options = replace(self._options, parse=parsed.parse, rebuild=rebuild)
        report = self._patiently(lambda: self._ingest(parsed.files, source.name, options))
        self._embedder.forget()
        return Outcome(replace(report, seconds=time.perf_counter() - began), parsed.pages).to_json()

    def _watch(self, begun: Begun, before: int) -> None:
        """Give a sign of life, with the pages that are done."""
        self._pulse.note(pages=before + begun.pages, parsed=begun.parsed, note=begun.note)

    def _end(self, at: int) -> str:
        """Look at a whole source once more, to delete what is gone from it; what failed is not tried again."""
        self._note_total(0)
        self._pulse.note(phase="finishing")
        source = self._sources[at]
        failed = {failure.uri: failure for outcome in self._outcomes for failure in outcome.report.failures}
        files = [_unavailable(file, failed[file.uri]) if file.uri in failed else file for file in source.files]
        rebuild = self._spec.rebuild and not self._outcomes
        options = replace(self._options, parse=partial(self._parse_but, failed), rebuild=rebuild)
        report = self._patiently(lambda: self._ingest(files, source.name, options, synchronize=True))
        self._embedder.forget()
        new = tuple(failure for failure in report.failures if failure.uri not in failed)
        return Outcome(replace(report, unchanged=0, failed=len(new), failures=new)).to_json()

    def _ingest(
        self, files: Sequence[Readable], source: str, options: IngestOptions, *, synchronize: bool = False
    ) -> IngestReport:
        """Ingest, and give signs of life; only now does the job keep others from writing."""
        base = self._pulse.progress
        self._pulse.note(phase="waiting", note="")
        with self._tools.turns.turn(self._spec.line, on_wait=self._pulse.beat):
            self._pulse.note(phase="writing")
            if self._target.built != self._found.built:  # another index is in use since the last block
                self._target, self._embedder = self._aimed()
            for event in ingest(files, target=self._target, source=source, synchronize=synchronize, options=options):
                if isinstance(event, IngestReport):
                    return event
                done = 0 if synchronize else event.done
                parsed = max(0.0, base.parsed - done)
                chunks = base.chunks + event.chunks
                self._pulse.note(files=base.files + done, parsed=parsed, chunks=chunks, uri=event.uri)
        raise AssertionError("an ingestion ends with its report")

    def _begun(self, plan: Plan, number: int) -> Begun:
        if number in self._started:
            return self._started.pop(number)
        block = plan.blocks[number]
        source = self._sources[block.source].name
        return self._ahead.start(
            taken(block, self._sources),
            fetch=self._fetch,
            is_current=partial(is_indexed, self._target, self._options, source),
        )

    def _fetch(self, read: Callable[[], bytes]) -> bytes:
        """Read a file, more than once if need be; what is away for long is a failure of this file only."""
        try:
            return self._tools.patience.retrying(self._pulse.sleep)(read)
        except BackendFailed as error:
            raise InvalidInput(error.message, remedy=error.remedy or "Retry the job later.") from error

    def _parse_but(self, failed: Mapping[str, Failure], data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        if name in failed:
            raise InvalidInput(failed[name].error, remedy=failed[name].remedy)
        return self._tools.pool.parse(data, name=name, limits=limits, on_wait=self._pulse.beat)

    def _patiently(self, function: Callable[[], IngestReport]) -> IngestReport:
        """Call a function again, after longer and longer pauses, while a backend fails."""
        return self._tools.patience.retrying(self._pulse.pause, self._tell)(function)

    def _tell(self, message: str) -> None:
        self._pulse.note(phase="waiting", note=message)

    def _note_total(self, to_do: int) -> None:
        """Set the progress to what the steps so far have done, with so many files still to do."""
        so_far = self._total.progress
        self._pulse.note(
            files=so_far.files,
            files_total=so_far.files + to_do,
            failed=so_far.failed,
            chunks=so_far.chunks,
            pages=so_far.pages,
            parsed=0.0,
        )


def _unavailable(file: Readable, failure: Failure) -> Unavailable:
    return Unavailable(file.uri, failure.error, failure.remedy, file.title, file.notes)

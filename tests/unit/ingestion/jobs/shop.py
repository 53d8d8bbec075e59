"""Jobs over a knowledge base in memory, with steps that are remembered in a dictionary."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.domain.knowledge import ParsedDocument
from ingestion.jobs.opening import Opener
from ingestion.jobs.outcome import Outcome
from ingestion.jobs.patience import Patience
from ingestion.jobs.pulse import Pulse
from ingestion.jobs.turns import Turns
from ingestion.jobs.values import PLACE, REINDEX, JobProgress, JobSpec, SourceSpec
from ingestion.jobs.work import Tools, Work
from ingestion.parsing import Limits
from ingestion.sources import Readable, Source, open_source
from ingestion.workers.pool import NoPool, ParsePool
from tests.unit.ingestion.memory import KB, Place
from tests.unit.ingestion.workers.hooks import plain

__all__ = ["Shop", "SourceOf", "write_files"]


def write_files(folder: Path, count: int, *, text: str = "Paragraph {} of a manual.") -> None:
    """Write so many text files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(text.format(number))


@dataclass
class SourceOf:
    """A source that is given, not found."""

    files: Sequence[Readable]
    name: str = "given"
    complete: bool = False

    def __call__(self, spec: SourceSpec) -> tuple[Source, ...]:
        return (Source(self.name, tuple(self.files), self.complete),)


@dataclass
class Shop:
    """What jobs need; `steps` are the results that are remembered, `parsed` the names of what was parsed."""

    folder: Path
    place: Place = field(default_factory=Place)
    steps: dict[str, str] = field(default_factory=dict)
    parsed: list[str] = field(default_factory=list)
    progress: list[JobProgress] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    turns: Turns = field(default_factory=Turns)
    opener: Opener | None = None
    pool: ParsePool | None = None
    patience: Patience = field(default_factory=lambda: Patience(3, 0.01, 0.02))

    def parse(self, data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
        self.parsed.append(name)
        return plain(data, name=name, limits=limits)

    def step(self, name: str, function: Callable[[], str]) -> str:
        if name not in self.steps:
            self.steps[name] = function()
        return self.steps[name]

    def work(self, spec: JobSpec) -> Work:
        openers: dict[str, Opener] = {
            PLACE: self.opener or (lambda each: (open_source(Path(each.location)),)),
            REINDEX: lambda _: (Source(REINDEX, (), complete=True),),
        }
        tools = Tools(
            lambda _, name: replace(self.place.target, knowledge_base=name),
            openers,
            self.pool or NoPool(self.parse),
            self.turns,
            Limits(),
            self.patience,
        )
        pulse = Pulse(self.progress.append, lambda: False, self.stop)
        return Work(spec, tools, pulse, self.folder / "work")

    def spec(self, location: str | Path = "files", *, rebuild: bool = False, only: tuple[str, ...] = ()) -> JobSpec:
        return JobSpec(KB, (SourceSpec(PLACE, str(self.folder / location)),), rebuild=rebuild, only=only)

    def run(self, spec: JobSpec | None = None) -> Outcome:
        """Do a job from its beginning, or from where its steps are."""
        return self.work(spec or self.spec()).run(self.step)

    def again(self, spec: JobSpec | None = None) -> Outcome:
        """Do another job."""
        self.steps.clear()
        self.parsed.clear()
        return self.run(spec)

    def uris(self) -> list[str]:
        """Return what is in the knowledge base."""
        return [document.uri for document in self.place.knowledge.documents(KB)]

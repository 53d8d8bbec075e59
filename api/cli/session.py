"""What every command shares: the common options, the settings and the engine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import print_json

if TYPE_CHECKING:
    from pydantic import BaseModel

    from engine.assist.service import Assist
    from engine.service import Engine
    from engine.settings import Settings

__all__ = ["AsJson", "Config", "DataDir", "KnowledgeBaseOption", "Session", "given"]

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Folder of the index and the database; default: .knowdesk.")
]
Config = Annotated[
    Path | None,
    typer.Option("--config", help="TOML file with settings; default: knowdesk.toml in this folder, if any."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
KnowledgeBaseOption = Annotated[str, typer.Option("--kb", metavar="NAME", help="Name of the knowledge base.")]


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command. The heavy parts are imported when they are asked for: `--help` needs none."""

    data_dir: Path | None
    config: Path | None
    as_json: bool

    @classmethod
    def of(cls, ctx: typer.Context, data_dir: Path | None, config: Path | None, as_json: bool) -> Session:
        """Combine the common options given after the command with those given before it; the former win."""
        before = ctx.find_root().params
        return cls(data_dir or before.get("data_dir"), config or before.get("config"), as_json or before["as_json"])

    def settings(self) -> Settings:
        """Read the settings and set the log up as they say; Misconfigured names what is wrong."""
        from engine.observability import configure_logging
        from engine.settings import load_settings

        settings = load_settings(self.config, data_dir=self.data_dir)
        configure_logging(
            private_content=settings.log_private_content,
            level=logging.getLevelNamesMapping()[settings.log_level.upper()],
            as_json=settings.log_format == "json",
        )
        return settings

    @contextmanager
    def engine(self, settings: Settings | None = None) -> Iterator[Engine]:
        """Open the engine, close it at the end; Conflict if another process owns the data folder.

        `settings` are those that were read already.
        """
        from engine.assembly import build_engine

        engine = build_engine(settings or self.settings())
        try:
            yield engine
        finally:
            engine.close()

    @contextmanager
    def assist(self) -> Iterator[Assist]:
        """Open what helps agents, over an engine that is closed at the end."""
        from engine.assembly import build_assist

        settings = self.settings()
        with self.engine(settings) as engine:
            yield build_assist(engine, settings)

    def publish(self, found: BaseModel | dict[str, object], show: Callable[[], None]) -> None:
        """Print the one JSON document, or what people are shown."""
        if self.as_json:
            print_json(found)
        else:
            show()


def given(ctx: typer.Context, accepted: Collection[str]) -> list[str]:
    """Return the common options that were given before the command, as arguments for one that knows `accepted`."""
    before = ctx.find_root().params
    options = [("--data-dir", before.get("data_dir")), ("--config", before.get("config"))]
    words = [word for name, value in options if value and name in accepted for word in (name, str(value))]
    return [*words, "--json"] if before.get("as_json") and "--json" in accepted else words

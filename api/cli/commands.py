"""What commands have in common, said once: the options, the session, and the knowledge base that they are about."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import typer

from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session
from engine.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

    from engine.assist.service import Assist
    from engine.domain.knowledge import Document
    from engine.service import Engine
    from engine.settings import Settings

__all__ = ["Opened", "in_session", "over_knowledge_base"]

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine with the knowledge base that a command is about."""

    engine: Engine
    settings: Settings
    knowledge_base: str
    session: Session

    def assist(self) -> Assist:
        """Return what helps agents, over the engine."""
        from engine.assembly import build_assist

        return build_assist(self.engine, self.settings)

    def document(self, id: str) -> Document:
        """Return a document of the knowledge base, or raise NotFound."""
        document = self.engine.parts.knowledge.document(id)
        if document.knowledge_base != self.knowledge_base:
            raise NotFound(
                f"Document {id} is not in knowledge base {self.knowledge_base!r}.",
                remedy="Name its knowledge base with --kb.",
            )
        return document

    def publish(self, found: BaseModel | dict[str, object], show: Callable[[], None]) -> None:
        """Print the one JSON document, or what people are shown."""
        self.session.publish(found, show)


def in_session(command: Callable[Concatenate[Session, P], None]) -> Callable[..., None]:
    """Return the command for typer: with the options of every command, which make the session."""

    @wraps(command)
    def run(ctx: typer.Context, *, data_dir: Path | None, config: Path | None, as_json: bool, **own: object) -> None:
        command(Session.of(ctx, data_dir, config, as_json), **own)  # type: ignore[call-arg, arg-type]

    return _for_typer(run, command, _of_session)


def over_knowledge_base(command: Callable[Concatenate[Opened, P], None]) -> Callable[..., None]:
    """Return the command for typer: as `in_session`, with `--kb`, and the engine opened before and closed after it."""

    def run(session: Session, *, kb: str, **own: object) -> None:
        settings = session.settings()
        with session.engine(settings) as engine:
            engine.parts.knowledge.knowledge_base(kb)
            command(Opened(engine, settings, kb, session), **own)  # type: ignore[call-arg, arg-type]

    return in_session(_for_typer(wraps(command)(run), command, _of_knowledge_base))


def _for_typer(
    run: Callable[..., None], command: Callable[..., None], common: Callable[..., None]
) -> Callable[..., None]:
    """Give `run` the first parameter and the options of `common`, with those of the command between them."""
    first, *options = inspect.signature(common, eval_str=True).parameters.values()
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    parameters = [first, *own, *options]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _of_session(
    ctx: typer.Context, *, data_dir: DataDir = None, config: Config = None, as_json: AsJson = False
) -> None:
    """Name the options that every command has."""


def _of_knowledge_base(session: Session, *, kb: KnowledgeBaseOption = "default") -> None:
    """Name the option that every command over a knowledge base has."""

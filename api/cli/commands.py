"""Commands that work on one knowledge base: what they have in common is said once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import typer

from api.cli.output import print_json
from api.cli.session import AsJson, Config, DataDir, KnowledgeBaseOption, Session
from engine.errors import NotFound

if TYPE_CHECKING:
    from pathlib import Path

    from engine.domain.knowledge import Document
    from engine.service import Engine

__all__ = ["Opened", "over_knowledge_base"]

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Opened:
    """An engine with the knowledge base that a command is about."""

    engine: Engine
    knowledge_base: str
    as_json: bool

    def document(self, id: str) -> Document:
        """Return a document of the knowledge base, or raise NotFound."""
        document = self.engine.parts.knowledge.document(id)
        if document.knowledge_base != self.knowledge_base:
            raise NotFound(
                f"Document {id} is not in knowledge base {self.knowledge_base!r}.",
                remedy="Name its knowledge base with --kb.",
            )
        return document

    def publish(self, found: dict[str, object], show: Callable[[], None]) -> None:
        """Print the one JSON document, or what people are shown."""
        if self.as_json:
            print_json(found)
        else:
            show()


def over_knowledge_base(command: Callable[Concatenate[Opened, P], None]) -> Callable[..., None]:
    """Return the command for typer: with the common options, and with the engine opened before and closed after it."""

    @wraps(command)
    def run(
        ctx: typer.Context,
        *,
        kb: str,
        data_dir: Path | None,
        config: Path | None,
        as_json: bool,
        **own: object,
    ) -> None:
        session = Session.of(ctx, data_dir, config, as_json)
        with session.engine() as engine:
            engine.parts.knowledge.knowledge_base(kb)
            command(Opened(engine, kb, session.as_json), **own)  # type: ignore[call-arg, arg-type]

    context, *common = inspect.signature(_common, eval_str=True).parameters.values()
    own_options = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    parameters = [context, *own_options, *common]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


def _common(
    ctx: typer.Context,
    *,
    kb: KnowledgeBaseOption = "default",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Name the options that every such command has."""

"""The `knowdesk` command.

Exit status: 0 done; 1 some items failed, each named on stderr, or a backend failed and trying again may help;
2 wrong usage, input or settings. An answer that is withheld is a result: 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final

import typer

from api.cli.lazy import LazyGroup
from api.cli.output import complain
from api.cli.plugins import plugin_commands
from api.cli.session import AsJson, Config, DataDir
from api.version import package_version
from engine.errors import BackendFailed, EngineError

__all__ = ["build_app", "main"]

INGEST_EXAMPLES = """Examples:

knowdesk ingest manuals policies/returns.pdf --kb shop

knowdesk ingest --sitemap https://shop.example/sitemap.xml --kb shop --tag web

knowdesk ingest s3://bucket/manuals/ --kb shop --kind manual
"""


COMMANDS: Final = {
    "ingest": ("api.cli.ingest:ingest", INGEST_EXAMPLES),
    "ask": ("api.cli.ask:ask", 'Example: knowdesk ask "How long may I return a kettle?" --kb shop'),
    "search": ("api.cli.search:search", 'Example: knowdesk search "return kettle" --kb shop --kind policy --limit 3'),
    "sentiment": ("api.cli.sentiment:sentiment", 'Example: knowdesk sentiment "Still no reply. I am fed up!"'),
    "triage": ("api.cli.triage:triage", 'Example: knowdesk triage "Where is my parcel?" --kb shop'),
    "summarize": ("api.cli.summarize:summarize", "Example: knowdesk summarize chat.txt --purpose ticket"),
    "suggest": ("api.cli.suggest:suggest", 'Example: knowdesk suggest "Where is my parcel?" --kb shop'),
    "draft": ("api.cli.draft:draft", 'Example: knowdesk draft "Where is my parcel?" --kb shop --tone formal'),
    "check": ("api.cli.check:check", 'Example: knowdesk check "We refund you within 5 working days." --kb shop'),
    "doctor": ("api.cli.doctor:doctor", "Example: knowdesk doctor --json"),
    "backup": ("api.cli.backup:backup", "Example: knowdesk backup monday.zip --url http://127.0.0.1:8080"),
    "restore": ("api.cli.backup:restore", "Example: knowdesk restore monday.zip --data-dir restored"),
    "migrate": (
        "api.cli.migrate:migrate",
        "Example: knowdesk migrate --to-url http://qdrant:6333 --database-url postgresql+psycopg://me@db/knowdesk",
    ),
    "serve": ("api.cli.serve:serve", "The calls are described at /openapi.json, on http://127.0.0.1:8080 by default."),
    "mcp": ("api.cli.mcp:mcp", "Example, for a client's settings: knowdesk mcp --data-dir /srv/knowdesk"),
    "canned": ("api.cli.canned:app", ""),
    "documents": ("api.cli.documents:app", ""),
    "forms": ("api.cli.forms:app", ""),
    "insights": ("api.cli.insights:app", ""),
    "proactive": ("api.cli.proactive:app", ""),
    "intents": ("api.cli.intents:app", ""),
    "jobs": ("api.cli.jobs:app", ""),
    "kb": ("api.cli.kb:app", ""),
    "encryption": ("api.cli.encryption:app", ""),
    "keys": ("api.cli.keys:app", ""),
    "customers": ("api.cli.customers:app", ""),
    "audit": ("api.cli.audit:app", ""),
    "words": ("api.cli.words:app", ""),
    "encoder": ("api.cli.encoder:app", ""),
    "index": ("api.cli.index:app", ""),
}


class ErrorsToStatus(LazyGroup):
    """Turns the engine's errors into a message on stderr and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            complain(error.message, error.remedy)
            raise typer.Exit(1 if isinstance(error, BackendFailed) else 2) from error


class AllCommands(ErrorsToStatus):
    """The commands of `knowdesk`: our own, and those of plug-ins, which are looked for if ours is not asked for."""

    lazy = COMMANDS

    @cached_property
    def _others(self) -> Mapping[str, Any]:
        return plugin_commands()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return [*(name for name in self._others if name not in self.lazy), *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None if there is none of that name."""
        return super().get_command(ctx, cmd_name) or self._others.get(cmd_name)


def build_app() -> typer.Typer:
    """Return the command line with all commands, those of plug-ins included."""
    app = typer.Typer(
        name="knowdesk",
        cls=AllCommands,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
    )
    app.callback()(_common)
    return app


def main() -> None:
    """Run the command line."""
    build_app()()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(package_version())
        raise typer.Exit


def _common(
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Ingest documents, search them, and answer questions from them with citations."""

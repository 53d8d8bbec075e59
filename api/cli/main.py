"""The `knowdesk` command.

Exit status: 0 done; 1 some items failed, each named on stderr, or a backend failed and trying again may help;
2 wrong usage, input or settings. An answer that is withheld is a result: 0.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.cli import (
    ask,
    audit,
    backup,
    canned,
    check,
    customers,
    doctor,
    documents,
    encoder,
    forms,
    ingest,
    intents,
    jobs,
    kb,
    keys,
    mcp,
    search,
    sentiment,
    serve,
    suggest,
    summarize,
    triage,
    words,
)
from api.cli.output import complain
from api.cli.plugins import add_plugins
from api.cli.session import AsJson, Config, DataDir
from api.version import package_version
from engine.errors import BackendFailed, EngineError

__all__ = ["build_app", "main"]

INGEST_EXAMPLES = """Examples:

knowdesk ingest manuals policies/returns.pdf --kb shop

knowdesk ingest --sitemap https://shop.example/sitemap.xml --kb shop --tag web

knowdesk ingest s3://bucket/manuals/ --kb shop --kind manual
"""


class ErrorsToStatus(TyperGroup):
    """Turns the engine's errors into a message on stderr and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            complain(error.message, error.remedy)
            raise typer.Exit(1 if isinstance(error, BackendFailed) else 2) from error


def build_app() -> typer.Typer:
    """Return the command line with all commands, those of plug-ins included."""
    app = typer.Typer(
        name="knowdesk",
        cls=ErrorsToStatus,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,
    )
    app.callback()(_common)
    add_plugins(app)
    for name, command, examples in (
        ("ingest", ingest.ingest, INGEST_EXAMPLES),
        ("ask", ask.ask, 'Example: knowdesk ask "How long may I return a kettle?" --kb shop'),
        ("search", search.search, 'Example: knowdesk search "return kettle" --kb shop --kind policy --limit 3'),
        ("sentiment", sentiment.sentiment, 'Example: knowdesk sentiment "Still no reply. I am fed up!"'),
        ("triage", triage.triage, 'Example: knowdesk triage "Where is my parcel?" --kb shop'),
        ("summarize", summarize.summarize, "Example: knowdesk summarize chat.txt --purpose ticket"),
        ("suggest", suggest.suggest, 'Example: knowdesk suggest "Where is my parcel?" --kb shop'),
        ("check", check.check, 'Example: knowdesk check "We refund you within 5 working days." --kb shop'),
        ("doctor", doctor.doctor, "Example: knowdesk doctor --json"),
        ("backup", backup.backup, "Example: knowdesk backup monday.zip --url http://127.0.0.1:8080"),
        ("restore", backup.restore, "Example: knowdesk restore monday.zip --data-dir restored"),
        ("serve", serve.serve, "The calls are described at /openapi.json, on http://127.0.0.1:8080 by default."),
        ("mcp", mcp.mcp, "Example, for a client's settings: knowdesk mcp --data-dir /srv/knowdesk"),
    ):
        app.command(name, epilog=examples)(command)
    app.add_typer(canned.app, name="canned")
    app.add_typer(documents.app, name="documents")
    app.add_typer(forms.app, name="forms")
    app.add_typer(intents.app, name="intents")
    app.add_typer(jobs.app, name="jobs")
    app.add_typer(kb.app, name="kb")
    app.add_typer(keys.app, name="keys")
    app.add_typer(customers.app, name="customers")
    app.add_typer(audit.app, name="audit")
    app.add_typer(words.app, name="words")
    app.add_typer(encoder.app, name="encoder")
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

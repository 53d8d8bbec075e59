"""`knowdesk backup` and `knowdesk restore`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.output import print_json, print_text
from api.cli.session import AsJson, Config, DataDir, Session
from engine.errors import BackendFailed, Conflict

if TYPE_CHECKING:
    from ingestion.backup.archive import Manifest

__all__ = ["backup", "restore"]


def backup(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="New file to write, a zip.")],
    url: Annotated[str, typer.Option(help="Have the server at this address take it, while it runs.")] = "",
    key: Annotated[str, typer.Option(help="API key of an administrator of that server.")] = "",
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Write everything in the data folder into one file: documents, index, conversations, jobs.

    A server that runs on the folder takes the backup itself (--url), as of one point in time, and goes on answering.
    """
    from ingestion.backup.archive import read_manifest

    session = Session.of(ctx, data_dir, config, as_json)
    if file.exists():
        raise Conflict(f"{file.name} exists already.", remedy="Give the name of a new file.")
    if url:
        _download(url, key, file)
    else:
        _take(session, file)
    _tell(session, read_manifest(file), f"Wrote {file}")


def restore(
    ctx: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(help="File that `knowdesk backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the data folder.")] = False,
    data_dir: DataDir = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Make the data folder what it was when a backup was taken; whole, or not at all."""
    from ingestion.backup.restoring import restore_backup

    session = Session.of(ctx, data_dir, config, as_json)
    _tell(session, restore_backup(file, session.settings(), force=force), f"Restored {file}")


def _take(session: Session, file: Path) -> None:
    from ingestion.backup.taking import check_embedded, take_backup
    from ingestion.jobs.turns import Turns

    check_embedded(settings := session.settings())
    with session.engine() as engine:
        take_backup(engine, Turns(), settings, file)


def _download(url: str, key: str, file: Path) -> None:
    """Have a server take the backup; the file appears once it is there and sound."""
    import httpx

    from ingestion.backup.archive import read_manifest

    draft, headers = file.with_name(f".{file.name}.incomplete"), {"Authorization": f"Bearer {key}"} if key else {}
    try:
        with httpx.stream("POST", f"{url.rstrip('/')}/v1/backups", headers=headers, timeout=None) as reply:  # noqa: S113
            if reply.status_code != 200:
                raise BackendFailed(f"The server refused ({reply.status_code}).", remedy="Check --url and --key.")
            with draft.open("wb") as target:
                for chunk in reply.iter_bytes():
                    target.write(chunk)
        read_manifest(draft)
        draft.rename(file)
    except httpx.HTTPError as error:
        raise BackendFailed("The server cannot be reached.", remedy="Check --url.") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _tell(session: Session, manifest: Manifest, done: str) -> None:
    size = sum(file.bytes for file in manifest.files.values())
    if session.as_json:
        print_json({**manifest.model_dump(mode="json", exclude={"files"}), "files": len(manifest.files), "bytes": size})
    else:
        bases = len(manifest.knowledge_bases)
        print_text(f"{done}: knowledge bases {bases}, files {len(manifest.files)}, {size / 1e6:.1f} MB.")

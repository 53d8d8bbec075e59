"""`knowdesk backup` and `knowdesk restore`."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.commands import in_session
from api.cli.output import print_text
from api.cli.session import Session
from engine.errors import BackendFailed, Conflict

if TYPE_CHECKING:
    from ingestion.backup.archive import Manifest

__all__ = ["backup", "download", "restore"]


@in_session
def backup(
    session: Session,
    *,
    file: Annotated[Path, typer.Argument(help="New file to write, a zip.")],
    url: Annotated[str, typer.Option(help="Have the server at this address take it, while it runs.")] = "",
    key: Annotated[str, typer.Option(help="API key of an administrator of that server.")] = "",
) -> None:
    """Write everything in the data folder into one file: documents, index, conversations, jobs of all tenants.

    A server that runs on the folder takes the backup itself (--url), as of one point in time, and goes on answering.
    """
    from ingestion.backup.archive import read_manifest

    if file.exists():
        raise Conflict(f"{file.name} exists already.", remedy="Give the name of a new file.")
    if url:
        download(url, key, file)
    else:
        _take(session, file)
    _tell(session, read_manifest(file), f"Wrote {file}")


@in_session
def restore(
    session: Session,
    *,
    file: Annotated[Path, typer.Argument(help="File that `knowdesk backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the data folder.")] = False,
) -> None:
    """Make the data folder what it was when a backup was taken; whole, or not at all."""
    from ingestion.backup.restoring import restore_backup

    _tell(session, restore_backup(file, session.settings(), force=force), f"Restored {file}")


def _take(session: Session, file: Path) -> None:
    from engine.assembly import build_engine
    from engine.tenancy import Tenants
    from ingestion.backup.taking import check_embedded, take_backup
    from ingestion.jobs.turns import Turns

    check_embedded(settings := session.settings())
    with (
        session.engine(settings) as engine,
        closing(Tenants(engine, settings, lambda _, own: build_engine(own))) as tenants,
    ):
        take_backup(tenants, Turns(), settings, file)


def download(url: str, key: str, file: Path) -> None:
    """Have a server take the backup; the file appears once it is there and sound."""
    import httpx

    from ingestion.backup.archive import read_manifest

    draft, headers = file.with_name(f".{file.name}.incomplete"), {"Authorization": f"Bearer {key}"} if key else {}
    try:
        place = f"{url.rstrip('/')}/v1/backups"
        with httpx.stream("POST", place, headers=headers, timeout=None) as reply:  # noqa: S113  # nosec B113
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
    size, files = sum(file.bytes for file in manifest.files.values()), len(manifest.files)
    bases = len(manifest.knowledge_bases) + sum(map(len, manifest.tenants.values()))
    told = {**manifest.model_dump(mode="json", exclude={"files"}), "files": files, "bytes": size}
    line = f"{done}: knowledge bases {bases}, files {files}, {size / 1e6:.1f} MB."
    session.publish(told, lambda: print_text(line))

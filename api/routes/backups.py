"""`POST /v1/backups`."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.openapi import problems
from api.state import JobsOf, SettingsOf, TenantsOf
from ingestion.backup.taking import take_backup

__all__ = ["router"]

router = APIRouter(prefix="/v1/backups", tags=["health"])
ARCHIVE = {
    "description": "The backup: a zip with a manifest.",
    "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post("", response_class=FileResponse, responses={200: ARCHIVE, **problems(409)})
def create_backup(tenants: TenantsOf, jobs: JobsOf, settings: SettingsOf) -> FileResponse:
    """Take a backup of everything in the data folder, as it is at one point in time, and send it.

    Questions are answered meanwhile; changes of documents wait until the copy is made, before it is sent.
    `knowdesk restore` puts it back. It holds all tenants, so it is for admins of the default one.
    """
    folder = Path(tempfile.mkdtemp(dir=settings.data_dir, prefix=".download-"))
    name = f"knowdesk-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"
    remove = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    try:
        take_backup(tenants, jobs.turns, settings, folder / name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(folder / name, media_type="application/zip", filename=name, background=remove)

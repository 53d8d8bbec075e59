"""Sending the files of the pages, ahead of the API: they need no key and count against no limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.pages.files import Entry, PageFile, found, loaded
from api.pages.headers import ASSET_HEADERS, page_headers

__all__ = ["Pages"]

METHODS: Final = ("GET", "HEAD")


class Pages:
    """ASGI middleware that answers requests for pages and their files, and passes on all others.

    Pages of `page_origins` may show those that are to be framed.
    """

    def __init__(self, app: ASGIApp, page_origins: Sequence[str] = ()) -> None:
        self.app = app
        self._page_origins = page_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on."""
        asked = found(scope["path"]) if scope["type"] == "http" and scope["method"] in METHODS else None
        if asked is None:
            await self.app(scope, receive, send)
            return
        name, entry = asked
        file = await run_in_threadpool(loaded, name)
        headers = page_headers(self._ancestors(entry)) if entry else ASSET_HEADERS
        await _response(file, dict(headers), Headers(scope=scope))(scope, receive, send)

    def _ancestors(self, entry: Entry) -> str:
        return " ".join((entry.frame_ancestors, *(self._page_origins if entry.framed else ())))


def _response(file: PageFile | None, headers: dict[str, str], asked: Headers) -> Response:
    if file is None:
        return PlainTextResponse("There is no such file.\n", 404, headers)
    headers["ETag"] = file.etag
    if file.etag in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = file.content
    if file.packed and "gzip" in asked.get("accept-encoding", ""):
        headers["Content-Encoding"], content = "gzip", file.packed
    return Response(content, headers=headers, media_type=file.media_type)

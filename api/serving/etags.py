"""Entity tags of documents: no text is sent twice, and no edit is lost that somebody else made meanwhile."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any, Final

from fastapi import Depends, Header, Path, Response

from api.problems import PRECONDITION, Refused
from api.schemas.base import Model
from api.state import EngineOf

__all__ = ["NOT_MODIFIED", "IfNoneMatch", "tagged", "unchanged"]

NOT_MODIFIED: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "What the client has already, as `If-None-Match` says."}
}
IfNoneMatch = Annotated[str, Header(description="`ETag` of what the client has; 304 if that is what it would get.")]
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def tagged(shown: Model, version: int, if_none_match: str) -> Response:
    """Return the body with its `ETag`, or 304 without it; the tag begins with the document's newest version."""
    body = shown.model_dump_json()
    tag = f"{version}.{hashlib.sha256(body.encode()).hexdigest()[:16]}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _unchanged(
    id: Annotated[str, Path(description="Id of a document.")],
    engine: EngineOf,
    if_match: Annotated[
        str, Header(description="`ETag` of the document as it was read; 412 if it has a newer version.")
    ] = "",
) -> None:
    """Refuse to change a document that is not the one that the client has seen."""
    if not if_match or if_match.strip() == "*":
        return
    version = engine.parts.knowledge.document(id).version
    if str(version) not in {tag.partition(".")[0] for tag in _TAG.findall(if_match)}:
        raise Refused(PRECONDITION, "The document was changed since it was read.", "Read it again, then decide anew.")


unchanged = Depends(_unchanged)

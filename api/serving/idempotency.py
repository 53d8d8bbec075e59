"""`Idempotency-Key`: a write that is sent again is replied to as before instead of done again.

After the IETF draft "The Idempotency-Key HTTP Header Field". Replies are kept for a day, encrypted under the client's
own key, of which only a hash is kept: the database alone does not tell what was replied.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from dataclasses import dataclass
from typing import Final

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.openapi import KEYED_METHODS
from api.problems import IN_PROGRESS, KEY_REUSED, Refused
from api.serving.identity import Caller, caller_of
from api.state import EngineOf
from engine.domain.reply import KeptReply
from engine.errors import InvalidInput
from engine.ports import ReplyRepository
from engine.serving import repeatable

__all__ = ["HEADER", "KEPT_S", "Claim", "Keeping", "Replayed", "forget_lost", "idempotent", "replayed"]

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_S: Final = 24 * 3600.0
LOST_S: Final = 3600.0
"""A claim that is older belongs to a process that is gone; uploads take minutes at most."""
_FIT = re.compile(r"[\x21-\x7e]{1,200}")
_NONCE = 12
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to do a request and to keep its reply."""

    replies: ReplyRepository
    key: str
    secret: bytes
    request: str

    @classmethod
    def of(cls, replies: ReplyRepository, caller: Caller, key: str, request: str) -> Claim:
        """Return what stands for a caller's key; the same key of another caller is another one."""
        seed = _digest(caller.tenant.encode(), caller.subject.encode(), key.encode())
        return cls(replies, _digest(b"key", seed).hex(), _digest(b"secret", seed), request)

    def made(self) -> KeptReply | None:
        """Take the claim and return None, or return the reply that is kept; Refused if there is neither."""
        now = time.time()
        self.replies.forget(replied_before=now - KEPT_S, claimed_before=now - LOST_S)
        kept = self.replies.claim(self.key, self.request, at=now)
        if kept is None:
            return None
        if kept.request != self.request:
            raise Refused(KEY_REUSED, f"The {HEADER} was sent with another request.", "Use a new key for each request.")
        if kept.status is None:
            raise Refused(IN_PROGRESS, "The same request is under way.", "Send it again in a moment.")
        return KeptReply(kept.request, kept.status, kept.media_type, self._opened(kept.body))

    def keep(self, status: int, media_type: str, body: bytes) -> None:
        """Keep what was replied."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE)
        sealed = nonce + AESGCM(self.secret).encrypt(nonce, body, None)
        self.replies.keep(self.key, KeptReply(self.request, status, media_type, sealed))

    def release(self) -> None:
        """Let the request be sent again."""
        self.replies.release(self.key)

    def _opened(self, sealed: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self.secret).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


class Replayed(Exception):
    """The request was answered before; `response` says how."""

    def __init__(self, reply: KeptReply) -> None:
        self.response = Response(reply.body or None, reply.status or 200, {REPLAYED: "true"}, reply.media_type or None)


def forget_lost(replies: ReplyRepository) -> None:
    """Give up the claims of a process that ended; only where no other process serves the same database."""
    now = time.time()
    replies.forget(replied_before=now - KEPT_S, claimed_before=now)


async def replayed(_: Request, found: Replayed) -> Response:
    """Reply as before."""
    return found.response


class Keeping:
    """ASGI middleware that keeps the reply to a request that `idempotent` has claimed, before it is sent.

    Only what succeeded is kept; after an error, a stream of events or a file, the same key may be used again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or scope["method"] not in KEYED_METHODS:
            await self.app(scope, receive, send)
            return
        start: Message = {}
        parts = list[bytes]()
        state = scope.setdefault("state", {})

        async def kept(message: Message) -> None:
            nonlocal start
            claim: Claim | None = state.get("claim")
            if message["type"] == "http.response.start":
                start = message
                if claim and not _is_kept(start):
                    state["claim"] = None
                    await run_in_threadpool(claim.release)
            elif claim and start:
                parts.append(message.get("body", b""))
                if not message.get("more_body"):
                    state["claim"] = None
                    await run_in_threadpool(claim.keep, start["status"], _media_type(start), b"".join(parts))
            await send(message)

        try:
            await self.app(scope, receive, kept)
        finally:
            if claim := state.get("claim"):
                await run_in_threadpool(claim.release)


async def idempotent(request: Request, engine: EngineOf) -> None:
    """Claim the request's key; Replayed if it was answered before.

    Visitors share the key of their page, so that theirs is left unread: what one was told must not reach another.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method not in KEYED_METHODS or caller_of(request).visitor:
        return
    if not _FIT.fullmatch(key):
        raise InvalidInput(f"The {HEADER} cannot be used.", remedy="Send 1 to 200 visible ASCII characters.")
    claim = Claim.of(engine.parts.replies, caller_of(request), key, await _fingerprint(request))
    reply = await run_in_threadpool(claim.made)
    if reply is not None:
        raise Replayed(reply)
    request.state.claim = claim
    repeatable(_digest(b"again", claim.secret, claim.request.encode()).hex())


async def _fingerprint(request: Request) -> str:
    """Return what tells requests apart: method, path, query and content; a form without its random boundary."""
    found = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\0".encode())
    if not request.headers.get("content-type", "").lower().startswith("multipart/"):
        found.update(await request.body())
        return found.hexdigest()
    for name, value in (await request.form()).multi_items():
        filename = value.filename if isinstance(value, UploadFile) else ""
        content = await _content(value) if isinstance(value, UploadFile) else value.encode()
        found.update(_digest(name.encode(), (filename or "").encode(), content))
    return found.hexdigest()


async def _content(file: UploadFile) -> bytes:
    """Return the hash of a file, which is read from its beginning again afterwards."""
    found = hashlib.sha256()
    while chunk := await file.read(_CHUNK):
        found.update(chunk)
    await file.seek(0)
    return found.digest()


def _digest(*parts: bytes) -> bytes:
    """Hash the parts; where one ends counts."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()


def _is_kept(start: Message) -> bool:
    return 200 <= start["status"] < 300 and _media_type(start) in {"", "application/json"}


def _media_type(start: Message) -> str:
    return next((value.decode() for name, value in start["headers"] if name.lower() == b"content-type"), "")

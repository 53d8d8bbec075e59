"""`/v1/keys`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.access.authentication import PrincipalOf
from api.openapi import problems
from api.schemas.base import Identifier
from api.schemas.keys import KeyIn, KeyMadeOut, KeyOut, KeysOut
from api.state import KeysOf
from engine.missing import no_key

__all__ = ["router"]

router = APIRouter(prefix="/v1/keys", tags=["keys"])
KeyId = Annotated[Identifier, Path(description="Id of a key: its beginning.")]


@router.get("", responses=problems())
def list_keys(keys: KeysOf, principal: PrincipalOf) -> KeysOut:
    """List the keys of the caller's tenant, the revoked and expired ones too."""
    return KeysOut(items=tuple(map(KeyOut.shown, keys.listed(principal.tenant))))


@router.post("", status_code=201, responses=problems(413))
def create_key(body: KeyIn, keys: KeysOf, principal: PrincipalOf) -> KeyMadeOut:
    """Make a key for the caller's tenant; its text is in this reply and nowhere else."""
    key, text = keys.create(body.to_domain(principal.tenant))
    return KeyMadeOut(key=KeyOut.shown(key), text=text)


@router.delete("/{id}", responses=problems(404))
def revoke_key(id: KeyId, keys: KeysOf, principal: PrincipalOf) -> KeyOut:
    """Make a key open nothing from now on; it stays in the list."""
    if keys.key(id).tenant != principal.tenant:
        raise no_key(id)
    return KeyOut.shown(keys.revoke(id))

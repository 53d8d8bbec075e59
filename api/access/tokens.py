"""Bearer tokens of an identity provider: JSON Web Tokens (RFC 7519) with keys from its JWKS (RFC 7517)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from engine.api_keys import checked_tenant
from engine.domain.access import DEFAULT_TENANT, AccessRole, Principal
from engine.errors import InvalidInput, Misconfigured
from engine.settings import Settings

if TYPE_CHECKING:
    from jwt import PyJWK

__all__ = ["Tokens"]

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")  # no shared secrets
LEEWAY_S: Final = 30


class _Keys(Protocol):
    def get_signing_key_from_jwt(self, token: str) -> PyJWK: ...


class Tokens:
    """Reads tokens as the settings say; Misconfigured if they are not complete."""

    def __init__(self, settings: Settings) -> None:
        if not settings.jwt_issuer or not settings.jwt_audience:
            raise Misconfigured(
                "Tokens need an issuer and an audience.", remedy="Set KNOWDESK_JWT_ISSUER and KNOWDESK_JWT_AUDIENCE."
            )
        self._settings = settings
        self._keys = _keys(settings.jwt_keys)

    def principal(self, text: str) -> Principal | None:
        """Return whom a token stands for; None if it is not signed, not for us, too old, or names no tenant."""
        import jwt

        try:
            key = self._keys.get_signing_key_from_jwt(text)
            claims = jwt.decode(
                text,
                key.key,
                algorithms=list(ALGORITHMS),
                issuer=self._settings.jwt_issuer,
                audience=self._settings.jwt_audience,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
            return self._principal(claims)
        except (jwt.PyJWTError, InvalidInput, TypeError, ValueError):
            return None

    def _principal(self, claims: Mapping[str, Any]) -> Principal:
        settings = self._settings
        tenant = str(claims.get(settings.jwt_tenant_claim, "")) if settings.jwt_tenant_claim else DEFAULT_TENANT
        access = _listed(claims.get(settings.jwt_access_claim, ())) if settings.jwt_access_claim else None
        known = {str(role) for role in AccessRole}
        roles = frozenset(
            AccessRole(each) for each in _listed(claims.get(settings.jwt_roles_claim, ())) if each in known
        )
        return Principal(f"sub:{claims['sub']}", checked_tenant(tenant), roles, access)


class _KeyFile:
    """The keys of a JWKS file."""

    def __init__(self, path: Path) -> None:
        from jwt import PyJWKSet
        from jwt.exceptions import PyJWTError

        try:
            self._found = PyJWKSet.from_dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, PyJWTError) as error:
            raise Misconfigured(f"{path.name} is no JWKS file.", remedy="Set KNOWDESK_JWT_KEYS.") from error

    def get_signing_key_from_jwt(self, token: str) -> PyJWK:
        import jwt

        wanted = jwt.get_unverified_header(token).get("kid")
        found = [key for key in self._found.keys if wanted in (None, key.key_id)]
        if not found:
            raise jwt.InvalidKeyError("no such key")
        return found[0]


def _keys(place: str) -> _Keys:
    if place.startswith(("https://", "http://")):
        from jwt import PyJWKClient

        return PyJWKClient(place, cache_keys=True)
    return _KeyFile(Path(place))


def _listed(claim: object) -> tuple[str, ...]:
    """Return the values of a claim: a list, or one text with spaces between them."""
    values = claim.split() if isinstance(claim, str) else claim
    return tuple(map(str, values)) if isinstance(values, list | tuple) else ()

"""API keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints
from pydantic.types import JsonValue

from api.schemas.base import REPEATABLE, KnowledgeBaseName, Model, Whole
from engine.api_keys import KeyRequest
from engine.domain.access import AccessRole, ApiKey, PublicUse
from engine.public_use import MAX_ORIGINS

__all__ = ["KeyIn", "KeyMadeOut", "KeyOut", "KeysOut", "PublicUseIn", "PublicUseOut"]

KEY: Final[dict[str, JsonValue]] = {
    "id": "kd_4f1c09b2a7de",
    "name": "Web shop bot",
    "roles": ["bot"],
    "access": None,
    "created_at": "2026-07-01T09:00:00Z",
    "expires_at": None,
    "revoked_at": None,
    "last_used_at": None,
    "public": None,
}
PUBLIC_USE: Final[dict[str, JsonValue]] = {
    "origins": ["https://shop.example"],
    "knowledge_base": "shop",
    "rate_limits": "600/minute",
}
MAX_DAYS: Final = 3650
MAX_LISTS: Final = 50


class PublicUseIn(Model):
    """What a key may be used for that everybody can read in a page."""

    origins: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=300)], ...],
        Field(min_length=1, max_length=MAX_ORIGINS, description="Of the pages, such as `https://shop.example`."),
    ]
    knowledge_base: KnowledgeBaseName
    rate_limits: Annotated[
        str,
        StringConstraints(max_length=200),
        Field(description='What all its visitors together may send, such as "600/minute"; empty: no limit.'),
    ] = ""

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLIC_USE]})


class KeyIn(Model):
    """A key to make."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200), Field(description="What it is for.")]
    roles: Annotated[
        frozenset[AccessRole], Field(description="What its owner may do; none for a public key."), REPEATABLE
    ] = frozenset()
    public: PublicUseIn | None = Field(
        default=None, description="Makes a key that pages may show: visitors can chat with it and nothing else."
    )
    access: Annotated[
        tuple[Annotated[str, StringConstraints(min_length=1, max_length=100)], ...] | None,
        Field(
            max_length=MAX_LISTS,
            description="Access lists: of the documents with tags `access:…`, only those with one of these are seen. "
            "Null for all documents, for a public key those without such a tag.",
        ),
    ] = None
    days: Annotated[Whole | None, Field(ge=1, le=MAX_DAYS, description="Days until it expires; null for never.")] = None

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Web shop bot", "roles": ["bot"]}]})

    def to_domain(self, tenant: str) -> KeyRequest:
        """Return the request for a key of a tenant."""
        lifetime = None if self.days is None else timedelta(days=self.days)
        use = PublicUse(**dict(self.public)) if self.public else None
        return KeyRequest(self.name, self.roles, tenant, self.access, lifetime, use)


class PublicUseOut(Model):
    """From which pages a public key may be used, and for what."""

    origins: tuple[str, ...]
    knowledge_base: str
    rate_limits: str = Field(description="Of all its visitors together; empty for none.")

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLIC_USE]})


class KeyOut(Model):
    """A key without its secret."""

    id: str = Field(description="The beginning of the key, to recognise it by.")
    name: str
    roles: tuple[AccessRole, ...]
    access: tuple[str, ...] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")
    public: PublicUseOut | None = Field(default=None, description="For a key that pages may show.")

    model_config = ConfigDict(json_schema_extra={"examples": [KEY]})

    @classmethod
    def shown(cls, key: ApiKey) -> KeyOut:
        """Show a key."""
        return cls(
            id=key.id,
            name=key.name,
            roles=tuple(sorted(key.roles)),
            access=key.access,
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
            last_used_at=key.last_used_at,
            public=PublicUseOut.of(key.public) if key.public else None,
        )


class KeyMadeOut(Model):
    """A key that was made; the text is shown this once."""

    key: KeyOut
    text: str = Field(description="The whole key, to be sent as `Authorization: Bearer …`.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"key": KEY, "text": "kd_4f1c09b2a7de_…"}]})


class KeysOut(Model):
    """The keys of the caller's tenant, in the order in which they were made."""

    items: tuple[KeyOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [KEY]}]})

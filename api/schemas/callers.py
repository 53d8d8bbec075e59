"""Who calls."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import ConfigDict, Field

from api.schemas.base import Model
from engine.domain.access import DEFAULT_TENANT, AccessRole, Principal
from engine.settings import Settings

__all__ = ["CallerOut"]


class CallerOut(Model):
    """Whom the credentials stand for, and what they may do."""

    subject: str = Field(description="Recognises a key or the owner of a token in the audit log.")
    tenant: str
    roles: tuple[AccessRole, ...]
    access: tuple[str, ...] | None = Field(description="Access lists that bound what is seen; null for everything.")
    authentication: Literal["open", "required"] = Field(
        description="`open`: the server asks nobody for credentials, and everybody has every role."
    )

    evaluations: bool = Field(description="Whether the server has evaluation runs to show.")

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "subject": "kd_4f1c09b2a7de",
                    "tenant": "default",
                    "roles": ["admin"],
                    "access": None,
                    "authentication": "required",
                    "evaluations": False,
                }
            ]
        }
    )

    @classmethod
    def told(cls, principal: Principal, settings: Settings) -> Self:
        """Convert from the domain."""
        return cls(
            subject=principal.subject,
            tenant=principal.tenant,
            roles=tuple(sorted(principal.roles)),
            access=principal.access,
            authentication=settings.auth,
            evaluations=bool(settings.evaluations_dir) and principal.tenant == DEFAULT_TENANT,
        )

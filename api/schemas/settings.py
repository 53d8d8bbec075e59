"""What the service is set to."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ConfigDict, Field, SecretStr
from pydantic.types import JsonValue

from api.schemas.base import Model
from engine.settings import Settings

__all__ = ["SettingOut", "SettingsOut"]

SETTING: Final[dict[str, JsonValue]] = {
    "name": "KNOWDESK_CANDIDATES",
    "value": "100",
    "secret": False,
    "changed": False,
    "description": "Hits taken from each retriever before fusion.",
}
_CREDENTIALS: Final = re.compile(r"(?<=//)[^/@\s]+(?=@)")


class SettingOut(Model):
    """One setting; of a secret, only whether it is set."""

    name: str = Field(description="As it is set outside, such as KNOWDESK_PORT.")
    value: str | None = Field(description="As text, without credentials of addresses; null for a secret that is set.")
    secret: bool
    changed: bool = Field(description="Whether it is not what it is by default.")
    description: str

    model_config = ConfigDict(json_schema_extra={"examples": [SETTING]})


class SettingsOut(Model):
    """The version of the service and all its settings."""

    version: str
    items: tuple[SettingOut, ...] = Field(description="In the order of the README's table.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": "0.1.0", "items": [SETTING]}]})

    @classmethod
    def shown(cls, version: str, settings: Settings) -> SettingsOut:
        """Show settings without their secrets."""
        return cls(version=version, items=tuple(_shown(settings, name) for name in Settings.model_fields))


def _shown(settings: Settings, name: str) -> SettingOut:
    field, value = Settings.model_fields[name], getattr(settings, name)
    secret = isinstance(value, SecretStr)
    empty = not (value.get_secret_value() if isinstance(value, SecretStr) else True)
    return SettingOut(
        name=f"KNOWDESK_{name.upper()}",
        value=_told(value) if not secret else "" if empty else None,
        secret=secret,
        changed=value != field.default,
        description=field.description or "",
    )


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(map(_told, value))
    return _CREDENTIALS.sub("…", str(value).lower() if isinstance(value, bool) else str(value))

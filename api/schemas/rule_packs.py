"""The rules that replies are checked by."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict, Field, field_validator
from pydantic.types import JsonValue

from api.schemas.base import Model
from engine.domain.check import CheckRule, Severity
from engine.guard.remedies import remedy_in
from engine.guard.rules.packs import RulePack, pack_names, shipped_pack

__all__ = ["RulePackOut", "RulePacksOut"]

PACK: Final[dict[str, JsonValue]] = {
    "name": "general",
    "title": "General",
    "in_use": True,
    "rules": [
        {
            "id": "guarantee",
            "rule": "absolute_claim",
            "severity": "warn",
            "words": ["100 %"],
            "disguised": False,
            "patterns": ["\\bguaranteed\\b"],
            "unless": [],
            "remedy": {"en": "Say what is so instead of promising it."},
        }
    ],
}


class RuleOut(Model):
    """Words and patterns that a reply must not have."""

    id: str
    rule: CheckRule
    severity: Severity
    words: tuple[str, ...]
    disguised: bool = Field(description="Whether hidden spellings of the words count as well.")
    patterns: tuple[str, ...] = Field(description="Regular expressions over folded text.")
    unless: tuple[str, ...] = Field(description="What overlaps a match of these does not count.")
    remedy: dict[str, str] = Field(description="What the agent is told, by language.")

    @field_validator("remedy")
    @classmethod
    def _traditional(cls, remedy: dict[str, str]) -> dict[str, str]:
        return {"zh-Hant": remedy_in(remedy, "zh-Hant"), **remedy} if "zh-Hans" in remedy else remedy


class RulePackOut(Model):
    """A named set of rules."""

    name: str
    title: str
    in_use: bool = Field(description="Whether replies are checked by it unless a call names others.")
    rules: tuple[RuleOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [PACK]})


class RulePacksOut(Model):
    """All packs, those in use first."""

    items: tuple[RulePackOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [PACK]}]})

    @classmethod
    def shown(cls, used: dict[str, RulePack]) -> RulePacksOut:
        """Show the packs in use, the owner's files among them, and the shipped ones that are not."""
        others = {name: shipped_pack(name) for name in pack_names() if name not in used}
        items = [
            RulePackOut(name=name, title=pack.title, in_use=name in used, rules=tuple(map(RuleOut.of, pack.rules)))
            for name, pack in {**used, **others}.items()
        ]
        return cls(items=tuple(items))

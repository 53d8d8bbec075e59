"""Whether an answer is in the language that was asked for."""

from __future__ import annotations

__all__ = ["same_language"]

_SCRIPTS = {"cn": "hans", "sg": "hans", "my": "hans", "tw": "hant", "hk": "hant", "mo": "hant"}


def same_language(wanted: str, found: str) -> bool:
    """Tell whether two BCP 47 tags name the same language and, where both tell it, the same Chinese script.

    "zh-TW" agrees with "zh-Hant" and with "zh", but not with "zh-Hans"; "en-GB" agrees with "en".
    """
    (language, script), (other, other_script) = _parts(wanted), _parts(found)
    return language == other and (not script or not other_script or script == other_script)


def _parts(tag: str) -> tuple[str, str]:
    """Return the language and, for Chinese only, the script that the tag names or implies."""
    language, *rest = tag.casefold().replace("_", "-").split("-")
    scripts = [_SCRIPTS.get(part, part) for part in rest]
    return language, next((script for script in scripts if script in {"hans", "hant"}), "") if language == "zh" else ""

"""Check intents before they are kept, and read them from a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.answering.request import SHORTEN, validated
from engine.domain.handoff import FactKind, Priority
from engine.domain.triage import Intent
from engine.errors import InvalidInput
from engine.plain_yaml import read_yaml

__all__ = ["ID_PATTERN", "MAX_EXAMPLES", "checked_intent", "read_taxonomy", "written_taxonomy"]

ID_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
MAX_EXAMPLES: Final = 2000
MAX_CHARS: Final = 1000  # of an example
_FIELDS: Final = ("description", "category", "queue")


def checked_intent(intent: Intent) -> Intent:
    """Return the intent with its examples trimmed, each once; InvalidInput names what is wrong with it."""
    if not re.fullmatch(ID_PATTERN, intent.id):
        raise InvalidInput(
            f"{intent.id!r} cannot be the id of an intent.",
            remedy="Use up to 100 letters, digits, dots, hyphens and underscores, a letter or digit first.",
        )
    examples = tuple(
        dict.fromkeys(validated(text, limit=MAX_CHARS, what="example", remedy=SHORTEN) for text in intent.examples)
    )
    if not 1 <= len(examples) <= MAX_EXAMPLES:
        raise InvalidInput(
            f"Intent {intent.id!r} has {len(examples)} examples.", remedy=f"Give 1 to {MAX_EXAMPLES} of them."
        )
    return replace(intent, examples=examples)


def read_taxonomy(path: Path) -> tuple[Intent, ...]:
    """Read a YAML list of intents (JSON by its name), fields named as in `Intent`; InvalidInput names what is wrong.

    `examples` may be a list, or lists by language, for people's sake.
    """
    try:
        text = path.read_text("utf-8-sig")
        kept = json.loads(text) if path.suffix.lower() == ".json" else read_yaml(text, name=path.name)
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidInput(
            f"{path.name} cannot be read as YAML or JSON.", remedy="Check the path and the file."
        ) from error
    if not isinstance(kept, list) or not all(isinstance(each, dict) for each in kept):
        raise InvalidInput(f"{path.name} is no list of intents.", remedy='Begin each with "- id: ...".')
    return tuple(_intent(path.name, each) for each in kept)


def written_taxonomy(intents: tuple[Intent, ...]) -> list[dict[str, object]]:
    """Return the intents as `read_taxonomy` reads them."""
    return [
        {
            "id": intent.id,
            **{name: getattr(intent, name) for name in _FIELDS if getattr(intent, name)},
            "priority": intent.priority.value,
            "required": [kind.value for kind in intent.required],
            "examples": list(intent.examples),
        }
        for intent in intents
    ]


def _intent(file: str, kept: dict[str, object]) -> Intent:
    try:
        return checked_intent(
            Intent(
                id=str(kept["id"]),
                examples=tuple(_examples(str(kept["id"]), kept.get("examples"))),
                priority=Priority(str(kept.get("priority", Priority.NORMAL))),
                required=tuple(map(FactKind, kept.get("required") or ())),  # type: ignore[call-overload]
                **{name: str(kept.get(name) or "") for name in _FIELDS},
            )
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"{file}: the intent {kept.get('id')!r} has a field that is missing or wrong.",
            remedy="Give id and examples; see the API for priorities and kinds of facts.",
        ) from error


def _examples(intent_id: str, kept: object) -> Iterator[str]:
    if isinstance(kept, dict):
        for each in kept.values():
            yield from _examples(intent_id, each)
    elif isinstance(kept, list):
        for each in kept:
            if isinstance(each, bool | list | dict | None):
                raise InvalidInput(
                    f"An example of intent {intent_id!r} is no text.", remedy='Put words such as "yes" in quotes.'
                )
            yield str(each)
    else:
        raise TypeError("examples are a list")

"""Canned replies in files: CSV, YAML and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from engine.assist.canned.checking import checked_reply
from engine.domain.canned_reply import CannedReply
from engine.errors import InvalidInput
from engine.plain_yaml import read_yaml

__all__ = ["FORMATS", "read_replies", "written_replies"]

FORMATS: Final = ("json", "yaml", "csv")
_TEXTS: Final = ("shortcut", "category", "language", "title", "text")
_COUNTS: Final = ("used", "accepted")
_MOST: Final = 10**9  # more than anybody sends, less than a database can count


def read_replies(path: Path, knowledge_base: str) -> tuple[CannedReply, ...]:
    """Read canned replies from a file, its format told by its name (YAML for any other).

    InvalidInput names the entry that is wrong.
    """
    try:
        kept = _parsed(path.read_text(encoding="utf-8-sig"), path)
    except (OSError, ValueError, RecursionError, csv.Error) as error:
        raise InvalidInput(f"{path.name} cannot be read.", remedy="Give UTF-8 CSV, YAML or JSON.") from error
    if not isinstance(kept, list) or not all(isinstance(each, dict) for each in kept):
        raise InvalidInput(f"{path.name} is no list of replies.", remedy='Begin each with "- shortcut: ...".')
    return tuple(_reply(f"{path.name}, entry {at}", each, knowledge_base) for at, each in enumerate(kept, 1))


def written_replies(replies: Iterable[CannedReply], format: str) -> str:
    """Return the replies as `read_replies` reads them; `format` is one of FORMATS."""
    entries = [{name: getattr(each, name) for name in (*_TEXTS, *_COUNTS)} for each in replies]
    if format == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, [*_TEXTS, *_COUNTS], lineterminator="\n")
        writer.writeheader()
        writer.writerows(entries)
        return out.getvalue()
    if format == "yaml":
        import yaml  # type: ignore[import-untyped, unused-ignore]

        written: str = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
        return written
    return json.dumps(entries, ensure_ascii=False, indent=1)


def _parsed(text: str, path: Path) -> object:
    if path.suffix.lower() == ".csv":
        return list(csv.DictReader(io.StringIO(text), strict=True))
    if path.suffix.lower() == ".json":
        return json.loads(text)
    return read_yaml(text, name=path.name)


def _reply(where: str, kept: dict[str, object], knowledge_base: str) -> CannedReply:
    unknown = kept.keys() - {*_TEXTS, *_COUNTS}
    if unknown:
        raise InvalidInput(f"{where} has a field that there is not.", remedy=f"Fields are {_listed(_TEXTS)}.")
    try:
        used, accepted = (min(max(int(str(kept.get(name) or 0)), 0), _MOST) for name in _COUNTS)
        shortcut, category, language, title, text = (_text(name, kept.get(name)) for name in _TEXTS)
        return checked_reply(
            CannedReply(knowledge_base, shortcut, language, title, text, category, used, min(accepted, used))
        )
    except ValueError as error:
        raise InvalidInput(f"{where} has a count that is no number.", remedy="Leave counts out.") from error
    except InvalidInput as error:
        raise InvalidInput(f"{where}: {error.message}", remedy=error.remedy) from error


def _text(name: str, value: object) -> str:
    """Return a field as text; YAML takes words such as `no` and `2026-01-01` for something else."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise InvalidInput(f"The field {name} is no text.", remedy=f"Put the {name} in quotes.")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)

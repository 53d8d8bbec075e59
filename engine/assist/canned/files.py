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

__all__ = ["FORMATS", "read_replies", "written_replies"]

FORMATS: Final = ("json", "yaml", "csv")
_TEXTS: Final = ("shortcut", "category", "language", "title", "text")
_COUNTS: Final = ("used", "accepted")


def read_replies(path: Path, knowledge_base: str) -> tuple[CannedReply, ...]:
    """Read canned replies from a file, its format told by its name (YAML for any other).

    InvalidInput names the entry that is wrong.
    """
    import yaml  # type: ignore[import-untyped, unused-ignore]

    try:
        text = path.read_text(encoding="utf-8-sig")
        kept = _parsed(text, path.suffix.lower())
    except (OSError, ValueError, csv.Error, yaml.YAMLError) as error:
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
        import yaml

        written: str = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=120)
        return written
    return json.dumps(entries, ensure_ascii=False, indent=1)


def _parsed(text: str, suffix: str) -> object:
    if suffix == ".csv":
        return list(csv.DictReader(io.StringIO(text), strict=True))
    if suffix == ".json":
        return json.loads(text)
    import yaml

    return yaml.safe_load(text)


def _reply(where: str, kept: dict[str, object], knowledge_base: str) -> CannedReply:
    unknown = kept.keys() - {*_TEXTS, *_COUNTS}
    if unknown:
        raise InvalidInput(f"{where} has a field that there is not.", remedy=f"Fields are {_listed(_TEXTS)}.")
    try:
        used, accepted = (int(str(kept.get(name) or 0)) for name in _COUNTS)
        shortcut, category, language, title, text = (str(kept.get(name) or "") for name in _TEXTS)
        return checked_reply(
            CannedReply(knowledge_base, shortcut, language, title, text, category, max(used, 0), max(accepted, 0))
        )
    except ValueError as error:
        raise InvalidInput(f"{where} has a count that is no number.", remedy="Leave counts out.") from error
    except InvalidInput as error:
        raise InvalidInput(f"{where}: {error.message}", remedy=error.remedy) from error


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)

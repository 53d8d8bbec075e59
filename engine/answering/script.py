"""Show quoted knowledge in the script that the reader writes."""

from __future__ import annotations

from engine.languages.folding import to_script
from engine.languages.registry import profile_for

__all__ = ["readable", "shown_language"]

_CHINESE = frozenset({"zh-Hans", "zh-Hant"})


def shown_language(language: str, reader: str) -> str:
    """Return the language (BCP 47) in which text is shown to a reader: Chinese in the reader's script, all else as is.

    The knowledge itself and the quotes of citations are never converted.
    """
    theirs, ours = profile_for(reader).code, profile_for(language).code
    return theirs if theirs != ours and {theirs, ours} == _CHINESE else language


def readable(text: str, *, language: str, reader: str) -> str:
    """Return `text` as a reader of `reader` reads it, regional wording included ("软件" becomes "軟體" in zh-Hant)."""
    shown = shown_language(language, reader)
    return text if shown == language else to_script(text, shown)

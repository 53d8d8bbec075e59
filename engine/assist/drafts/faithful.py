"""Whether a rewritten draft says what the agent's own says: the same numbers, dates, names, promises."""

from __future__ import annotations

from engine.answering.fidelity import infidelity
from engine.answering.spoken import written_in
from engine.guard.promises.cues import matters
from engine.guard.promises.extraction import promises
from engine.languages.folding import fold
from engine.languages.quantities import quantities_supported
from engine.languages.sentences import sentences

__all__ = ["is_faithful"]


def is_faithful(text: str, draft: str, known: str, language: str, *, translated: bool = False) -> bool:
    """Tell whether `text` keeps all quantities, addresses and names of `draft` and adds none.

    It affirms and denies the same, and promises in no other matter. Names may also come from `known`, the facts.
    Of a translation only quantities and the language are compared: names are spelt in its own way.
    """
    if not text.strip() or not all(written_in(span.of(text), language) for span in sentences(text)):
        return False
    if not (quantities_supported(text, draft) and quantities_supported(draft, text)):
        return False
    if translated:
        return True
    own = [span.of(draft) for span in sentences(draft)]
    held = (infidelity(span.of(text), own, f"{draft}\n{known}", language=language) is None for span in sentences(text))
    kept = infidelity(draft, (), text, language=language) is None
    return all(held) and kept and {each.matter for each in promises(text)} <= set(matters(fold(draft)))

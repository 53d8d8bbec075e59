"""Whether what a language model says beside the matter is courtesy and nothing else."""

from __future__ import annotations

from engine.answering.fidelity import infidelity
from engine.answering.spoken import written_in
from engine.guard.promises.extraction import promises
from engine.languages.quantities import quantities_supported
from engine.languages.sentences import sentences
from engine.languages.service_phrases import after_greeting
from engine.languages.summary_cues import pledges, reports_deed

__all__ = ["is_courtesy"]

MAX_SENTENCES = 2
MAX_CHARS = 240


def is_courtesy(text: str, known: str, language: str) -> bool:
    """Tell whether a text is short, in its language, and neither greets, nor promises, nor reports a deed.

    Its numbers, names and addresses must stand in `known`: what the customer said, and the facts at hand.
    """
    if not text.strip() or len(text) > MAX_CHARS or len(sentences(text)) > MAX_SENTENCES:
        return False
    if promises(text) or pledges(text) or reports_deed(text) or after_greeting(text.strip()) is not None:
        return False
    held = quantities_supported(text, known) and infidelity(text, (), known, language=language) is None
    return held and written_in(text, language)

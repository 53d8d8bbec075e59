"""Present an answer as what it is: policy, steps, a similar case, an entry of an FAQ."""

from __future__ import annotations

from engine.answering.script import shown_language
from engine.domain.answer import Citation, Presentation
from engine.domain.knowledge import DocumentKind
from engine.languages.kinship import Kinship, kinship
from engine.languages.registry import UNKNOWN, profile_for

__all__ = ["lead_in", "presentation"]

_BY_KIND = {
    DocumentKind.POLICY: Presentation.POLICY,
    DocumentKind.FAQ: Presentation.FAQ,
    DocumentKind.TRANSCRIPT: Presentation.SIMILAR_CASE,
    DocumentKind.CASE: Presentation.SIMILAR_CASE,
}


def presentation(kind: DocumentKind, *, steps: bool) -> Presentation:
    """Return what an answer from a kind of document is; steps are steps, but in a past case."""
    found = _BY_KIND.get(kind, Presentation.TEXT)
    return Presentation.STEPS if steps and found is not Presentation.SIMILAR_CASE else found


def lead_in(cited: Citation, shown_as: Presentation, reader: str) -> str:
    """Return what to say before a quote, in the language of the reader (BCP 47); may be empty.

    It tells the kind of knowledge, and that it is in another language than the reader's.
    """
    phrases = profile_for(reader).phrases
    said = {
        Presentation.POLICY: phrases.lead_in_policy,
        Presentation.STEPS: phrases.lead_in_steps,
        Presentation.SIMILAR_CASE: phrases.lead_in_case,
        Presentation.FAQ: phrases.lead_in,
    }.get(shown_as, "")
    language = shown_language(cited.language, reader)
    foreign = UNKNOWN not in (language, reader) and kinship(language, reader) is not Kinship.LANGUAGE
    other = phrases.other_language.format(language=profile_for(language).name) if foreign else ""
    return "\n".join(filter(None, (said.format(title=cited.title), other)))

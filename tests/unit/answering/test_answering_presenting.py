"""As what an answer is presented, in every language."""

from __future__ import annotations

import pytest

from engine.answering.compose import citation
from engine.answering.extract import Quote
from engine.answering.presenting import lead_in, presentation
from engine.domain.answer import Citation, Presentation
from engine.domain.knowledge import DocumentKind, Span
from engine.languages.registry import profiles
from tests.builders import passage


def cited(language: str = "en") -> Citation:
    return citation(passage("Text.", title="Returns {x}", language=language), Quote(0, Span(0, 5), "Text."), Span(0, 5))


@pytest.mark.parametrize(
    ("kind", "steps", "expected"),
    [
        (DocumentKind.POLICY, False, Presentation.POLICY),
        (DocumentKind.POLICY, True, Presentation.STEPS),
        (DocumentKind.PAGE, False, Presentation.TEXT),
        (DocumentKind.MANUAL, True, Presentation.STEPS),
        (DocumentKind.FAQ, False, Presentation.FAQ),
        (DocumentKind.CASE, False, Presentation.SIMILAR_CASE),
        (DocumentKind.CASE, True, Presentation.SIMILAR_CASE),
        (DocumentKind.TRANSCRIPT, False, Presentation.SIMILAR_CASE),
    ],
)
def test_the_kind_of_evidence_decides(kind: DocumentKind, steps: bool, expected: Presentation) -> None:
    assert presentation(kind, steps=steps) is expected


@pytest.mark.parametrize("reader", sorted(profiles()))
def test_every_language_has_a_lead_in_of_its_own_for_each(reader: str) -> None:
    said = {shown_as: lead_in(cited(reader), shown_as, reader) for shown_as in Presentation}
    assert said.pop(Presentation.TEXT) == ""
    assert len(set(said.values())) == len(said)
    assert all("Returns {x}" in text for text in said.values())


def test_a_text_in_another_language_is_said_to_be_one() -> None:
    assert lead_in(cited("ja"), Presentation.TEXT, "en") == "We have this information in 日本語 only:"
    policy, other = lead_in(cited("ja"), Presentation.POLICY, "de").split("\n")
    assert policy == "In „Returns {x}“ ist geregelt:"
    assert other == "Diese Information liegt uns nur auf 日本語 vor:"


@pytest.mark.parametrize(("language", "reader"), [("zh-Hans", "zh-Hant"), ("en", "en"), ("und", "en"), ("ja", "und")])
def test_what_can_be_read_needs_no_excuse(language: str, reader: str) -> None:
    assert lead_in(cited(language), Presentation.TEXT, reader) == ""

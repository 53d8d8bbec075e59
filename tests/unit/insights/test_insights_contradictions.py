from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from engine.domain.knowledge import DocumentKind, Span
from engine.domain.upkeep import Contradiction, ContradictionKind
from engine.embedding.late_interaction import LateInteraction
from engine.embedding.static import StaticEmbedder
from engine.insights.contradictions import CLIP, Signals, confidence, contradictions, pairs, side
from engine.insights.statements import Statement
from tests.fakes.repositories import document

ENCODER = StaticEmbedder()
RERANKER = LateInteraction(ENCODER)
FILLER = ("Please have your order number at hand.", "Wipe the housing with a soft cloth.")
PAGES = {
    "terms": ("en", "Unused goods may be returned within 30 days of delivery.", "Gift cards are valid for 24 months."),
    "faq": ("en", "You can return unused goods for 14 days after delivery.", "A gift card is valid for two years."),
    "members": (
        "en",
        "For members of the club: Unused goods may be returned within 60 days of delivery.",
    ),
    "germany": (
        "en",
        "Orders to Germany are delivered within 3 days.",
    ),
    "france": (
        "en",
        "Orders to France are delivered within 5 days.",
    ),
    "harrow": (
        "en",
        "The warranty of the Harrow lasts 24 months, and the Harrow is quiet.",
    ),
    "quill": (
        "en",
        "The warranty of the Quill lasts 36 months, and the Quill is quiet.",
    ),
    "yes": (
        "en",
        "You may wash the jug in the dishwasher.",
    ),
    "no": (
        "en",
        "You may not wash the jug in the dishwasher.",
    ),
    "tuihuo": ("zh-Hans", "退款将在仓库收到商品后5天内到账。", "礼品卡有效期24个月。"),
    "tuihuo-tw": (
        "zh-Hant",
        "退款將在倉庫收到商品後10天內到賬。",
    ),
}


def statements(pages: Mapping[str, tuple[str, ...]], kind: DocumentKind = DocumentKind.PAGE) -> list[Statement]:
    found: list[Statement] = []
    for name, (language, *texts) in pages.items():
        home = document(name, language=language, title=name, kind=kind)
        filler = FILLER if language == "en" else ()
        found += (Statement(text, language, Span(0, len(text)), name, home) for text in (*texts, *filler))
    return found


def told(found: Sequence[Contradiction]) -> set[frozenset[str]]:
    return {frozenset((each.one.document_id, each.other.document_id)) for each in found}


def test_pages_that_give_other_values_or_say_no_are_found_and_decoys_are_not() -> None:
    found = contradictions(statements(PAGES), {}, ENCODER, RERANKER)
    assert told(found) == {frozenset(pair) for pair in (("terms", "faq"), ("yes", "no"), ("tuihuo", "tuihuo-tw"))}
    assert [each.confidence for each in found] == sorted((each.confidence for each in found), reverse=True)
    assert {each.kind for each in found} == {ContradictionKind.DOCUMENTS}
    values = {each.one.document_id: each.values for each in found}
    assert values["terms"] == (("30",), ("14",))
    assert values["yes"] == ((), ())


def test_languages_of_a_page_are_compared_and_other_pages_are_not() -> None:
    pages = {
        "en/returns": ("en", "The refund is paid within 7 days.", "The battery lasts two hours."),
        "ja/returns": ("ja", "ご返金は10日以内に行います。", "バッテリーは2時間使えます。"),
    }
    siblings = {"en/returns": ["ja/returns"], "ja/returns": ["en/returns"]}
    (found,) = contradictions(statements(pages), siblings, ENCODER, RERANKER, minimum=0.2)
    assert (found.kind, found.values) == (ContradictionKind.LANGUAGES, (("7",), ("10",)))
    assert contradictions(statements(pages), {}, ENCODER, RERANKER) == []


def test_what_agents_say_is_held_against_documents_and_not_against_each_other() -> None:
    talks = {
        name: ("en", f"Unused goods may be returned within {days} days of delivery.")
        for name, days in (("a", 14), ("b", 21))
    }
    page = statements({"terms": PAGES["terms"]})
    found = contradictions([*page, *statements(talks, DocumentKind.TRANSCRIPT)], {}, ENCODER, RERANKER)
    assert told(found) == {frozenset(("terms", "a")), frozenset(("terms", "b"))}
    assert {each.kind for each in found} == {ContradictionKind.AGENTS}


def test_it_works_without_a_reranker() -> None:
    pages = {name: PAGES[name] for name in ("terms", "faq")}
    assert told(contradictions(statements(pages), {}, ENCODER, None, minimum=0.2)) == {frozenset(("terms", "faq"))}
    assert contradictions([], {}, ENCODER, None) == []


def test_list_items_are_neither_yes_nor_no() -> None:
    pages = {
        "does": ("en", "- Offer express delivery to an address abroad."),
        "not": ("en", "We do not offer express delivery to an address abroad."),
    }
    assert list(pairs(statements(pages), {}, ENCODER, RERANKER)) == []


@pytest.mark.parametrize("related", [True, False])
def test_more_alike_is_surer(related: bool) -> None:
    signals = [
        Signals(related, True, likeness, matter, (margin, 0.1))
        for likeness, matter, margin in ((0.5, -1, -0.2), (1.0, 0, 0.1), (2.0, 1, 0.3))
    ]
    sureness = [confidence(each) for each in signals]
    assert sureness[0] < sureness[1] < sureness[2]
    assert Signals(related, False, 1.0, 1, (5.0, -5.0)).vector == (1.0, 1.0, 0.0, -CLIP, CLIP, 0.0)


def test_only_statements_of_documents_have_sides() -> None:
    with pytest.raises(ValueError, match="of a document"):
        side(Statement("It is so.", "en", Span(0, 9)))

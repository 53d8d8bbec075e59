"""Whatever agents write: rewriting by rules keeps every quantity, and letters come apart without a loss."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.assist.drafts.letter import read_letter
from engine.assist.drafts.rewriting import rewritten
from engine.domain.draft import Rewrite
from engine.languages.quantities import quantities_supported
from tests.unit.assist.drafts.test_drafts_rewriting import occasion

PARTS = (
    *(
        "Hello,",
        "Dear Ms Fischer,",
        "您好，",
        "田中様",
        "Thank you for your message.",
        "Sorry about that!",
        "感谢您的来信。",
    ),
    *(
        "Please note that it costs EUR 20.",
        "It left on 3 May 2026.",
        "退款5天到账。",
        "5日かかります。",
        "Order MV-2026-118420.",
    ),
    *(
        "You cannot return it.",
        "Have a nice day!",
        "Kind regards",
        "Tom Becker",
        "1. Pull the plug.",
        "\n",
        "\n\n",
        " ",
    ),
)
DRAFTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=9).map(" ".join).filter(lambda text: text.strip())
BY_RULE = st.sampled_from([Rewrite.SHORTER, Rewrite.FRIENDLIER, Rewrite.MORE_FORMAL])


@settings(max_examples=40, deadline=None)
@given(draft=DRAFTS, how=BY_RULE)
def test_every_quantity_stays_and_none_is_added(draft: str, how: Rewrite) -> None:
    found = rewritten(draft, how, occasion(), None).text
    assert quantities_supported(found, draft)
    assert quantities_supported(draft, found)


@settings(max_examples=40, deadline=None)
@given(draft=DRAFTS)
def test_the_parts_of_a_letter_are_the_letter(draft: str) -> None:
    greeting, _, *rest = astuple(read_letter(draft, "en"))
    assert "".join((greeting, *rest)) == draft


@settings(max_examples=40, deadline=None)
@given(draft=DRAFTS)
def test_shorter_is_never_longer(draft: str) -> None:
    assert len(rewritten(draft, Rewrite.SHORTER, occasion(), None).text) <= len(draft.strip())

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.embedding.static import BUNDLED, StaticEmbedder
from engine.encoder.card import model_card
from tests.fakes.static_model import save_static_model

CARD = model_card(pieces=80_000, dimension=352, steps=1600, batch_size=2048)
SOURCES = (
    "CC-CEDICT",
    "JMdict",
    "JMnedict",
    "KANJIDIC2",
    "wordfreq",
    "SUBTLEX-US",
    "Marc Brysbaert",
    "OpenCC",
    "CLDR",
    "all-MiniLM-L6-v2",
    "AdobeDocs",
)
LICENCES = ("MIT", "CC-BY-SA 4.0", "Unicode-3.0", "Apache-2.0", "edrdg.org/edrdg/licence.html")


@pytest.mark.parametrize("name", SOURCES + LICENCES)
@pytest.mark.parametrize("card", [CARD, (BUNDLED / "README.md").read_text("utf-8")], ids=["written", "bundled"])
def test_sources_and_licences_are_named(card: str, name: str) -> None:
    assert name in card


def test_the_bundled_card_credits_what_a_new_one_does() -> None:
    def listed(card: str) -> str:
        return card.partition("## Material")[2].partition("## Figures")[0]

    assert listed((BUNDLED / "README.md").read_text("utf-8")) == listed(CARD)


def test_the_options_are_filled_in() -> None:
    for figure in ("80,000", "352", "1,600", "2,048"):
        assert figure in CARD
    assert re.search("<[A-Z]+>", CARD) is None


def test_the_front_matter_declares_the_languages(tmp_path: Path) -> None:
    folder = save_static_model(tmp_path / "model")
    (folder / "README.md").write_text(CARD, "utf-8")
    assert StaticEmbedder(folder).info.languages == {"en", "zh", "ja", "ko", "de", "es", "fr"}


def test_the_bundled_card_has_figures() -> None:
    figures = (BUNDLED / "README.md").read_text("utf-8").partition("## Figures")[2]
    assert len(re.findall(r"\.\d{2,3}", figures)) > 20

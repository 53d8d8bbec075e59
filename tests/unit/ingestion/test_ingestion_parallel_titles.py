"""Pages in several languages that are told by their titles alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import numpy as np
import pytest

from engine.domain.knowledge import Document, DocumentKind
from engine.ports import EmbedderInfo, Vector
from ingestion import parallel_titles
from ingestion.parallel_titles import relate_by_title
from tests.unit.ingestion.memory import KB, MemoryKnowledge, Place

TODAY = date(2026, 7, 1)
MEANING: Mapping[str, Sequence[float]] = {
    "Returns": (1, 0, 0),
    "返品": (0.98, 0.2, 0),
    "Rückgabe": (1, 0.1, 0),
    "Refunds": (0.97, 0.24, 0),
    "Warranty": (0, 1, 0),
    "保証": (0, 1, 0.1),
    "Breva K2": (0, 0, 1),
    "Breva K3": (0, 0, 1),
}


class Titles:
    """An embedder that knows a few titles."""

    def __init__(self, languages: frozenset[str] = frozenset()) -> None:
        self.info = EmbedderInfo("titles", "1", 3, normalized=True, languages=languages)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        rows = np.array([MEANING[text] for text in texts], dtype=np.float32)
        return cast("Vector", rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def embed_query(self, text: str) -> Vector:
        return cast("Vector", self.embed_passages([text])[0])


def related(
    *titles: tuple[str, str], new: Sequence[str] = (), knows: frozenset[str] = frozenset()
) -> set[frozenset[str]]:
    """Publish documents of (title, language), relate those in `new` (or all), and return the titles of the pairs."""
    here = Place()
    knowledge = here.knowledge
    written = []
    for title, language in titles:
        document = Document(title, KB, "s", f"{title}.md", title, DocumentKind.PAGE, language, 1, title)
        knowledge.stage(document, title, ())
        knowledge.relate({title: [f"uri:{title}"]})
        knowledge.activate(title, 1)
        written += [document] if title in new or not new else []
    count = relate_by_title(replace(here.target, embedder=Titles(knows)), written, TODAY)
    found = _pairs(knowledge, [title for title, _ in titles])
    assert len(found) == count
    return found


def _pairs(knowledge: MemoryKnowledge, titles: Sequence[str]) -> set[frozenset[str]]:
    siblings = knowledge.siblings(titles, TODAY)
    return {frozenset((title, each.document_id)) for title, others in siblings.items() for each in others}


def test_titles_that_say_the_same_are_one_page() -> None:
    found = related(("Returns", "en"), ("返品", "ja"), ("Warranty", "en"), ("保証", "ja"))
    assert found == {frozenset(("Returns", "返品")), frozenset(("Warranty", "保証"))}


def test_a_page_may_be_there_in_three_languages() -> None:
    found = related(("Returns", "en"), ("返品", "ja"), ("Rückgabe", "de"))
    assert len(found) == 3


@pytest.mark.parametrize(
    "titles",
    [
        (("Returns", "en"), ("Refunds", "en"), ("返品", "ja")),
        (("Returns", "en"), ("保証", "ja")),
        (("Breva K2", "en"), ("Breva K3", "ja")),
        (("Returns", "en"), ("Refunds", "en")),
        (("Returns", "en"), ("返品", "und")),
    ],
    ids=["ambiguous", "unlike", "another code", "one language", "unknown language"],
)
def test_what_is_not_certain_is_left_alone(titles: tuple[tuple[str, str], ...]) -> None:
    assert related(*titles) == set()


def test_only_new_documents_and_languages_that_the_model_knows_are_compared() -> None:
    titles = (("Returns", "en"), ("返品", "ja"), ("Warranty", "en"), ("保証", "ja"))
    assert related(*titles, new=["保証"]) == {frozenset(("Warranty", "保証"))}
    assert related(*titles, knows=frozenset({"en"})) == set()


def test_a_document_that_has_a_sibling_needs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Place()
    for title, language in (("Returns", "en"), ("返品", "ja"), ("Rückgabe", "ja")):
        document = Document(title, KB, "s", title, title, DocumentKind.PAGE, language, 1, title)
        here.knowledge.stage(document, title, ())
        here.knowledge.relate({title: ["same"] if title != "返品" else []})
        here.knowledge.activate(title, 1)
    target = replace(here.target, embedder=Titles())
    assert relate_by_title(target, here.knowledge.documents(KB), TODAY) == 0
    monkeypatch.setattr(parallel_titles, "MOST", 2)
    assert relate_by_title(target, here.knowledge.documents(KB), TODAY) == 0

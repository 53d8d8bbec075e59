from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.domain.knowledge import DocumentKind, Span
from engine.domain.proposals import Place, Proposal, ProposalKind, ProposalState
from engine.errors import Conflict, NotFound
from engine.service import Engine
from engine.settings import load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.publishing import PROPOSALS, KnowledgePublisher
from ingestion.sources import MemoryFile
from ingestion.versions.rewriting import rewrite
from tests.fakes.embedding import HashEmbedder

NOW = datetime(2026, 7, 1, tzinfo=UTC)
QUOTE = "Unused goods may be returned within 30 days."
PAGE = f"# Returns\n\n## Time limit\n\nKeep the box. {QUOTE} Thank you.\n\n## Costs\n\nWe pay for the parcel.\n"
NEW = Proposal(
    id="p1",
    knowledge_base="shop",
    kind=ProposalKind.NEW,
    state=ProposalState.APPROVED,
    language="en",
    question="Why does it not switch off?",
    answer="# Boil it once.\n- Rinse it twice.\nCustomer: thanks",
    confidence=0.75,
    evidence=(),
    created_at=NOW,
    changed_at=NOW,
    access=("access:staff",),
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    built = build_engine(load_settings(data_dir=tmp_path / "data"), embedder=HashEmbedder())
    list(ingest([MemoryFile("returns.md", PAGE.encode())], target=target_of(built, "shop"), source="folder"))
    yield built
    built.close()


@pytest.fixture
def place(engine: Engine) -> Place:
    (page,) = engine.parts.knowledge.documents("shop")
    text = engine.parts.knowledge.stored_text(page.id, page.version).text
    at = text.index(QUOTE)
    return Place(page.id, page.version, page.title, Span(at, at + len(QUOTE)), QUOTE)


def test_an_entry_of_its_own_is_an_faq_page_with_its_words_as_they_are(engine: Engine) -> None:
    publisher = KnowledgePublisher(engine)
    done = publisher.publish(NEW)
    page = engine.parts.knowledge.document(done.document_id)
    assert (page.kind, page.title, page.language, page.tags) == (
        DocumentKind.FAQ,
        NEW.question,
        "en",
        ("access:staff",),
    )
    assert (page.source, done.version, done.previous) == (PROPOSALS, 1, 0)
    text = engine.parts.knowledge.stored_text(page.id, 1).text
    assert text.startswith(NEW.question)
    assert all(line in text for line in NEW.answer.split("\n")), "no markup, no transcript"
    assert publisher.publish(NEW).version == 1, "the same again changes nothing"
    publisher.roll_back(done)
    with pytest.raises(NotFound):
        engine.parts.knowledge.document(done.document_id)


def test_a_sentence_is_replaced_in_a_new_version_and_comes_back(engine: Engine, place: Place) -> None:
    knowledge, publisher = engine.parts.knowledge, KnowledgePublisher(engine)
    before = knowledge.chunks(place.document_id, 1)
    done = publisher.publish(replace(NEW, place=place, answer="You have 14 days."))
    text = knowledge.stored_text(place.document_id, 2).text
    assert "Keep the box. You have 14 days. Thank you." in text
    chunks = knowledge.chunks(place.document_id, 2)
    assert [each.span.of(text) for each in chunks] == [each.text for each in chunks]
    assert len(chunks) == len(before)
    assert (done.version, done.previous) == (2, 1)
    found = engine.search("shop", "You have 14 days").passages
    assert "14 days" in found[0].text
    assert not any("30 days" in each.text for each in found)
    publisher.roll_back(done)
    assert knowledge.stored_text(place.document_id, 3).text == knowledge.stored_text(place.document_id, 1).text


def test_what_has_changed_since_is_not_touched(engine: Engine, place: Place) -> None:
    publisher = KnowledgePublisher(engine)
    done = publisher.publish(replace(NEW, place=place, answer="You have 14 days."))
    with pytest.raises(Conflict, match="changed at that place"):
        publisher.publish(replace(NEW, place=place, answer="You have 10 days."))
    text = engine.parts.knowledge.stored_text(place.document_id, 2).text
    at = text.index("We pay")
    rewrite(target_of(engine, "shop"), place.document_id, Span(at, at + 6), quote="We pay", text="You pay")
    with pytest.raises(Conflict, match="newer version"):
        publisher.roll_back(done)

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from engine.assembly import build_engine
from engine.domain.upkeep import ContradictionKind, StaleReason
from engine.errors import NotFound
from engine.insights.reviewing import find_contradictions, in_force_on
from engine.insights.staleness import find_stale
from engine.service import Engine
from engine.settings import load_settings
from ingestion.connect import target_of
from ingestion.pipeline import ingest
from ingestion.sources import MemoryFile

TEXT = "Unused goods may be returned within {} days of delivery."
PAGES = {
    "en/returns.md": f"# Returns\n\n{TEXT.format(30)}\n",
    "en/questions.md": f"# Questions about returns\n\n{TEXT.format(14)}\n",
    "en/old.md": f"---\neffective_until: 2023-12-31\n---\n# Returns before\n\n{TEXT.format(7)}\n",
    "chat.txt": f"Customer: How long may I return it?\nAgent: {TEXT.format(21)}\nCustomer: That helps, thank you!\n",
}
NOW, THEN = date(2026, 6, 1), date(2023, 6, 1)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("reviewing")
    built = build_engine(load_settings(data_dir=folder))
    files = [MemoryFile(name, text.encode()) for name, text in PAGES.items()]
    list(ingest(files, target=target_of(built, "shop"), source="folder"))
    yield built
    built.close()


def told(engine: Engine, day: date, minimum: float = 0.3) -> set[frozenset[str]]:
    found = find_contradictions(engine, "shop", day=day, minimum=minimum)
    return {frozenset((each.one.uri, each.other.uri)) for each in found}


def test_what_is_in_force_on_a_day_is_compared(engine: Engine) -> None:
    pages = {"en/returns.md", "en/questions.md"}
    now = told(engine, NOW)
    assert now == {frozenset(pages), *(frozenset((each, "chat.txt")) for each in pages)}
    assert now < told(engine, THEN)
    assert told(engine, NOW, minimum=1.0) == set()


def test_agents_are_told_from_documents(engine: Engine) -> None:
    found = find_contradictions(engine, "shop", day=NOW)
    kinds = {frozenset((each.one.uri, each.other.uri)): each.kind for each in found}
    assert kinds[frozenset(("en/returns.md", "chat.txt"))] is ContradictionKind.AGENTS
    assert kinds[frozenset(("en/returns.md", "en/questions.md"))] is ContradictionKind.DOCUMENTS


def test_quotes_stand_at_their_spans(engine: Engine) -> None:
    for found in find_contradictions(engine, "shop", day=NOW):
        for side in (found.one, found.other):
            text = engine.parts.knowledge.stored_text(side.document_id, side.version).text
            assert side.span.of(text) == side.quote


def test_documents_of_other_days_are_left_out(engine: Engine) -> None:
    assert "en/old.md" not in {each.uri for each in in_force_on(engine, "shop", NOW)}
    assert "en/old.md" in {each.uri for each in in_force_on(engine, "shop", THEN)}
    (expired,) = find_stale(engine, "shop")
    assert (expired.reason, expired.uri, expired.day) == (StaleReason.EXPIRED, "en/old.md", date(2023, 12, 31))


def test_an_unknown_knowledge_base_is_named(engine: Engine) -> None:
    for call in (find_contradictions, find_stale):
        with pytest.raises(NotFound, match="'nowhere'"):
            call(engine, "nowhere")

from __future__ import annotations

import numpy as np
import pytest

from ingestion.chunking.chunker import ChunkOptions
from ingestion.sources import MemoryFile
from tests.unit.ingestion.memory import KB, FakeEmbedder, Place

CARE = "It switches itself off. Never fill it above the line. Keep it away from the edge."
SECTIONS = {f"Part {number}": f"{CARE} Part {number} is like the others." for number in range(6)}
SIZES = ChunkOptions(25.0, 0.0)


def page(sections: dict[str, str], title: str = "Kettle") -> MemoryFile:
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in sections.items())
    return MemoryFile("a.md", f"# {title}\n\n{body}".encode())


def edited(place: Place, sections: dict[str, str], *, rebuild: bool = False) -> tuple[int, int, list[str]]:
    """Ingest an edit; return how many chunks were embedded, how many kept their vectors, and what was embedded."""
    before = len(place.embedder.texts)
    report = place.ingest([page(sections)], chunking=SIZES, rebuild=rebuild)
    place.check()
    assert report.embedded + report.reused == report.chunks
    return report.embedded, report.reused, place.embedder.texts[before:]


@pytest.fixture
def place() -> Place:
    made = Place()
    embedded, reused, _ = edited(made, SECTIONS)
    assert (embedded, reused) == (len(made.store.indexes[KB]), 0)
    assert embedded > 6
    return made


def test_of_one_edited_section_only_the_chunks_that_changed_are_embedded(place: Place) -> None:
    embedded, reused, texts = edited(place, {**SECTIONS, "Part 3": f"{CARE} Part 3 is new."})
    assert (embedded, reused) == (1, len(place.store.indexes[KB]) - 1)
    assert "Part 3 is new." in texts[0]


def test_moved_sections_keep_their_vectors(place: Place) -> None:
    embedded, _, texts = edited(place, dict(reversed(SECTIONS.items())))
    assert embedded == 2  # the page's heading goes with another section
    assert all("Part 0" in text or "Part 5" in text for text in texts)


def test_vectors_belong_to_their_texts_after_an_edit(place: Place) -> None:
    edited(place, {"First": "A section before all others.", **SECTIONS})
    (document,) = place.knowledge.documents(KB)
    for chunk in place.store.indexes[KB].values():
        searched = "\n".join(dict.fromkeys((document.title, *chunk.record.section)))
        assert np.array_equal(chunk.dense, place.embedder.embed_query(_searched(searched, chunk.record.text)))


def _searched(above: str, text: str) -> str:
    lines = text.split("\n")
    return "\n".join([line for line in above.split("\n") if line not in lines] + [text])


def test_a_new_title_changes_what_is_searched_and_so_everything(place: Place) -> None:
    report = place.ingest([page(SECTIONS, title="Boiler")], chunking=SIZES)
    assert (report.reused, report.embedded) == (0, report.chunks)


def test_another_model_reuses_nothing(place: Place) -> None:
    place.embedder = FakeEmbedder("another")
    embedded, reused, _ = edited(place, {**SECTIONS, "Part 3": "New."}, rebuild=True)
    assert reused > 0  # what was rebuilt just now
    assert embedded > len(SECTIONS)
    assert all(np.isfinite(chunk.dense).all() for chunk in place.store.indexes[KB].values())


def test_vectors_that_the_index_has_lost_are_made_again(place: Place) -> None:
    (lost,) = list(place.store.indexes[KB])[:1]
    del place.store.indexes[KB][lost]
    embedded, _, _ = edited(place, SECTIONS)
    assert embedded == 1


def test_a_version_that_comes_into_force_later_reuses_them_too(place: Place) -> None:
    file = page({**SECTIONS, "Part 3": "New."})
    later = MemoryFile("a.md", b"---\neffective_from: 2030-01-01\n---\n" + file.data)
    report = place.ingest([later], chunking=SIZES)
    assert (report.embedded, report.reused) == (1, report.chunks - 1)
    assert {record.version for record in place.store.records(KB)} == {1, 2}
    place.check()

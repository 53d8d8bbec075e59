from __future__ import annotations

from itertools import groupby

from engine.domain.knowledge import Chunk, Span, stable_id
from ingestion.chunking.contexts import contexts


def chunks(*texts: str, document: str = "doc") -> list[Chunk]:
    return [
        Chunk(stable_id(document, text, str(at)), document, at, Span(at, at + len(text)), text)
        for at, text in enumerate(texts)
    ]


def sizes(ids: tuple[str, ...]) -> list[int]:
    return [len(list(group)) for _, group in groupby(ids)]


def test_neighbours_share_a_context_up_to_the_bound() -> None:
    assert sizes(contexts(chunks(*["字" * 4] * 5), max_weight=10)) == [2, 2, 1]


def test_small_documents_are_one_context() -> None:
    assert sizes(contexts(chunks("a", "b", "c"))) == [3]


def test_a_chunk_above_the_bound_stands_alone() -> None:
    assert sizes(contexts(chunks("字", "字" * 30, "字"), max_weight=10)) == [1, 1, 1]


def test_documents_never_share_a_context() -> None:
    both = [*chunks("a", "b"), *chunks("a", "b", document="other")]
    assert sizes(contexts(both)) == [2, 2]


def test_ids_follow_the_content() -> None:
    first = contexts(chunks("字" * 6, "字" * 6, "字" * 6), max_weight=12)
    assert first == contexts(chunks("字" * 6, "字" * 6, "字" * 6), max_weight=12)
    changed = contexts(chunks("字" * 6, "字" * 5, "字" * 6), max_weight=12)
    assert changed[0] == first[0]
    assert len(set(first)) == 2
    assert set(first).isdisjoint({chunk.id for chunk in chunks("字" * 6)})


def test_nothing_gives_nothing() -> None:
    assert contexts([]) == ()

"""Documents, chunks, spans and ids."""

from __future__ import annotations

import uuid
from dataclasses import FrozenInstanceError, fields, is_dataclass

import pytest

from engine.domain import knowledge
from engine.domain.knowledge import Block, BlockKind, Chunk, Document, DocumentKind, ParsedDocument, Span, stable_id


@pytest.mark.parametrize(
    "text", ["Returns are free.", "退货免运费。", "退貨免運費。", "返品送料は無料です。", "🧺📦 gratis"]
)
def test_a_span_takes_code_points_from_start_up_to_end(text: str) -> None:
    span = Span(2, 5)
    assert span.of(text) == "".join(list(text)[2:5])
    assert len(span) == 3


def test_a_span_may_be_empty() -> None:
    assert Span(4, 4).of("Maruvale") == ""
    assert len(Span(4, 4)) == 0


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (-3, -1)])
def test_a_span_that_runs_backwards_or_before_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"{start}\.\.{end}"):
        Span(start, end)


def test_spans_are_values() -> None:
    assert Span(1, 2) == Span(1, 2)
    assert {Span(1, 2), Span(1, 2)} == {Span(1, 2)}
    with pytest.raises(FrozenInstanceError):
        Span(1, 2).start = 0  # type: ignore[misc]


def test_a_stable_id_never_changes() -> None:
    """Ids are stored, so they are the same in every release: `printf '10:returns.md1:1' | sha256sum`."""
    assert stable_id("returns.md", "1") == "bfc9ebb9-ec93-e906-07ce-554a509adfde"


def test_a_stable_id_is_written_as_a_uuid() -> None:
    found = stable_id("退货.md")
    assert str(uuid.UUID(found)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ab", "c"), ("a", "bc")), (("ab",), ("a", "b")), (("a", ""), ("a",)), (("退货",), ("退貨",)), ((), ("",))],
)
def test_stable_ids_of_different_parts_differ(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert stable_id(*one) != stable_id(*other)


def test_a_stable_id_takes_text_that_utf8_cannot_hold() -> None:
    assert uuid.UUID(stable_id("\ud83d", "broken"))


@pytest.mark.parametrize("kind", ["page", "manual", "policy", "faq", "transcript"])
def test_document_kinds_are_their_names(kind: str) -> None:
    assert DocumentKind(kind) == kind


@pytest.mark.parametrize("kind", ["heading", "paragraph", "list_item", "table_row", "code"])
def test_block_kinds_are_their_names(kind: str) -> None:
    assert BlockKind(kind) == kind


def test_blocks_of_a_parsed_document_point_into_its_text() -> None:
    text = "Descaling\nUse citric acid."
    parsed = ParsedDocument(
        "Descaling",
        text,
        (Block(BlockKind.HEADING, Span(0, 9), level=1), Block(BlockKind.PARAGRAPH, Span(10, 26))),
    )
    assert [block.span.of(parsed.text) for block in parsed.blocks] == text.split("\n")
    assert parsed.blocks[1].page is None


def test_parsed_documents_do_not_share_their_metadata() -> None:
    one, other = ParsedDocument("A", "", ()), ParsedDocument("B", "", ())
    one.metadata["author"] = "desk"
    assert other.metadata == {}


def test_a_document_without_dates_always_holds() -> None:
    document = Document("d1", "help", "upload", "returns.md", "Returns", DocumentKind.POLICY, "en", 1, "hash")
    assert (document.effective_from, document.effective_until, document.tags) == (None, None, ())


def test_a_chunk_stands_alone_without_section_or_page() -> None:
    chunk = Chunk("c1", "d1", 0, Span(0, 3), "Box")
    assert (chunk.section, chunk.page, chunk.language) == ((), None, "")


@pytest.mark.parametrize("name", [n for n in knowledge.__all__ if is_dataclass(getattr(knowledge, n))])
def test_values_of_the_knowledge_base_are_frozen_and_slotted(name: str) -> None:
    cls = getattr(knowledge, name)
    assert cls.__dataclass_params__.frozen
    assert set(cls.__slots__) == {field.name for field in fields(cls)}

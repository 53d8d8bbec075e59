"""What holds for the chunks of any document."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.knowledge import BlockKind, Chunk, ParsedDocument
from ingestion.chunking.chunker import ChunkOptions, chunk
from ingestion.chunking.contexts import contexts
from ingestion.chunking.weight import weight
from ingestion.parsers.pieces import Piece, compose

FEW = settings(max_examples=30, deadline=None, derandomize=True)
ALPHABET = "abcdefgh  ,.;?!12\n退货政策返品送料。！？、；한국👍é"

words = st.text(alphabet=ALPHABET, max_size=120)
options = st.builds(
    lambda most, share: ChunkOptions(most, most * share),
    st.floats(min_value=3.0, max_value=120.0),
    st.floats(min_value=0.0, max_value=0.5),
)


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    kind = draw(st.sampled_from(list(BlockKind)))
    level = draw(st.integers(1, 6)) if kind is BlockKind.HEADING else 0
    text = draw(words.map(lambda text: text[:30]) if kind is BlockKind.HEADING else words)
    return Piece(kind, text, level, draw(st.sampled_from([None, 1, 2])), draw(st.integers(0, 3)))


documents = st.lists(pieces(), max_size=14).map(lambda found: ParsedDocument("Title", *compose(found)))


def chunked(document: ParsedDocument, how: ChunkOptions) -> tuple[Chunk, ...]:
    return chunk(document, document_id="doc", language="en", options=how)


@FEW
@given(documents, options)
def test_text_is_the_stored_text_at_the_span(document: ParsedDocument, how: ChunkOptions) -> None:
    for each in chunked(document, how):
        assert each.text == each.span.of(document.text)
        assert each.text.strip() == each.text != ""


@FEW
@given(documents, options)
def test_chunks_are_ordered_and_disjoint(document: ParsedDocument, how: ChunkOptions) -> None:
    found = chunked(document, how)
    assert [each.ordinal for each in found] == list(range(len(found)))
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


@FEW
@given(documents, options)
def test_nothing_but_white_space_is_left_out(document: ParsedDocument, how: ChunkOptions) -> None:
    rest = list(document.text)
    for each in chunked(document, how):
        rest[each.span.start : each.span.end] = " " * len(each.span)
    assert "".join(rest).strip() == ""


@FEW
@given(documents, options)
def test_no_chunk_is_too_heavy(document: ParsedDocument, how: ChunkOptions) -> None:
    assert all(weight(each.text) <= how.max_weight + 1e-6 for each in chunked(document, how))


@FEW
@given(documents, options)
def test_ids_are_unique_and_do_not_change(document: ParsedDocument, how: ChunkOptions) -> None:
    found = chunked(document, how)
    assert len({each.id for each in found}) == len(found)
    assert found == chunked(document, how)


@FEW
@given(documents, options)
def test_a_chunk_that_ends_with_a_heading_ends_its_section(document: ParsedDocument, how: ChunkOptions) -> None:
    headings = {block.span.end: block for block in document.blocks if block.kind is BlockKind.HEADING}
    found = chunked(document, how)
    for each, after in pairwise(found):
        heading = headings.get(each.span.end)
        whole = heading is not None and each.span.start < heading.span.start
        fits = weight(document.text[heading.span.start : after.span.end]) <= how.max_weight if heading else False
        assert not (whole and fits and each.section == after.section)


@FEW
@given(documents, options)
def test_blocks_that_fit_are_never_cut(document: ParsedDocument, how: ChunkOptions) -> None:
    edges = {edge for each in chunked(document, how) for edge in (each.span.start, each.span.end)}
    for block in document.blocks:
        if weight(block.span.of(document.text)) <= how.max_weight:
            assert not edges & set(range(block.span.start + 1, block.span.end))


@FEW
@given(documents, options, st.floats(min_value=1.0, max_value=300.0))
def test_contexts_are_runs_of_bounded_weight(document: ParsedDocument, how: ChunkOptions, most: float) -> None:
    found = chunked(document, how)
    ids = contexts(found, max_weight=most)
    assert len(ids) == len(found)
    firsts = [at for at in range(len(ids)) if at == 0 or ids[at] != ids[at - 1]]
    assert len(firsts) == len(set(ids))
    for start, end in pairwise([*firsts, len(ids)]):
        assert end - start == 1 or sum(weight(each.text) for each in found[start:end]) <= most + 1e-6


bodies = st.text(alphabet=ALPHABET, min_size=40, max_size=200).filter(lambda text: len(text.split()) > 3)


@FEW
@given(st.lists(bodies, min_size=3, max_size=6), st.integers(0, 5), bodies)
def test_an_edit_of_one_section_leaves_the_others_alone(texts: list[str], at: int, edited: str) -> None:
    at %= len(texts)

    def ids(bodies: list[str]) -> list[set[str]]:
        found: list[Piece] = []
        for number, body in enumerate(bodies):
            found += [Piece(BlockKind.HEADING, f"Part {number}", level=2), Piece(BlockKind.PARAGRAPH, f"First. {body}")]
        how = ChunkOptions(max_weight=30.0, min_weight=0.0)
        by_part: list[set[str]] = [set() for _ in bodies]
        for each in chunked(ParsedDocument("Title", *compose(found)), how):
            by_part[int(each.section[-1].removeprefix("Part "))].add(each.id)
        return by_part

    before, after = ids(texts), ids([*texts[:at], edited, *texts[at + 1 :]])
    assert [part for number, part in enumerate(before) if number != at] == [
        part for number, part in enumerate(after) if number != at
    ]

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.answering.citation_markers import read_markers
from engine.answering.grounding import GroundedSentence, ground, verdicts
from tests.builders import passage, quoted

PASSAGES = (
    passage("Refunds take 5 working days. A bank transfer takes 10 working days.", title="Refunds", start=40),
    passage("退款需要5个工作日。银行转账需要10个工作日。", language="zh-Hans", title="退款", start=3),
)
SENTENCES = [
    "Refunds take 5 working days",
    "A bank transfer takes 10 working days",
    "退款需要5个工作日",
    "We bake bread",
    "Dr. Who paid 3.5 EUR",
    "1. Wait",
    "NO ANSWER",
]
PARTS = [*SENTENCES, " [1]", "[2]", "[9]", "【1】", "[1, 2]", "[", "]", ".", "。", "! ", " ", "\n", "\n\n", "”", "- "]
replies = st.lists(st.sampled_from(PARTS), max_size=16).map("".join)


@given(replies, st.integers(1, 9))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_how_the_reply_is_cut_into_chunks_does_not_matter(reply: str, size: int) -> None:
    chunks = (reply[at : at + size] for at in range(0, len(reply), size))
    assert tuple(verdicts(chunks, PASSAGES)) == ground(reply, PASSAGES)


@given(replies)
@settings(derandomize=True, max_examples=150, deadline=None)
def test_released_text_has_exact_citations_and_no_markers(reply: str) -> None:
    for verdict in ground(reply, PASSAGES):
        if isinstance(verdict, GroundedSentence):
            assert verdict.text in read_markers(reply).text
            assert not read_markers(verdict.text).marks
            assert verdict.citations
            for index, span in verdict.citations:
                assert PASSAGES[index].span.start <= span.start < span.end <= PASSAGES[index].span.end
                assert quoted(PASSAGES[index], span) in PASSAGES[index].text


@given(st.text(max_size=80), st.sampled_from(["", "en", "zh-Hans", "ja", "und", "x-odd"]))
@settings(derandomize=True, max_examples=150, deadline=None)
def test_no_text_breaks_it(reply: str, language: str) -> None:
    for verdict in ground(reply, PASSAGES, language=language):
        assert verdict.text.strip() == verdict.text != ""


@given(st.lists(st.sampled_from(["a", "文", " ", "\n", ".", "[1]", " [2]", "【3】", "[x]"]), max_size=12))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_every_character_beside_markers_is_found_in_the_reply(parts: list[str]) -> None:
    reply = "".join(parts)
    marked = read_markers(reply)
    assert [reply[marked.origin(at)] for at in range(len(marked.text))] == list(marked.text)
    assert marked.origin(len(marked.text)) <= len(reply)

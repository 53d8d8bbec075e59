"""Find in a document's text where each line stands that was read off an image."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from engine.domain.knowledge import ParsedDocument, Region, Span
from ingestion.normalize import clean
from ingestion.parsers.pdf_lines import Line
from ingestion.parsers.scan_lines import ReadSegment

__all__ = ["regions_of"]

_AHEAD = 400  # characters beyond the last line found in which the next one must begin


def regions_of(parsed: ParsedDocument, lines: Iterable[Line]) -> tuple[Region, ...]:
    """Return a region for each read segment among `lines` that is found in the text, in order of their spans.

    The layout keeps the order of the lines but for the cells of tables, joins hyphenated words and sets list markers of
    its own; what it changed more than that has no region.
    """
    finder = _Finder(parsed)
    found = (
        (finder.find(segment.text, line.page), line.page, segment)
        for line in lines
        for segment in line.segments
        if isinstance(segment, ReadSegment)
    )
    regions = (Region(span, page, segment.place, segment.confidence) for span, page, segment in found if span)
    return tuple(sorted(regions, key=lambda region: (region.span.start, region.span.end)))


class _Finder:
    """Looks for lines one after the other, each near the one before; no two lines share a character."""

    def __init__(self, parsed: ParsedDocument) -> None:
        self._text = parsed.text
        self._ends = _page_ends(parsed)
        self._taken: list[Span] = []
        self._at = 0

    def find(self, line: str, page: int) -> Span | None:
        end = self._ends.get(page, len(self._text))
        for text in _variants(line):
            for start, stop in ((self._at, min(end, self._at + _AHEAD + len(text))), (self._at - _AHEAD, self._at)):
                span = self._free(text, max(0, start), stop)
                if span:
                    self._taken.insert(bisect_right(self._taken, span.start, key=lambda one: one.start), span)
                    self._at = max(self._at, span.end)
                    return span
        return None

    def _free(self, text: str, start: int, end: int) -> Span | None:
        """Return the first occurrence in that range that no other line has."""
        while (at := self._text.find(text, start, end)) >= 0:
            span = Span(at, at + len(text))
            behind = bisect_right(self._taken, at, key=lambda one: one.start)
            neighbours = self._taken[max(0, behind - 1) : behind + 1]
            if not any(one.start < span.end and span.start < one.end for one in neighbours):
                return span
            start = at + 1
        return None


def _variants(line: str) -> Iterator[str]:
    """Yield what may have become of a line: itself, without a last hyphen, without a list marker in front."""
    text = clean(line)
    yield text
    if len(text) > 3:
        yield text[:-1]
        yield text[1:].lstrip()
        yield text[2:].lstrip()


def _page_ends(parsed: ParsedDocument) -> dict[int, int]:
    """Return where the last block ends that begins on each page."""
    ends: dict[int, int] = {}
    for block in parsed.blocks:
        if block.page is not None:
            ends[block.page] = block.span.end
    return ends

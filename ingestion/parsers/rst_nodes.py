"""Write the tree that docutils makes of reStructuredText."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ingestion.normalize import reflow
from ingestion.parsers.tables import Table
from ingestion.parsers.writer import PieceWriter

if TYPE_CHECKING:
    from docutils.nodes import Element, Node

__all__ = ["RstWriter"]

_ROLE = re.compile(r":[\w:.+-]+:`([^`<]*?)\s*(?:<[^>`]*>)?`")
_DIRECTIVE = re.compile(r"\A\.\.\s+[\w:.+-]+::[ \t]*(?P<argument>.*)")
_OPTION = re.compile(r"\s+:[\w-]+:.*")
_SILENT = {
    *("comment", "target", "substitution_definition", "pending", "meta", "raw", "docinfo_item", "problematic_message"),
    *("image", "generated", "decoration", "label", "index"),
}


class RstWriter:
    """Writes the nodes of one document."""

    def __init__(self, writer: PieceWriter, *, name: str) -> None:
        self._writer = writer
        self._name = name

    def write(self, node: Node, level: int = 0) -> None:
        """Write everything inside a node; `level` is that of the section it stands in."""
        for child in node.children:
            self._block(child, level)

    def _block(self, node: Node, level: int) -> None:
        kind = type(node).__name__
        if kind in _SILENT:
            return
        if kind == "section":
            self.write(node, level + 1)
        elif kind in {"title", "rubric", "subtitle"}:
            self._writer.heading(_text(node), max(level, 1))
        elif kind in {"bullet_list", "enumerated_list"}:
            self._list(node, level)
        elif kind in {"literal_block", "doctest_block", "math_block"}:
            self._writer.code(node.astext())
        elif kind == "table":
            self._table(node)
        elif kind == "line_block":
            self._writer.lines([_text(line) for line in node.findall() if type(line).__name__ == "line"])
        elif kind == "system_message":
            self._unknown(node)
        elif kind in {"definition_list_item", "field", "option_list_item"}:
            self._definition(node, level)
        elif any(type(child).__name__ == "Text" for child in node.children) or kind in {"paragraph", "caption"}:
            self._writer.paragraph(_text(node))
        else:
            self.write(node, level)

    def _list(self, node: Node, level: int) -> None:
        numbered = type(node).__name__ == "enumerated_list"
        self._writer.open_list(_number(node, "start") or 1 if numbered else None)
        for item in node.children:
            self._writer.open_item()
            self.write(item, level)
        self._writer.close_list()

    def _definition(self, node: Node, level: int) -> None:
        """Write a term and what it means, on one line where the meaning is one paragraph."""
        heads = [child for child in node.children if type(child).__name__ in {"term", "field_name", "option_group"}]
        bodies = [child for child in node.children if child not in heads]
        term = ", ".join(map(_text, heads))
        blocks = [block for body in bodies for block in body.children]
        if len(blocks) == 1 and type(blocks[0]).__name__ == "paragraph":
            self._writer.paragraph(f"{term}: {_text(blocks[0])}")
            return
        self._writer.paragraph(term)
        for body in bodies:
            self.write(body, level)

    def _table(self, node: Node) -> None:
        for caption in _named(node.children, "title"):
            self._writer.paragraph(_text(caption))
        for group in _named(node.children, "tgroup"):
            header = [row for head in _named(group.children, "thead") for row in _rows(head)]
            rows = [row for body in _named(group.children, "tbody") for row in _rows(body)]
            names = tuple(" ".join(filter(None, column)) for column in zip(*header, strict=False))
            self._writer.table(Table(names, tuple(rows)))

    def _unknown(self, node: Node) -> None:
        """Write what an unknown directive holds: its argument and content, without its options."""
        for source in _named(node.children, "literal_block"):
            first, *rest = source.astext().split("\n")
            argument = _DIRECTIVE.match(first)
            lines = [argument["argument"] if argument else first]
            lines += [line for line in rest if not _OPTION.fullmatch(line)]
            for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
                self._writer.paragraph(reflow(_ROLE.sub(r"\1", paragraph)))


def _rows(node: Node) -> Iterator[tuple[str, ...]]:
    """Yield the rows; a cell that spans several is repeated in each of them, as it is said of each."""
    taken: dict[tuple[int, int], str] = {}
    for y, row in enumerate(node.children):
        x = 0
        for entry in row.children:
            while (y, x) in taken:
                x += 1
            text, width = _text(entry, apart=" "), 1 + _number(entry, "morecols")
            for down in range(1 + _number(entry, "morerows")):
                taken |= {(y + down, x + right): "" if right else text for right in range(width)}
            x += width
        yield tuple(taken.get((y, at), "") for at in range(1 + max((at for y_, at in taken if y_ == y), default=-1)))


def _named(nodes: Iterable[Node], kind: str) -> list[Element]:
    return [node for node in nodes if type(node).__name__ == kind]  # type: ignore[misc]


def _number(node: Node, name: str) -> int:
    """Return a number that is an attribute of the node; 0 if it is not there."""
    return int(node.get(name) or 0) if hasattr(node, "get") else 0


def _text(node: Node, *, apart: str = "") -> str:
    """Return the text of a node's inline content; roles that are not known keep their text only."""
    blocks = [child.astext() for child in node.children] if apart else [node.astext()]
    return reflow(_ROLE.sub(r"\1", apart.join(blocks)))

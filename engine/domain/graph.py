"""What the knowledge speaks of, and how it hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.domain.knowledge import Document, Span

__all__ = ["Basis", "Edge", "EdgeEvidence", "GraphView", "Node", "NodeKind", "Related", "Relation", "Thing"]


class NodeKind(StrEnum):
    """What a node is; a policy and a document are pages, the others are named in them."""

    PRODUCT = "product"
    ERROR_CODE = "error_code"
    PART = "part"
    POLICY = "policy"
    DOCUMENT = "document"


class Relation(StrEnum):
    """How the source of an edge stands to its target."""

    ABOUT = "about"
    """A page is about a product: its title says so."""
    NAMES = "names"
    """A page speaks of it."""
    HAS_ERROR = "has_error"
    HAS_PART = "has_part"
    LINKS_TO = "links_to"
    TOGETHER = "together"
    """Two products that are named in one sentence."""


class Basis(StrEnum):
    """What tells of an edge."""

    STRUCTURE = "structure"
    TABLE = "table"
    LINK = "link"
    CO_OCCURRENCE = "co_occurrence"


@dataclass(frozen=True, slots=True)
class Thing:
    """What an edge connects; `key` is the same however it is written, and the id of a page."""

    kind: NodeKind
    key: str
    label: str

    @property
    def id(self) -> str:
        """Names the node in the graph."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One piece of evidence for an edge: at `span` of a version of a document; a link has its `address` instead."""

    source: Thing
    relation: Relation
    target: Thing
    basis: Basis
    span: Span
    document_id: str = ""
    version: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node, with how many edges it has and how many documents tell of it."""

    thing: Thing
    degree: int
    documents: int


@dataclass(frozen=True, slots=True)
class EdgeEvidence:
    """An edge with what tells of it; `times` counts all pieces of evidence, of which a few are given."""

    source: Thing
    relation: Relation
    target: Thing
    times: int
    evidence: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class GraphView:
    """A part of the graph: its nodes, those with the most edges first, and the edges between them."""

    nodes: tuple[Node, ...]
    edges: tuple[EdgeEvidence, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A document that hangs together with another one: by what both speak of, or by a link; `score` orders them."""

    document: Document
    score: float
    shared: tuple[Thing, ...]
    linked: bool

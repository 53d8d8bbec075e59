"""The graph of what the knowledge speaks of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pydantic import ConfigDict, Field
from pydantic.types import JsonValue

from api.schemas.base import Identifier, KnowledgeBaseName, Model, SpanOut
from engine.domain.graph import Basis, Edge, EdgeEvidence, GraphView, Node, NodeKind, Related, Relation

__all__ = ["GraphOut", "GraphQuery", "RelatedOut", "RelatedQuery"]

NODE: Final[dict[str, JsonValue]] = {
    "id": "product:drift r3",
    "kind": "product",
    "label": "Drift R3",
    "degree": 9,
    "documents": 6,
}
EDGE: Final[dict[str, JsonValue]] = {
    "source": "product:drift r3",
    "relation": "has_error",
    "target": "error_code:drift r3 e4",
    "times": 4,
    "evidence": [
        {
            "document_id": "0d9c",
            "version": 2,
            "basis": "table",
            "span": {"start": 1810, "end": 1922},
            "quote": "Code: E4; Meaning: Cliff sensor dirty",
            "address": "",
        }
    ],
}
RELATED: Final[dict[str, JsonValue]] = {
    "document_id": "0d9c",
    "title": "Warranty policy",
    "uri": "warranty-policy.docx",
    "language": "en",
    "score": 3.2,
    "shared": ["product:drift r3"],
    "linked": False,
}


class GraphQuery(Model):
    """Which part of the graph to show."""

    knowledge_base: KnowledgeBaseName
    kind: NodeKind | None = Field(default=None, description="Nodes of this kind.")
    node: Identifier | None = Field(default=None, description="This node, by its id, with its neighbours.")
    name: Identifier | None = Field(default=None, description="Nodes whose label has this in it.")
    limit: int = Field(default=50, ge=1, le=500, description="At most so many nodes.")


class GraphNodeOut(Model):
    """A product, an error code, a part, a policy, or another page."""

    id: str
    kind: NodeKind
    label: str
    degree: int = Field(description="Neighbours.")
    documents: int = Field(description="That tell of it.")

    @classmethod
    def told(cls, node: Node) -> GraphNodeOut:
        """Convert from the domain."""
        thing = node.thing
        return cls(id=thing.id, kind=thing.kind, label=thing.label, degree=node.degree, documents=node.documents)


class GraphEvidenceOut(Model):
    """What tells of an edge."""

    document_id: str
    version: int
    basis: Basis
    span: SpanOut = Field(description="Of the version's text; empty for a link, and for a title that stands elsewhere.")
    quote: str
    address: str = Field(description="Of a link, as it is written.")


class GraphEdgeOut(Model):
    """How two nodes stand to each other."""

    source: str
    relation: Relation
    target: str
    times: int = Field(description="Pieces of evidence.")
    evidence: tuple[GraphEvidenceOut, ...] = Field(description="A few of them.")


class GraphOut(Model):
    """A part of the graph: nodes with the most edges first, and the edges between them."""

    nodes: tuple[GraphNodeOut, ...]
    edges: tuple[GraphEdgeOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"nodes": [NODE], "edges": [EDGE]}]})

    @classmethod
    def told(cls, view: GraphView, quote: Callable[[Edge], str]) -> GraphOut:
        """Convert from the domain; `quote` gives the words at the span of an edge."""

        def shown(edge: EdgeEvidence) -> GraphEdgeOut:
            evidence = tuple(
                GraphEvidenceOut(
                    document_id=each.document_id,
                    version=each.version,
                    basis=each.basis,
                    span=SpanOut(start=each.span.start, end=each.span.end),
                    quote=quote(each),
                    address=each.address,
                )
                for each in edge.evidence
            )
            ends = {"source": edge.source.id, "target": edge.target.id}
            return GraphEdgeOut(**ends, relation=edge.relation, times=edge.times, evidence=evidence)

        return cls(nodes=tuple(map(GraphNodeOut.told, view.nodes)), edges=tuple(map(shown, view.edges)))


class RelatedQuery(Model):
    """How many documents to list."""

    limit: int = Field(default=5, ge=1, le=50, description="At most so many.")


class RelatedDocumentOut(Model):
    """A document that hangs together with another one."""

    document_id: str
    title: str
    uri: str
    language: str
    score: float = Field(description="The rarer the shared names, the higher.")
    shared: tuple[str, ...] = Field(description="Nodes that both name.")
    linked: bool = Field(description="One links to the other.")


class RelatedOut(Model):
    """Documents that hang together with one, those with the most in common first."""

    items: tuple[RelatedDocumentOut, ...]

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [RELATED]}]})

    @classmethod
    def told(cls, found: tuple[Related, ...]) -> RelatedOut:
        """Convert from the domain."""
        return cls(
            items=tuple(
                RelatedDocumentOut(
                    document_id=each.document.id,
                    title=each.document.title,
                    uri=each.document.uri,
                    language=each.document.language,
                    score=each.score,
                    shared=tuple(thing.id for thing in each.shared),
                    linked=each.linked,
                )
                for each in found
            )
        )

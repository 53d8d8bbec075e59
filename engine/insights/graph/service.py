"""The graph of a knowledge base: read document by document, shown in part, and what hangs together in it."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from math import log
from typing import Final

from engine.domain.graph import Edge, EdgeEvidence, GraphView, Node, NodeKind, Related, Relation, Thing
from engine.domain.knowledge import PAST_KINDS, Document
from engine.errors import NotFound
from engine.insights.graph.extracting import edges_of, page
from engine.languages.folding import fold
from engine.ports.graph import GraphRepository
from engine.service import Engine

__all__ = ["KnowledgeGraph"]

PORTION: Final = 500  # documents read while somebody waits
EVIDENCE: Final = 3  # pieces that are shown of an edge
LINKED: Final = 2.0
"""What a link adds to the score of a related document, in shared names that one in seven documents has; by hand."""
_PAGES: Final = frozenset({NodeKind.POLICY, NodeKind.DOCUMENT})
_READING = threading.Lock()


class KnowledgeGraph:
    """Knows what documents speak of; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def repository(self) -> GraphRepository:
        """What was read; Misconfigured where nothing is kept, as for somebody who sees only some documents."""
        return self._engine.desk.graph

    def update(self, knowledge_base: str, *, limit: int = 1_000_000) -> int:
        """Read at most `limit` documents that are new or have a new version; return how many there were."""
        return self._updated(knowledge_base, self._documents(knowledge_base), limit)

    def view(
        self, knowledge_base: str, *, kind: NodeKind | None = None, node: str = "", name: str = "", limit: int = 50
    ) -> GraphView:
        """Return the nodes of a `kind`, or whose label has `name` in it, or one `node` with its neighbours.

        Nodes with the most edges come first. What is new in the knowledge base is read before, up to 500 documents.
        NotFound for a node that is not there.
        """
        edges = self._edges(knowledge_base, self._documents(knowledge_base))
        nodes = _nodes(edges)
        if node and node not in nodes:
            raise NotFound(f"There is no node {node!r} in the graph.", remedy="List the nodes by kind or by name.")
        near = {node}.union(*(ends for ends in map(_ends, edges) if node in ends)) if node else nodes.keys()
        wanted = fold(name)
        chosen = [
            each
            for each in nodes.values()
            if each.thing.id in near and kind in {None, each.thing.kind} and wanted in fold(each.thing.label)
        ]
        chosen.sort(key=lambda each: (each.thing.id != node, -each.degree, each.thing.id))
        shown = tuple(chosen[:limit])
        return GraphView(shown, tuple(_between(edges, {each.thing.id for each in shown})))

    def related(self, document_id: str, *, limit: int = 5) -> tuple[Related, ...]:
        """Return the documents that hang together most with one: those that name the same rare things, or are linked.

        NotFound for a document that is not there.
        """
        document = self._engine.parts.knowledge.document(document_id)
        all_documents = self._documents(document.knowledge_base)
        documents = {page(each).id: each for each in all_documents}
        named, links = _named(self._edges(document.knowledge_base, all_documents))
        spread = Counter(thing for things in named.values() for thing in things)
        this = page(document).id
        found = []
        for other, each in documents.items():
            shared = sorted(named[this] & named[other], key=lambda thing: (spread[thing], thing.id))
            linked = (this, other) in links or (other, this) in links
            score = sum(log(len(documents) / spread[thing]) for thing in shared) + LINKED * linked
            if other != this and score > 0:
                found.append(Related(each, round(score, 4), tuple(shared), linked))
        found.sort(key=lambda each: (-each.score, each.document.language != document.language, each.document.uri))
        return tuple(found[:limit])

    def _updated(self, knowledge_base: str, documents: Sequence[Document], limit: int) -> int:
        read = self.repository.versions(knowledge_base)
        new = [each for each in documents if read.get(each.id) != each.version][:limit]
        pages = {each.uri: each for each in documents}
        with _READING:
            for each in new:
                with suppress(NotFound):  # deleted meanwhile
                    text = self._engine.parts.knowledge.stored_text(each.id, each.version).text
                    self.repository.put(knowledge_base, each.id, each.version, edges_of(each, text, pages))
        return len(new)

    def _edges(self, knowledge_base: str, documents: Sequence[Document]) -> tuple[Edge, ...]:
        self._updated(knowledge_base, documents, PORTION)
        known = {page(each).id for each in documents}
        kept = self.repository.edges(knowledge_base)
        return tuple(each for each in kept if all(end.kind not in _PAGES or end.id in known for end in _things(each)))

    def _documents(self, knowledge_base: str) -> list[Document]:
        self._engine.parts.knowledge.knowledge_base(knowledge_base)
        return [each for each in self._engine.parts.knowledge.documents(knowledge_base) if each.kind not in PAST_KINDS]


def _things(edge: Edge) -> tuple[Thing, Thing]:
    return edge.source, edge.target


def _ends(edge: Edge) -> frozenset[str]:
    return frozenset(thing.id for thing in _things(edge))


def _nodes(edges: Iterable[Edge]) -> Mapping[str, Node]:
    """Return the nodes by their ids, each labelled as it is most often written."""
    labels = defaultdict[str, Counter[Thing]](Counter)
    near, told = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for edge in edges:
        for one, other in (_things(edge), _things(edge)[::-1]):
            labels[one.id][one] += 1
            near[one.id].add(other.id)
            told[one.id].add(edge.document_id)
    return {
        name: Node(min(found, key=lambda thing: (-found[thing], thing.label)), len(near[name]), len(told[name]))
        for name, found in labels.items()
    }


def _between(edges: Sequence[Edge], nodes: set[str]) -> Iterator[EdgeEvidence]:
    """Yield the edges between nodes with their evidence, those with the most first."""
    grouped = defaultdict[tuple[str, Relation, str], list[Edge]](list)
    for edge in edges:
        if edge.source.id in nodes and edge.target.id in nodes:
            grouped[edge.source.id, edge.relation, edge.target.id].append(edge)
    for key in sorted(grouped, key=lambda each: (-len(grouped[each]), each)):
        told = grouped[key]
        yield EdgeEvidence(told[0].source, told[0].relation, told[0].target, len(told), tuple(told[:EVIDENCE]))


def _named(edges: Iterable[Edge]) -> tuple[defaultdict[str, set[Thing]], set[tuple[str, str]]]:
    """Return what each page names or is about, and which pages are linked."""
    named, links = defaultdict[str, set[Thing]](set), set[tuple[str, str]]()
    for edge in edges:
        if edge.relation is Relation.LINKS_TO:
            links.add((edge.source.id, edge.target.id))
        elif edge.source.kind in _PAGES:
            named[edge.source.id].add(replace(edge.target, label=edge.target.key))
    return named, links

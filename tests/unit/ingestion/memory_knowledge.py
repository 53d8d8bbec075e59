"""The KnowledgeRepository port in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from engine.domain.knowledge import (
    Chunk,
    Document,
    DocumentFilter,
    Fingerprint,
    KnowledgeBase,
    Region,
    Sibling,
    StoredText,
    Tally,
)
from engine.domain.validity import InForce, in_force, periods
from engine.errors import Conflict, NotFound
from engine.ports import BuiltIndex
from ingestion.preparing import Prepared

__all__ = ["MemoryKnowledge"]


class MemoryKnowledge:
    """The KnowledgeRepository port in dictionaries."""

    def __init__(self) -> None:
        self.bases: dict[str, KnowledgeBase] = {}
        self.built: dict[str, dict[str, BuiltIndex]] = {}
        self.slots: dict[str, str] = {}
        self.staged: dict[tuple[str, int], Prepared] = {}
        self.prints: dict[tuple[str, int], Fingerprint] = {}
        self.active: dict[str, list[int]] = {}
        self.keys: dict[str, tuple[str, ...]] = {}
        self.activations = 0
        self.purged = 0

    def add_knowledge_base(self, knowledge_base: KnowledgeBase) -> None:
        if knowledge_base.name in self.bases:
            raise Conflict(f"{knowledge_base.name} exists.")
        self.bases[knowledge_base.name] = knowledge_base

    def knowledge_base(self, name: str) -> KnowledgeBase:
        if name not in self.bases:
            raise NotFound(f"There is no {name}.")
        return self.bases[name]

    def knowledge_bases(self) -> tuple[KnowledgeBase, ...]:
        return tuple(self.bases[name] for name in sorted(self.bases))

    def delete_knowledge_base(self, name: str) -> None:
        del self.bases[name]

    def generation(self, knowledge_base: str) -> int:
        return self.activations

    def index(self, knowledge_base: str) -> BuiltIndex | None:
        return self.built.get(knowledge_base, {}).get(self.slots.get(knowledge_base, ""))

    def indexes(self, knowledge_base: str) -> tuple[BuiltIndex, ...]:
        in_use = self.slots.get(knowledge_base, "")
        found = self.built.get(knowledge_base, {}).values()
        return tuple(sorted(found, key=lambda each: (each.slot != in_use, each.slot)))

    def keep_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        self.built.setdefault(self.knowledge_base(knowledge_base).name, {})[index.slot] = index
        self.slots.setdefault(knowledge_base, "none")

    def use_index(self, knowledge_base: str, index: BuiltIndex) -> None:
        self.keep_index(knowledge_base, index)
        self.slots[knowledge_base] = index.slot

    def forget_index(self, knowledge_base: str, slot: str) -> None:
        self.built.get(knowledge_base, {}).pop(slot, None)

    def stage(
        self,
        document: Document,
        text: str,
        chunks: Sequence[Chunk],
        *,
        regions: Sequence[Region] = (),
        fingerprint: Fingerprint | None = None,
    ) -> None:
        assert document.version not in self.active.get(document.id, ())
        kept = replace(document, chunk_count=len(chunks))
        self.staged[document.id, document.version] = Prepared(kept, text, tuple(chunks), tuple(regions))
        self.prints[document.id, document.version] = fingerprint or Fingerprint("")

    def activate(self, document_id: str, version: int) -> None:
        assert (document_id, version) in self.staged
        numbers = self.active.setdefault(document_id, [])
        assert version >= max(numbers, default=0)
        if version not in numbers:
            numbers.append(version)
        self.activations += 1

    def in_force(self, document_ids: Sequence[str], day: date) -> Mapping[str, InForce]:
        found = {key: in_force(self.versions(key), day) for key in document_ids}
        return {key: InForce(version.version, self.activations) for key, version in found.items() if version}

    def indexed_versions(
        self, knowledge_base: str, document_ids: Sequence[str] | None = None
    ) -> Mapping[str, Mapping[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for key in self.active if document_ids is None else document_ids:
            held = periods(self.versions(key))
            if versions := {each.version: each.chunk_count for each in self.versions(key) if held[each.version]}:
                found[key] = versions
        return found

    def document(self, document_id: str) -> Document:
        if document_id not in self.active:
            raise NotFound(f"There is no document {document_id}.")
        return self.version(document_id, max(self.active[document_id]))

    def documents(
        self,
        knowledge_base: str,
        *,
        filter: DocumentFilter | None = None,
        after: str = "",
        skip: int = 0,
        limit: int | None = None,
    ) -> tuple[Document, ...]:
        assert not after
        assert not skip
        assert limit is None
        wanted = filter or DocumentFilter()
        found = (self.document(key) for key in self.active)
        chosen = (
            each
            for each in found
            if each.knowledge_base == knowledge_base
            and wanted.source in (None, each.source)
            and wanted.container in (None, each.container)
        )
        return tuple(sorted(chosen, key=lambda document: (document.uri, document.id)))

    def tally(self, knowledge_base: str, *, filter: DocumentFilter | None = None) -> Tally:
        found = self.documents(knowledge_base, filter=filter)
        return Tally(len(found), sum(each.chunk_count for each in found))

    def versions(self, document_id: str) -> tuple[Document, ...]:
        return tuple(self.staged[document_id, each].document for each in reversed(self.active.get(document_id, [])))

    def version(self, document_id: str, version: int) -> Document:
        if version not in self.active.get(document_id, ()):
            raise NotFound(f"There is no version {version} of {document_id}.")
        return self.staged[document_id, version].document

    def latest_version(self, document_id: str) -> int:
        return max((version for key, version in self.staged if key == document_id), default=0)

    def stored_text(self, document_id: str, version: int) -> StoredText:
        return StoredText(document_id, version, self.staged[document_id, version].text)

    def chunks(self, document_id: str, version: int) -> tuple[Chunk, ...]:
        return self.staged[document_id, version].chunks

    def regions(self, document_id: str, version: int) -> tuple[Region, ...]:
        return self.staged[document_id, version].regions

    def alike(self, document_id: str, *, limit: int = 20) -> tuple[tuple[Document, Fingerprint], ...]:
        own = self.document(document_id)
        others = (self.document(key) for key in self.active if key != document_id)
        return tuple((each, self.prints[each.id, each.version]) for each in (own, *others))

    def out_of_force(self, knowledge_base: str, day: date, *, limit: int = 200) -> tuple[str, ...]:
        return ()

    def languages(self, knowledge_base: str) -> Mapping[str, int]:
        return Counter(each.language for each in self.documents(knowledge_base))

    def relate(self, keys: Mapping[str, Sequence[str]], *, also: bool = False) -> None:
        known = self.keys if also else {}
        self.keys |= {key: (*known.get(key, ()), *some) for key, some in keys.items()}

    def siblings(self, document_ids: Sequence[str], day: date) -> Mapping[str, tuple[Sibling, ...]]:
        found: dict[str, tuple[Sibling, ...]] = {}
        for key in document_ids:
            others = (other for other in self.active if other != key and {*self.keys[key]} & {*self.keys[other]})
            held = ((other, in_force(self.versions(other), day)) for other in others)
            if related := tuple(Sibling(other, version.language) for other, version in held if version):
                found[key] = related
        return found

    def delete_document(self, document_id: str) -> None:
        if not self.latest_version(document_id):
            raise NotFound(f"There is no document {document_id}.")
        self.active.pop(document_id, None)
        self.staged = {key: value for key, value in self.staged.items() if key[0] != document_id}

    def purge(self) -> None:
        self.purged += 1

"""The indexes of a knowledge base: built, compared, used and dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from engine.errors import Conflict, Misconfigured, NotFound
from engine.indexing import check_signature, index_signature
from engine.ports import BuiltIndex
from engine.service import Engine
from ingestion.connect import target_of
from ingestion.reembedding.filling import Filled, check_filled, fill
from ingestion.reembedding.gate import Gate
from ingestion.reembedding.trying import tried

__all__ = ["Reembedding", "Turn"]

Turn = Callable[..., AbstractContextManager[None]]
"""Waits until nobody else writes to the knowledge base and keeps it so; `on_wait` is called all the while."""


@dataclass(frozen=True, slots=True)
class Reembedding:
    """Brings another embedding model into use while everybody goes on searching and writing.

    An index is built beside the one in use and compared with it; then all searches change over at once, in every
    process that shares the database. The one before is kept, so that there is a way back.
    """

    engine: Engine
    knowledge_base: str
    turn: Turn

    def indexes(self) -> tuple[BuiltIndex, ...]:
        """Return all, the one in use first; NotFound for an unknown knowledge base."""
        self.engine.parts.knowledge.knowledge_base(self.knowledge_base)
        return self.engine.parts.knowledge.indexes(self.knowledge_base)

    def index(self, slot: str) -> BuiltIndex:
        """Return the one in a slot, or raise NotFound."""
        found = next((each for each in self.indexes() if each.slot == slot), None)
        if found is None:
            raise NotFound(f"Knowledge base {self.knowledge_base!r} has no such index.", remedy="List its indexes.")
        return found

    def begin(self, source: str, *, again: bool = False) -> BuiltIndex:
        """Record an index to be built with a model, named as in the settings, or return the one that was begun.

        Conflict if nothing is indexed yet, or that model is in use and not to be used `again`; Misconfigured if it
        cannot be loaded.
        """
        load = self.engine.parts.load_embedder
        if load is None:
            raise Misconfigured("This engine has one model.", remedy="Build it with engine.assembly.build_engine.")
        signature = index_signature(load(source).info, self.engine.encoder.signature)
        known = self.indexes()
        if not known:
            raise Conflict(f"Nothing is indexed in {self.knowledge_base!r} yet.", remedy="Ingest documents first.")
        in_use, *others = known
        if in_use.signature == signature and not again:
            raise Conflict(f"The index in use is built with {source} already.", remedy="Name another, or say again.")
        begun = next((each for each in others if each.signature == signature and each.source == source), None)
        if begun is None:
            taken = {int(each.slot or "1") for each in known}
            begun = BuiltIndex(signature, str(max(taken) + 1), source)
            self.engine.parts.knowledge.keep_index(self.knowledge_base, begun)
        return begun

    def fill(self, built: BuiltIndex) -> Iterator[Filled]:
        """Bring an index up to date, or go on with it; yield how far it is.

        The one in use is left to its writers: what they have staged would seem superfluous.
        """
        if self.indexes()[0].slot == built.slot:
            return iter(())
        return fill(target_of(self.engine, self.knowledge_base, built))

    def compare(self, built: BuiltIndex, gate: Gate, *, on_question: Callable[[], None] = lambda: None) -> BuiltIndex:
        """Return the index with how it does beside the one in use, which is kept with it."""
        trial = tried(self.engine, self.knowledge_base, built, gate, on_question=on_question)
        found = replace(built, trial=trial)
        self.engine.parts.knowledge.keep_index(self.knowledge_base, found)
        return found

    def use(self, built: BuiltIndex, *, on_wait: Callable[[], None] = lambda: None) -> None:
        """Change over to an index: what was written since it was filled is added while all writers wait.

        Conflict if what it was built with cannot be had any more; BackendFailed if it lacks anything in the end.
        """
        target = target_of(self.engine, self.knowledge_base, built)
        check_signature(self.knowledge_base, built=built.signature, wanted=target.signature)
        with self.turn(on_wait=on_wait):
            for _ in fill(target):
                on_wait()
            check_filled(target)
            self.engine.parts.knowledge.use_index(self.knowledge_base, built)

    def drop(self, slot: str) -> None:
        """Remove an index that is not in use, or raise Conflict; NotFound if there is none."""
        built = self.index(slot)
        with self.turn():
            if self.indexes()[0].slot == slot:
                raise Conflict("This index is in use.", remedy="Change over to another one first.")
            self.engine.parts.store.drop(built.name(self.knowledge_base))
            self.engine.parts.knowledge.forget_index(self.knowledge_base, slot)

"""What a system is asked to do, and the systems there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from engine.errors import Misconfigured
from evals.metrics import Scored
from evals.subject import Entry

__all__ = ["EXTRA", "SYSTEMS", "Model", "Peer", "SystemSpec", "check_installed", "passage_of"]

EXTRA = "peers"


@dataclass(frozen=True, slots=True)
class Model:
    """One encoder: the setting under which this engine knows it, and its folder for sentence-transformers."""

    setting: str
    folder: Path


class Peer(Protocol):
    """An opened system over one corpus; its models are loaded."""

    def index(self, documents: Sequence[Entry]) -> None:
        """Index a corpus into the empty system."""
        ...

    def save(self) -> None:
        """Write what there is to disk, unless that has happened already."""
        ...

    def search(self, query: str, *, limit: int) -> Scored:
        """Return documents with their scores; a document may occur several times."""
        ...

    def update(self, document: Entry) -> None:
        """Replace the document of this `uri`; what it says now can be found afterwards."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


@dataclass(frozen=True, slots=True)
class SystemSpec:
    """A system in one configuration: the module whose `open_peer` opens it, what that is told, and the words for it.

    `requires` are modules of the optional dependency group that must be there.
    """

    module: str
    mode: str
    about: str
    requires: tuple[str, ...] = ()

    def open(self, folder: Path, model: Model) -> Peer:
        """Open what was saved in the folder, or an empty system where it is empty."""
        opened: Callable[[Path, Model, str], Peer] = import_module(self.module).open_peer
        return opened(folder, model, self.mode)


_HAYSTACK = ("haystack", "haystack_integrations.components.embedders.sentence_transformers")
_LLAMA_INDEX = ("llama_index.retrievers.bm25",)
_TXTAI = ("txtai",)


def _system(file: str, mode: str, about: str, *requires: str) -> SystemSpec:
    return SystemSpec(f"evals.bench.peers.systems.{file}", mode, about, requires)


SYSTEMS: Mapping[str, SystemSpec] = {
    "knowdesk": _system("knowdesk", "", "the engine as it runs in production"),
    "haystack-bm25": _system("haystack", "bm25", "Haystack: InMemoryBM25Retriever, its default", *_HAYSTACK),
    "haystack-hybrid": _system("haystack", "hybrid", "Haystack: BM25 and vectors, joined by RRF", *_HAYSTACK),
    "llama-index": _system("llama_index", "dense", "LlamaIndex: VectorStoreIndex, its default", *_LLAMA_INDEX),
    "llama-index-bm25": _system("llama_index", "bm25", "LlamaIndex: BM25Retriever", *_LLAMA_INDEX),
    "llama-index-hybrid": _system("llama_index", "hybrid", "LlamaIndex: QueryFusionRetriever, RRF", *_LLAMA_INDEX),
    "txtai": _system("txtai", "dense", "txtai: Embeddings, its default", *_TXTAI),
    "txtai-bm25": _system("txtai", "keyword", "txtai: keyword=True", *_TXTAI),
    "txtai-hybrid": _system("txtai", "hybrid", "txtai: hybrid=True", *_TXTAI),
    "encoder": _system("encoder", "", "the bare encoder, compared with every vector: the limit of speed"),
}


def passage_of(document: Entry) -> str:
    """Return what a system without fields for titles is given."""
    return f"{document.title}\n\n{document.text}" if document.title else document.text


def check_installed(systems: Iterable[SystemSpec]) -> None:
    """Raise Misconfigured, with the pip command, if a package that one of the systems needs is not there."""
    needed = (module for system in systems for module in system.requires)
    for missing in (module for module in needed if not _there(module)):
        remedy = f'Run: pip install "knowdesk[{EXTRA}]", or choose others with --only.'
        raise Misconfigured(f"The Python package {missing!r} is not installed.", remedy=remedy)


def _there(module: str) -> bool:
    """Tell whether a module could be imported, without importing more than what is above it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False

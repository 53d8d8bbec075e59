"""Every system that is installed keeps the contract of the comparison."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from engine.errors import Misconfigured
from engine.ports import Vector
from evals.bench.peers.contract import SYSTEMS, Model, check_installed
from evals.bench.peers.models import find_model
from evals.bench.peers.systems import encoder, llama_index
from evals.subject import Entry
from tests.fakes.embedding import HashEmbedder

CORPUS = (
    Entry("tea", "Tea", "Green tea is brewed for three minutes."),
    Entry("kettle", "Kettle", "A kettle boils water within minutes; descale the kettle every month."),
    Entry("parcel", "", "A parcel abroad arrives after nine days."),
    Entry("refund", "Refunds", "Money comes back to the same card."),
)


def load_fake(model: Model) -> Callable[[Sequence[str]], Vector]:
    embedder = HashEmbedder()
    return lambda texts: np.asarray(embedder.embed_passages(list(texts)), dtype=np.float32)


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let vectors be hashes of words: sentence-transformers takes long to load."""
    for module in (encoder, llama_index):
        monkeypatch.setattr(module, "load_encoder", load_fake)


@pytest.mark.usefixtures("fast")
@pytest.mark.filterwarnings("ignore")  # the peers' own
@pytest.mark.parametrize("name", SYSTEMS)
def test_a_system_finds_keeps_and_changes_documents(name: str, tmp_path: Path) -> None:
    try:
        check_installed([SYSTEMS[name]])
    except Misconfigured as error:
        pytest.skip(str(error))
    model = find_model("bundled")
    peer = SYSTEMS[name].open(tmp_path, model)
    peer.index(CORPUS)
    peer.save()
    peer.close()
    peer = SYSTEMS[name].open(tmp_path, model)
    assert peer.search("descale the kettle", limit=3)[0][0] == "kettle"
    assert {uri for uri, _ in peer.search("parcel", limit=10)} <= {each.uri for each in CORPUS}
    peer.update(Entry("refund", "Refunds", "The Maruvale relay code is K7-4921."))
    peer.save()
    assert peer.search("Maruvale relay code", limit=3)[0][0] == "refund"
    peer.close()
    peer = SYSTEMS[name].open(tmp_path, model)
    assert peer.search("Maruvale relay code", limit=3)[0][0] == "refund"
    peer.close()


@pytest.mark.parametrize("name", ["haystack-bm25", "llama-index-bm25", "txtai"])
def test_a_peer_that_is_not_there_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = [each for each in sys.modules if each.startswith(("haystack", "txtai", "llama_index.retrievers"))]
    for module in [*SYSTEMS[name].requires, *loaded]:
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Misconfigured, match="not installed") as failure:
        SYSTEMS[name].open(tmp_path, find_model("bundled")).index(CORPUS)
    assert "knowdesk[peers]" in failure.value.remedy


def test_the_encoder_alone_agrees_with_the_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "load_encoder", load_fake)
    peer = encoder.open_peer(tmp_path, find_model("bundled"), "")
    peer.index(CORPUS)
    scores = dict(peer.search("green tea", limit=10))
    assert list(scores) == sorted(scores, key=lambda uri: -scores[uri])
    assert len(peer.search("green tea", limit=2)) == 2
    embedder = HashEmbedder()
    passage, query = map(embedder.embed_query, ("Tea\n\nGreen tea is brewed for three minutes.", "green tea"))
    expected = passage @ query
    assert scores["tea"] == pytest.approx(float(expected), abs=1e-5)

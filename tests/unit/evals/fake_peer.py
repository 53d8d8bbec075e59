"""Deterministic systems for the comparison: word overlap in one JSON file, and ones that fail."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from evals.bench.peers.contract import Model, Peer, passage_of
from evals.metrics import Scored
from evals.metrics.token_f1 import tokens
from evals.subject import Entry


class FakePeer:
    """Ranks by shared words; keeps what was saved and forgets the rest."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "documents.json"
        self.texts: dict[str, str] = json.loads(self.file.read_text(encoding="utf-8")) if self.file.exists() else {}
        self.closed = False

    def index(self, documents: Sequence[Entry]) -> None:
        self.texts = {each.uri: passage_of(each) for each in documents}

    def save(self) -> None:
        self.file.write_text(json.dumps(self.texts), encoding="utf-8")

    def search(self, query: str, *, limit: int) -> Scored:
        wanted = set(tokens(query))
        scored = [(uri, float(len(wanted & set(tokens(text))))) for uri, text in self.texts.items()]
        return tuple(sorted((each for each in scored if each[1]), key=lambda each: (-each[1], each[0]))[:limit])

    def update(self, document: Entry) -> None:
        self.texts[document.uri] = passage_of(document)

    def close(self) -> None:
        self.closed = True


def open_peer(folder: Path, model: Model, mode: str) -> Peer:
    if mode == "broken":
        raise ValueError("the index\n  is broken")
    if mode == "slow":
        time.sleep(30)
    return FakePeer(folder)

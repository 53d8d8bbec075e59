"""Vectors tell what people wrote: they are encrypted like it."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest

from engine.domain.insights import ClusterKind, ReadQuestion
from engine.persistence.database import open_database
from engine.persistence.insights import SqlInsightRepository
from engine.persistence.keyring import Keyring
from engine.persistence.rotation import keys_in_use, rotate
from tests.fakes.questions import KeptDesk

OLD, NEW = Keyring([b"o" * 32]), Keyring([b"n" * 32, b"o" * 32])
READABLE = "wombatwombatwomb"
VECTOR = np.frombuffer(b64decode(READABLE), dtype="<f4")


@pytest.mark.sqlite
def test_vectors_cannot_be_read_in_the_files_and_follow_the_keys(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'knowdesk.db'}", OLD)
    desk = KeptDesk(engine)
    asked = desk.ask("Where is it?").answer_id
    desk.insights.read("kb", [ReadQuestion(each, 3, True) for each in desk.insights.unread("kb", 9)])
    desk.insights.group(ClusterKind.TOPIC, {asked: ""})
    desk.insights.keep_vectors("kb", "model", {asked: VECTOR}, newest=9)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert READABLE.encode() not in kept
    engine.dispose()
    engine = open_database(f"sqlite:///{tmp_path / 'knowdesk.db'}", NEW)
    list(rotate(engine, NEW))
    assert keys_in_use(engine)["insight_vectors.vector"] == {NEW.ids[0]: 1}
    assert SqlInsightRepository(engine).vectors([asked], "model")[asked].tolist() == VECTOR.tolist()
    engine.dispose()

"""The part of the InsightRepository port that keeps vectors of questions without a topic, in an SQL database."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import delete, insert, select

from engine.persistence.insight_tables import insight_questions, insight_vectors
from engine.persistence.repository import SqlRepository, in_portions
from engine.persistence.transactions import reading, writing
from engine.ports.embedding import Vector

__all__ = ["SqlInsightVectors"]

_ASKED = insight_questions.c
_KEPT = insight_vectors.c


class SqlInsightVectors(SqlRepository):
    """Vectors that took long to make, of the few questions that are looked at in every run."""

    def vectors(self, answer_ids: Sequence[str], model: str) -> Mapping[str, Vector]:
        """Return what a model made of these questions, where it is kept; empty vectors where it understood nothing."""
        found: dict[str, Vector] = {}
        query = select(_KEPT.answer_id, _KEPT.vector).where(_KEPT.model == model)
        with reading(self._engine) as connection:
            for some in in_portions(answer_ids):
                rows = connection.execute(query.where(_KEPT.answer_id.in_(some)))
                found.update((row.answer_id, np.frombuffer(b64decode(row.vector), dtype="<f4")) for row in rows)
        return found

    def keep_vectors(self, knowledge_base: str, model: str, vectors: Mapping[str, Vector], *, newest: int) -> None:
        """Keep vectors of those among the `newest` questions without a topic; all others are let go."""
        without = select(_ASKED.answer_id).where(
            _ASKED.knowledge_base == knowledge_base, _ASKED.counted, _ASKED.topic_id == ""
        )
        without = without.order_by(_ASKED.asked_at.desc(), _ASKED.answer_id).limit(newest)
        known = select(_KEPT.answer_id, _KEPT.model).where(_KEPT.knowledge_base == knowledge_base)
        with writing(self._engine) as connection:
            wanted = set(connection.execute(without).scalars())
            old = {row.answer_id: row.model for row in connection.execute(known)}
            new = [each for each in vectors if each in wanted and old.get(each) != model]
            for some in in_portions([each for each in old if each not in wanted or old[each] != model]):
                connection.execute(delete(insight_vectors).where(_KEPT.answer_id.in_(some)))
            if new:
                home = {"knowledge_base": knowledge_base, "model": model}
                rows = [{**home, "answer_id": each, "vector": _text(vectors[each])} for each in new]
                connection.execute(insert(insight_vectors), rows)


def _text(vector: Vector) -> str:
    return b64encode(vector.astype("<f4").tobytes()).decode() if vector.any() else ""

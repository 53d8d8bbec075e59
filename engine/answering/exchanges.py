"""What is remembered of a question and its answer."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.domain.answer import Answer
from engine.domain.exchange import CitedPlace, Exchange

__all__ = ["exchange_of"]


def exchange_of(answer: Answer, knowledge_base: str) -> Exchange:
    """Return the exchange of an answer that is given now."""
    text = answer.text.text if answer.text else ""
    return Exchange(
        answer_id=answer.answer_id,
        conversation_id=answer.conversation_id,
        knowledge_base=knowledge_base,
        question=answer.question.text,
        standalone=answer.question.standalone,
        language=answer.question.language,
        answer=text,
        citations=tuple(
            CitedPlace(each.document_id, each.version, each.uri, each.quote, each.answer_span.of(text))
            for each in answer.citations
        ),
        created_at=datetime.now(UTC),
        abstained=answer.abstained.reason if answer.abstained else None,
        clarified=answer.clarify is not None,
        handoff=answer.handoff.reason if answer.handoff else None,
    )

"""Proposals and their evidence from rows and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from engine.domain.knowledge import Span
from engine.domain.proposals import (
    Effect,
    Evidence,
    Observation,
    Outcome,
    Place,
    Proposal,
    ProposalKind,
    ProposalState,
    Publication,
    Rehearsed,
    Reply,
)
from engine.persistence.exchanges import moment, moment_text
from engine.persistence.rows import AnyRow, Values

__all__ = ["evidence_of", "evidence_row", "proposal_of", "proposal_row"]

_PLAIN = ("id", "knowledge_base", "language", "question", "answer", "reason", "confidence")
_OBSERVED = ("id", "question", "answer", "language", "document_id", "conversation_id")
Json = dict[str, Any]


def proposal_row(proposal: Proposal) -> Values:
    """Return the row of a proposal without its evidence."""
    published = proposal.publication
    return {
        **{name: getattr(proposal, name) for name in _PLAIN},
        "kind": proposal.kind.value,
        "state": proposal.state.value,
        "access": list(proposal.access),
        "place": asdict(proposal.place) if proposal.place else None,
        "publication": {**asdict(published), "at": moment_text(published.at)} if published else None,
        "effect": _effect_json(proposal.effect) if proposal.effect else None,
        "created_at": moment_text(proposal.created_at),
        "changed_at": moment_text(proposal.changed_at),
    }


def proposal_of(row: AnyRow, evidence: Sequence[Evidence]) -> Proposal:
    """Return the proposal of a row; questions whose evidence is gone are left out of its effect."""
    place, published = row.place, row.publication
    return Proposal(
        **{name: getattr(row, name) for name in _PLAIN},
        kind=ProposalKind(row.kind),
        state=ProposalState(row.state),
        access=tuple(row.access),
        evidence=tuple(evidence),
        place=Place(**{**place, "span": Span(**place["span"])}) if place else None,
        publication=Publication(**{**published, "at": moment(published["at"])}) if published else None,
        effect=_effect(row.effect, evidence) if row.effect else None,
        created_at=moment(row.created_at),
        changed_at=moment(row.changed_at),
    )


def evidence_row(proposal_id: str, evidence: Evidence) -> Values:
    """Return the row of a piece of evidence."""
    observed = {name: getattr(evidence.observation, name) for name in _OBSERVED}
    return {"proposal_id": proposal_id, **observed, "agrees": evidence.agrees}


def evidence_of(row: AnyRow, access: Sequence[str]) -> Evidence:
    """Return the evidence of a row; all of a proposal's is for the same readers."""
    observed = {name: getattr(row, name) for name in _OBSERVED}
    return Evidence(Observation(**observed, access=tuple(access)), row.agrees)


def _effect_json(effect: Effect) -> Json:
    """Return the effect; what customers asked stands with the evidence and goes with it."""
    said = [{**asdict(each), "question": "" if each.observation else each.question} for each in effect.questions]
    return {"searchable_s": effect.searchable_s, "questions": said}


def _effect(kept: Json, evidence: Sequence[Evidence]) -> Effect:
    asked = {each.observation.id: each.observation.question for each in evidence}
    rows = [row for row in kept["questions"] if not row["observation"] or row["observation"] in asked]
    return Effect(kept["searchable_s"], tuple(_rehearsed(row, asked.get(row["observation"], "")) for row in rows))


def _rehearsed(row: Json, asked: str) -> Rehearsed:
    before, after = (Reply(**{**row[when], "outcome": Outcome(row[when]["outcome"])}) for when in ("before", "after"))
    return Rehearsed(row["question"] or asked, row["observation"], before, after)

"""The words of the pages for what the engine names: every value of an enumeration, every audited call."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest

import engine as engine_package
from api.access.rules import RULES
from api.pages.files import STATIC
from engine.domain.access import AccessRole
from engine.domain.answer import AbstentionReason
from engine.domain.check import CheckRule, Severity, Verdict
from engine.domain.conversation import Role, TurnAction
from engine.domain.feedback import Verdict as Reviewed
from engine.domain.handoff import FactKind, HandoffReason, Priority, Queue
from engine.domain.insights import Failure, GapCause
from engine.domain.privacy import Erased
from engine.domain.proposals import EffectVerdict, Outcome, ProposalKind, ProposalState
from engine.domain.upkeep import ContradictionKind, StaleReason
from engine.domain.webhook import DeliveryError, DeliveryState, DisabledBecause, WebhookEvent
from engine.guard.rules.packs import pack_names
from evals.comparison import Verdict as Proven
from evals.measures import HEADLINES

LOCALES = STATIC / "shared" / "locales" / "en"
ENUMERATIONS: tuple[tuple[str, str, type[StrEnum]], ...] = (
    ("keys", "role", AccessRole),
    ("intents", "fact", FactKind),
    ("intents", "priority", Priority),
    ("words", "severity", Severity),
    ("rules", "severity", Severity),
    ("rules", "rule", CheckRule),
    ("rules", "verdict", Verdict),
    ("asked", "failure", Failure),
    ("gaps", "cause", GapCause),
    ("gaps", "why", GapCause),
    ("proposals", "kind", ProposalKind),
    ("proposals", "what", ProposalKind),
    ("proposals", "state", ProposalState),
    ("proposals", "verdict", EffectVerdict),
    ("proposals", "outcome", Outcome),
    ("upkeep", "kind", ContradictionKind),
    ("upkeep", "reason", StaleReason),
    ("evaluations", "verdict", Proven),
    ("webhooks", "event", WebhookEvent),
    ("webhooks", "state", DeliveryState),
    ("feedback", "verdict", Reviewed),
    ("playground", "abstained", AbstentionReason),
    ("playground", "handoff", HandoffReason),
    ("playground", "queue", Queue),
    ("playground", "priority", Priority),
    ("conversation", "role", Role),
    ("conversation", "action", TurnAction),
)


def words(part: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((LOCALES / f"{part}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(("part", "key", "values"), ENUMERATIONS, ids=lambda each: getattr(each, "__name__", each))
def test_every_value_has_words(part: str, key: str, values: type[StrEnum]) -> None:
    assert {f"{key}.{value}" for value in values} - words(part).keys() == set()


def test_every_reason_of_a_webhook_has_words() -> None:
    reasons = {f"error.{each}" for each in DeliveryError if each} | {f"off.{each}" for each in DisabledBecause if each}
    assert reasons - words("webhooks").keys() == set()


def test_every_audited_call_has_words_and_no_other() -> None:
    said = {key.removeprefix("did.") for key in words("audit") if key.startswith("did.")}
    assert said == {name for name, rule in RULES.items() if rule.audited}


def test_every_stage_of_an_answer_has_words_and_no_other() -> None:
    engine = Path(engine_package.__file__ or "").parent
    files = [*(engine / f"{name}.py" for name in ("service", "searching", "caching")), *engine.glob("retrieval/*.py")]
    named = {name for file in files for name in re.findall(r'\.stage\("(\w+)"\)', file.read_text(encoding="utf-8"))}
    assert {f"took.{name}" for name in named} == {key for key in words("playground") if key.startswith("took.")}


def test_every_thing_that_is_erased_has_words() -> None:
    counted = {field.name for field in fields(Erased)}
    assert {f"of.{name}" for name in counted} == {key for key in words("customers") if key.startswith("of.")}


def test_headline_measures_and_shipped_packs_have_words() -> None:
    assert {f"measure.{name.replace('@', '-at-')}" for name in HEADLINES} - words("evaluations").keys() == set()
    assert {f"pack.{name}" for name in pack_names()} - words("rules").keys() == set()

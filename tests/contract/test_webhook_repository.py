"""What every adapter of the WebhookRepository port must do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.domain.conversation import Role, Turn, TurnAction
from engine.domain.handoff import HandoffReason
from engine.domain.webhook import DeliveryError, DeliveryState, DisabledBecause, Notice, Webhook, WebhookEvent
from engine.errors import Conflict, NotFound
from engine.persistence.conversations import SqlConversationRepository
from engine.persistence.webhooks import SqlWebhookRepository
from engine.ports import ConversationRepository, WebhookRepository
from tests.fakes.repositories import database, exchange

JOBS = frozenset({WebhookEvent.JOB_DONE, WebhookEvent.JOB_FAILED})
HOOK = Webhook("a", "https://a.example/x", JOBS, 10.0, "For us.")
OTHER = Webhook("b", "https://b.example/", frozenset({WebhookEvent.HANDED_OVER}), 20.0)
NOTICE = Notice(WebhookEvent.JOB_DONE, "job 1", 30.0, {"job_id": "job 1", "files": 2})
Both = tuple[WebhookRepository, ConversationRepository]


@pytest.fixture(params=["sqlite"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    with database() as engine:
        webhooks = SqlWebhookRepository(engine)
        webhooks.add(OTHER, "whsec_b")
        webhooks.add(HOOK, "whsec_a")
        yield webhooks, SqlConversationRepository(engine)


@pytest.fixture
def webhooks(both: Both) -> WebhookRepository:
    return both[0]


def test_webhooks_come_back_as_they_were_the_oldest_first(webhooks: WebhookRepository) -> None:
    assert webhooks.webhooks() == (HOOK, OTHER)
    assert webhooks.webhook("a") == HOOK


def test_an_id_is_given_once(webhooks: WebhookRepository) -> None:
    with pytest.raises(Conflict):
        webhooks.add(replace(HOOK, url="https://c.example"), "whsec_c")


def test_changes_are_kept_and_leave_the_secret_alone(webhooks: WebhookRepository) -> None:
    changed = replace(HOOK, url="https://c.example/", description="", failures=2)
    webhooks.change(changed)
    assert webhooks.webhook("a") == changed
    webhooks.announce(NOTICE)
    assert [(due.url, due.secret) for due in webhooks.claim(40.0, lease_s=60)] == [("https://c.example/", "whsec_a")]


def test_a_new_secret_signs_from_now_on(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    webhooks.set_secret("a", "whsec_new")
    assert webhooks.claim(40.0, lease_s=60)[0].secret == "whsec_new"


@pytest.mark.parametrize("call", ["webhook", "delete", "deliveries", "change", "set_secret"])
def test_an_unknown_webhook_is_named(webhooks: WebhookRepository, call: str) -> None:
    calls = {"change": (replace(HOOK, id="nope"),), "set_secret": ("nope", "whsec_x")}
    with pytest.raises(NotFound, match=r"'nope'"):
        getattr(webhooks, call)(*calls.get(call, ("nope",)))


def test_a_notice_goes_to_the_webhooks_of_its_event_once(webhooks: WebhookRepository) -> None:
    assert (webhooks.announce(NOTICE), webhooks.announce(NOTICE)) == (1, 0)
    (sent,) = webhooks.deliveries("a")
    assert webhooks.deliveries("b") == ()
    assert sent.id.startswith("msg_")
    assert (sent.state, sent.attempts, sent.event) == (DeliveryState.PENDING, 0, WebhookEvent.JOB_DONE)
    assert json.loads(sent.payload) == {
        "type": "job.done",
        "timestamp": "1970-01-01T00:00:30+00:00",
        "data": {"job_id": "job 1", "files": 2},
    }


def test_other_subjects_and_events_are_other_messages(webhooks: WebhookRepository) -> None:
    for notice in (NOTICE, replace(NOTICE, subject="job 2"), replace(NOTICE, event=WebhookEvent.JOB_FAILED)):
        assert webhooks.announce(notice) == 1
    assert len({each.id for each in webhooks.deliveries("a")}) == 3


def test_what_happened_before_a_webhook_was_there_is_not_told(webhooks: WebhookRepository) -> None:
    assert webhooks.announce(replace(NOTICE, at=9.0)) == 0


def test_a_disabled_webhook_is_told_of_nothing_new_and_nothing_that_waits(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    webhooks.change(replace(HOOK, disabled_because=DisabledBecause.SWITCHED_OFF))
    assert webhooks.announce(replace(NOTICE, subject="job 2")) == 0
    assert webhooks.claim(40.0, lease_s=60) == ()
    webhooks.change(HOOK)
    assert len(webhooks.claim(40.0, lease_s=60)) == 1


def test_one_webhook_alone_can_be_told_of_anything(webhooks: WebhookRepository) -> None:
    test = Notice(WebhookEvent.TEST, "1", 30.0, {})
    assert webhooks.announce(test) == 0
    assert webhooks.announce(test, only="b") == 1
    assert [each.event for each in webhooks.deliveries("b")] == [WebhookEvent.TEST]


def test_what_is_due_is_claimed_once_until_the_lease_ends(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    assert webhooks.claim(29.0, lease_s=60) == ()
    (due,) = webhooks.claim(31.0, lease_s=60)
    assert (due.delivery.attempts, due.delivery.payload) == (1, webhooks.deliveries("a")[0].payload)
    assert webhooks.claim(90.0, lease_s=60) == ()
    assert webhooks.claim(92.0, lease_s=60)[0].delivery.attempts == 2


def test_the_oldest_are_claimed_first(webhooks: WebhookRepository) -> None:
    for at in (33.0, 31.0, 32.0):
        webhooks.announce(replace(NOTICE, subject=f"{at}", at=at))
    assert [due.delivery.created_at for due in webhooks.claim(40.0, lease_s=60, limit=2)] == [31.0, 32.0]


def test_what_arrived_is_not_tried_again_and_clears_the_count(webhooks: WebhookRepository) -> None:
    webhooks.change(replace(HOOK, failures=2))
    webhooks.announce(NOTICE)
    (due,) = webhooks.claim(31.0, lease_s=60)
    webhooks.settle(replace(due.delivery, state=DeliveryState.DELIVERED, status=204, next_at=None), disable_after=3)
    assert webhooks.claim(1e6, lease_s=60) == ()
    assert webhooks.webhook("a").failures == 0
    (sent,) = webhooks.deliveries("a")
    assert (sent.state, sent.status, sent.attempts) == (DeliveryState.DELIVERED, 204, 1)


def test_what_did_not_arrive_is_tried_again_at_its_time(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    (due,) = webhooks.claim(31.0, lease_s=60)
    webhooks.settle(replace(due.delivery, status=503, error=DeliveryError.STATUS, next_at=50.0), disable_after=3)
    assert webhooks.claim(49.0, lease_s=60) == ()
    assert len(webhooks.claim(50.0, lease_s=60)) == 1
    assert webhooks.webhook("a").failures == 0


def test_messages_in_a_row_that_never_arrive_disable_the_webhook(webhooks: WebhookRepository) -> None:
    for number in range(3):
        assert webhooks.webhook("a").enabled
        webhooks.announce(replace(NOTICE, subject=f"{number}"))
        (due,) = webhooks.claim(31.0, lease_s=60)
        webhooks.settle(replace(due.delivery, state=DeliveryState.FAILED, next_at=None), disable_after=3)
    found = webhooks.webhook("a")
    assert (found.enabled, found.failures) == (False, 3)
    assert found.disabled_because is DisabledBecause.UNDELIVERED


def test_a_webhook_takes_its_deliveries_along(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    webhooks.delete("a")
    assert webhooks.webhooks() == (OTHER,)
    assert webhooks.claim(40.0, lease_s=60) == ()


def test_ended_deliveries_are_forgotten_and_pending_ones_kept(webhooks: WebhookRepository) -> None:
    webhooks.announce(NOTICE)
    (due,) = webhooks.claim(31.0, lease_s=60)
    webhooks.announce(replace(NOTICE, subject="job 2"))
    webhooks.settle(replace(due.delivery, state=DeliveryState.DELIVERED, next_at=None), disable_after=3)
    webhooks.forget(30.0)
    assert len(webhooks.deliveries("a")) == 2
    webhooks.forget(31.0)
    assert [each.state for each in webhooks.deliveries("a")] == [DeliveryState.PENDING]


def test_a_hand_over_is_queued_with_its_turns_and_says_nothing_private(both: Both) -> None:
    webhooks, conversations = both
    said = exchange("1", handoff=HandoffReason.REQUESTED, created_at=datetime.fromtimestamp(50, UTC))
    turns = [Turn(Role.CUSTOMER, said.question), Turn(Role.ASSISTANT, "A colleague comes.", TurnAction.HANDOFF)]
    conversations.append("c", turns, exchange=said)
    (sent,) = webhooks.deliveries("b")
    assert json.loads(sent.payload)["data"] == {
        "conversation_id": "c",
        "answer_id": "1",
        "knowledge_base": "kb",
        "language": said.language,
        "reason": "requested",
    }


@pytest.mark.parametrize(
    "turns",
    [
        [Turn(Role.CUSTOMER, "Hm", TurnAction.HANDOFF)],
        [Turn(Role.CUSTOMER, "Hm"), Turn(Role.ASSISTANT, "I do not know.", TurnAction.ABSTAIN)],
    ],
)
def test_offers_and_what_follows_a_hand_over_are_not_told(both: Both, turns: list[Turn]) -> None:
    webhooks, conversations = both
    conversations.append("c", turns, exchange=exchange("1", handoff=HandoffReason.NO_KNOWLEDGE))
    assert webhooks.deliveries("b") == ()

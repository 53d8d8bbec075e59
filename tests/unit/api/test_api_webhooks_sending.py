from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from api.webhooks import sending
from api.webhooks.sending import Sender, Sent
from engine.domain.webhook import Delivery, DeliveryError, Due, WebhookEvent
from engine.errors import InvalidInput
from ingestion.sources.web.addresses import HostRules
from tests.fakes.hook_server import HookServer, hook_server

SECRET = "whsec_" + "S2V5IGZvciB0ZXN0cyBvbmx5IQ=="
PAYLOAD = '{"type":"job.done","timestamp":"2026-01-01T00:00:00+00:00","data":{"job_id":"\\u8fd4"}}'
ANYWHERE = Sender(HostRules(allow_private=True))


@pytest.fixture
def receiver() -> Iterator[HookServer]:
    with hook_server() as server:
        yield server


def _due(url: str) -> Due:
    return Due(Delivery("msg_1", "wh_1", WebhookEvent.JOB_DONE, PAYLOAD, 0.0), url, SECRET)


def test_the_receiver_can_verify_a_message_with_the_standard_library_of_the_standard(receiver: HookServer) -> None:
    assert ANYWHERE.send(_due(f"{receiver.url}/in?team=a"), time.time()) == Sent(200)
    (got,) = receiver.received
    assert got.path == "/in?team=a"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == receiver.url.removeprefix("http://")
    assert got.headers["webhook-id"] == "msg_1"
    assert Verifier(SECRET).verify(got.body, got.headers) == json.loads(PAYLOAD)
    for wrong, headers in ((got.body + b" ", got.headers), (got.body, {**got.headers, "webhook-id": "msg_2"})):
        with pytest.raises(WebhookVerificationError):
            Verifier(SECRET).verify(wrong, headers)


def test_an_old_message_is_refused_by_the_receiver(receiver: HookServer) -> None:
    ANYWHERE.send(_due(receiver.url), time.time() - timedelta(minutes=6).total_seconds())
    with pytest.raises(WebhookVerificationError, match="too old"):
        Verifier(SECRET).verify(receiver.received[0].body, receiver.received[0].headers)


@pytest.mark.parametrize(("status", "arrived"), [(200, True), (204, True), (302, False), (410, False), (500, False)])
def test_only_a_status_of_success_counts(receiver: HookServer, status: int, arrived: bool) -> None:
    receiver.statuses = [status]
    sent = ANYWHERE.send(_due(receiver.url), 0)
    assert (sent.status, sent.arrived) == (status, arrived)
    assert sent.error is (DeliveryError.NONE if arrived else DeliveryError.STATUS)
    assert len(receiver.received) == 1


def test_redirects_are_not_followed(receiver: HookServer) -> None:
    receiver.statuses, receiver.location = [302], f"{receiver.url}/there"
    ANYWHERE.send(_due(f"{receiver.url}/here"), 0)
    assert [got.path for got in receiver.received] == ["/here"]


def test_nobody_there(receiver: HookServer) -> None:
    assert ANYWHERE.send(_due("http://127.0.0.1:9"), 0) == Sent(None, DeliveryError.UNREACHABLE)


def test_an_answer_that_takes_too_long(receiver: HookServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "ATTEMPT_S", 0.2)
    receiver.pause_s = 1.0
    assert ANYWHERE.send(_due(receiver.url), 0) == Sent(None, DeliveryError.TIMEOUT)


def test_an_address_that_has_become_private_is_not_connected_to(receiver: HookServer) -> None:
    assert Sender(HostRules()).send(_due(receiver.url), 0) == Sent(None, DeliveryError.FORBIDDEN)
    assert receiver.received == []


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("https://127.0.0.1/x", "this machine itself"),
        ("https://10.1.2.3/", "a private network"),
        ("https://169.254.169.254/latest", "a metadata service"),
        ("https://[::1]/", "this machine itself"),
        ("https://localhost/", "this machine itself"),
        ("http://8.8.8.8/", "begins with http. Use https"),
        ("ftp://8.8.8.8/", "ftp"),
        ("https://user:secret@8.8.8.8/", "user name or password"),
        ("not an address", "spaces"),
    ],
)
def test_where_messages_may_not_be_sent(url: str, part: str) -> None:
    with pytest.raises(InvalidInput, match=part) as caught:
        Sender(HostRules()).checked(url)
    assert "secret@" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "kept"), [("https://8.8.8.8/a", "https://8.8.8.8/a"), ("HTTPS://8.8.8.8", "https://8.8.8.8/")]
)
def test_where_they_may_be(url: str, kept: str) -> None:
    assert Sender(HostRules()).checked(url) == kept


def test_an_intranet_is_allowed_by_setting() -> None:
    assert ANYWHERE.checked("http://127.0.0.1:8123/x") == "http://127.0.0.1:8123/x"

"""Whether a request comes from the system that says so: what is signed, when, and with which secret."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from api.inbound.signatures import TOLERANCE_S, signed_by_chatwoot, signed_by_standard
from engine.errors import Misconfigured

NOW = 1_790_000_000
BODY = '{"content": "返品したい 😀"}'.encode()
SECRET = "kQ7c-ä"
STANDARD = "whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUE="
Change = Callable[[dict[str, str]], Mapping[str, str]]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.inbound.signatures.time.time", lambda: float(NOW))


def chatwoot_headers(stamp: str = str(NOW), *, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + BODY, hashlib.sha256).hexdigest()
    return {"x-chatwoot-timestamp": stamp, "x-chatwoot-signature": f"sha256={digest}"}


@pytest.mark.parametrize("ago", [0, 1, TOLERANCE_S, -TOLERANCE_S])
def test_what_chatwoot_signed_lately_is_taken(ago: int) -> None:
    assert signed_by_chatwoot(SECRET, chatwoot_headers(str(NOW - ago)), BODY)


@pytest.mark.parametrize("ago", [TOLERANCE_S + 1, -TOLERANCE_S - 1, NOW])
def test_what_was_signed_long_ago_or_is_from_the_future_is_not(ago: int) -> None:
    assert not signed_by_chatwoot(SECRET, chatwoot_headers(str(NOW - ago)), BODY)


@pytest.mark.parametrize(
    "stamp",
    ["", "soon", "-1", "1e9", "0x10", " ", f" {NOW}", f"{NOW}.0", "²", "١٧٩٠٠٠٠٠٠٠", "9" * 13, "1" * 5000],
    ids=lambda stamp: stamp[:14],
)
def test_a_time_that_is_none_is_refused_and_breaks_nothing(stamp: str) -> None:
    assert not signed_by_chatwoot(SECRET, chatwoot_headers(stamp), BODY)


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: {},
        lambda sent: {"x-chatwoot-timestamp": sent["x-chatwoot-timestamp"]},
        lambda sent: {"x-chatwoot-signature": sent["x-chatwoot-signature"]},
        lambda sent: {**sent, "x-chatwoot-signature": sent["x-chatwoot-signature"].removeprefix("sha256=")},
        lambda sent: {**sent, "x-chatwoot-signature": sent["x-chatwoot-signature"].upper()},
        lambda sent: {**sent, "x-chatwoot-signature": sent["x-chatwoot-signature"][:-1]},
        lambda sent: {**sent, "x-chatwoot-signature": "sha256=é"},
        lambda sent: {**sent, "x-chatwoot-timestamp": str(NOW + 1)},
        lambda sent: chatwoot_headers(secret="another"),
    ],
    ids=["nothing", "no signature", "no time", "no prefix", "upper", "cut", "not ascii", "other time", "other secret"],
)
def test_a_wrong_signature_of_chatwoot_is_refused(change: Change) -> None:
    assert not signed_by_chatwoot(SECRET, change(chatwoot_headers()), BODY)


def test_one_byte_more_is_another_body() -> None:
    assert not signed_by_chatwoot(SECRET, chatwoot_headers(), BODY + b"\n")


def standard_headers(*, secret: str = STANDARD) -> dict[str, str]:
    at = datetime.now(UTC)
    signature = Webhook(secret).sign("msg_1", at, BODY.decode())
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signature}


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: sent,
        lambda sent: {name.title(): value for name, value in sent.items()},
        lambda sent: {**sent, "webhook-signature": f"v1,AAAA {sent['webhook-signature']} v2,BBBB"},
    ],
    ids=["as sent", "names in other letters", "among others, as while a secret is changed"],
)
def test_what_is_signed_by_the_standard_is_taken(change: Change) -> None:
    assert signed_by_standard(STANDARD, change(standard_headers()), BODY)


@pytest.mark.parametrize(
    "change",
    [
        lambda sent: {},
        lambda sent: {**sent, "webhook-id": "msg_2"},
        lambda sent: {**sent, "webhook-id": ""},
        lambda sent: {**sent, "webhook-timestamp": "nan"},
        lambda sent: {**sent, "webhook-timestamp": "1" * 5000},
        lambda sent: {**sent, "webhook-signature": "v1"},
        lambda sent: {**sent, "webhook-signature": "v1,x,y"},
        lambda sent: {**sent, "webhook-signature": "v1,é"},
        lambda sent: {**sent, "webhook-signature": sent["webhook-signature"].replace("v1,", "v2,")},
        lambda sent: standard_headers(secret="whsec_QkJCQg=="),
    ],
    ids=["none", "other id", "no id", "nan", "long", "bare", "commas", "not ascii", "other version", "other secret"],
)
def test_a_wrong_signature_of_the_standard_is_refused(change: Change) -> None:
    assert not signed_by_standard(STANDARD, change(standard_headers()), BODY)


def test_a_body_that_is_not_text_is_refused() -> None:
    assert not signed_by_standard(STANDARD, standard_headers(), b"\xff" + BODY)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!!!", "", "A"])
def test_a_secret_that_nothing_can_be_signed_with_is_named_by_its_setting(secret: str) -> None:
    with pytest.raises(Misconfigured, match="secret of inbound tickets") as caught:
        signed_by_standard(secret, standard_headers(), BODY)
    assert "KNOWDESK_INBOUND_TICKET_SECRET" in caught.value.remedy

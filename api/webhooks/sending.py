"""One attempt to deliver a message, signed as Standard Webhooks (https://www.standardwebhooks.com) prescribes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import httpcore
from standardwebhooks import Webhook as Signer

from engine.domain.webhook import DeliveryError, Due
from engine.errors import InvalidInput
from engine.settings import Settings
from ingestion.sources.web.addresses import HostRules, resolve
from ingestion.sources.web.fetch import USER_AGENT, guarded_pool
from ingestion.sources.web.urls import canonical, host_of

__all__ = ["Sender", "Sent", "sender_of"]

ATTEMPT_S: Final = 10.0
FAILED: Final = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the receiver answered: a status, or why there is none."""

    status: int | None
    error: DeliveryError = DeliveryError.NONE

    @property
    def arrived(self) -> bool:
        """Whether the receiver has taken the message."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to addresses that the rules admit; `proxy` is an http address, empty for none."""

    rules: HostRules
    proxy: str = ""

    def checked(self, url: str) -> str:
        """Return an address in its one spelling; InvalidInput unless messages may be sent there.

        Without TLS they may only be sent where private addresses are allowed.
        """
        address = canonical(url)
        host = host_of(address)
        if address.startswith("http:") and not self.rules.allow_private:
            raise InvalidInput("The address of a webhook begins with http.", remedy="Use https.")
        self.rules.check_host(host)
        for found in () if self.proxy else resolve(host, 443):
            self.rules.check_address(host, found)
        return address

    def send(self, due: Due, now: float) -> Sent:
        """Send once; redirects are not followed, and what the receiver says beside its status is not read."""
        network, pool = guarded_pool(self.rules, self.proxy)
        network.allow(ATTEMPT_S)
        headers = [("Host", urlsplit(due.url).netloc), *_signed(due, now).items()]
        waits = dict.fromkeys(("connect", "read", "write", "pool"), ATTEMPT_S)
        try:
            with (
                pool,
                pool.stream(
                    "POST",
                    due.url,
                    headers=headers,
                    content=due.delivery.payload.encode(),
                    extensions={"timeout": waits},
                ) as response,
            ):
                taken = 200 <= response.status < 300
                return Sent(response.status, DeliveryError.NONE if taken else DeliveryError.STATUS)
        except httpcore.TimeoutException:
            return Sent(None, DeliveryError.TIMEOUT)
        except FAILED:
            return Sent(None, DeliveryError.UNREACHABLE)
        except InvalidInput:
            return Sent(None, DeliveryError.FORBIDDEN)


def sender_of(settings: Settings) -> Sender:
    """Return what sends where the settings allow it: private addresses as for fetching, through the same proxy."""
    return Sender(HostRules(allow_private=settings.url_allow_private), settings.url_proxy)


def _signed(due: Due, now: float) -> dict[str, str]:
    at = datetime.fromtimestamp(int(now), UTC)
    return {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": due.delivery.id,
        "webhook-timestamp": str(int(now)),
        "webhook-signature": Signer(due.secret).sign(due.delivery.id, at, due.delivery.payload),
    }

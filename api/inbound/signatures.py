"""Whether a request really comes from the system that says so."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from typing import Final

from standardwebhooks import Webhook, WebhookVerificationError
from standardwebhooks.webhooks import EmptyWebhookSecretError

from engine.errors import Misconfigured

__all__ = ["signed_by_chatwoot", "signed_by_standard"]

TOLERANCE_S: Final = 300
_SECONDS: Final = re.compile(r"[0-9]{1,12}")


def signed_by_chatwoot(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether Chatwoot (4.13 or newer) signed the body with its secret, within five minutes of now."""
    stamp = headers.get("x-chatwoot-timestamp", "")
    if not _SECONDS.fullmatch(stamp) or abs(time.time() - int(stamp)) > TOLERANCE_S:
        return False
    expected = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), headers.get("x-chatwoot-signature", "").encode())


def signed_by_standard(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether the body was signed as Standard Webhooks prescribes, within five minutes of now.

    Raises Misconfigured for a secret that nothing can be signed with.
    """
    try:
        webhook = Webhook(secret)
    except (EmptyWebhookSecretError, ValueError) as error:
        raise Misconfigured(
            "The secret of inbound tickets cannot be used.",
            remedy="Set KNOWDESK_INBOUND_TICKET_SECRET to whsec_ and random bytes in base64.",
        ) from error
    try:
        webhook.verify(body, dict(headers), json_parse=False)
    except (WebhookVerificationError, ValueError):  # a signature that is not base64, a body that is not UTF-8
        return False
    return True

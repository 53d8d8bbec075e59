"""How often who may call: rates and quotas of each caller and each tenant."""

from __future__ import annotations

import math
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.problems import TooManyRequests
from api.serving.identity import Caller, caller_of
from engine.errors import Misconfigured
from engine.observability import get_logger
from engine.records import open_rate_windows

if TYPE_CHECKING:
    from limits import RateLimitItem

    from api.serving.rate_storage import DatabaseStorage
    from engine.settings import Settings

__all__ = ["DATABASE", "Rates", "rate_limited"]

logger = get_logger(__name__)
DATABASE: Final = "database"
"""In the place of Redis's address: calls are counted in the database that processes share anyway."""


class Rates:
    """Counts calls in sliding windows, in this process, in Redis, or in a `storage` of another kind.

    `each`, `tenant` and `visitor` are limits as the library `limits` reads them, such as "100/minute; 50000/day"; empty
    for none. A public key has limits of its own in place of `each`, and each of its visitors those of `visitor`.
    Misconfigured for what it cannot read.
    """

    def __init__(
        self,
        *,
        each: str,
        tenant: str,
        visitor: str = "",
        storage_url: str = "",
        storage: DatabaseStorage | None = None,
    ) -> None:
        from limits.errors import ConfigurationError
        from limits.storage import storage_from_string
        from limits.strategies import SlidingWindowCounterRateLimiter

        self._each = _limits(each, "rate_limits")
        self._tenant = _limits(tenant, "tenant_rate_limits")
        self._visitor = _limits(visitor, "visitor_rate_limits")
        self._local = not storage_url and storage is None
        self._database = storage
        try:
            used = storage or storage_from_string(storage_url or "memory://", wrap_exceptions=True)
            self._limiter = SlidingWindowCounterRateLimiter(used)
        except (ConfigurationError, ValueError) as error:
            raise Misconfigured("The storage of rate limits cannot be used.", remedy="Check rate_limit_url.") from error

    @classmethod
    def of(cls, settings: Settings) -> Rates:
        """Return the limits that the settings name."""
        url = settings.rate_limit_url.get_secret_value()
        limits = partial(
            cls, each=settings.rate_limits, tenant=settings.tenant_rate_limits, visitor=settings.visitor_rate_limits
        )
        if url != DATABASE:
            return limits(storage_url=url)
        from api.serving.rate_storage import DatabaseStorage

        return limits(storage=DatabaseStorage(partial(open_rate_windows, settings)))

    def close(self) -> None:
        """Close what calls are counted in."""
        if self._database is not None:
            self._database.close()

    async def check(self, caller: Caller) -> None:
        """Count a call; TooManyRequests, with the time until the next may come, if it is one too many."""
        if not self._asked(caller):
            return
        wait = self._wait(caller) if self._local else await run_in_threadpool(self._wait, caller)
        if wait:
            raise TooManyRequests(wait)

    def _wait(self, caller: Caller) -> int:
        """Return the seconds to wait, 0 if the call is within all limits, or nothing can be counted now."""
        from limits.errors import StorageError

        try:
            for limit, names in self._asked(caller):
                if not self._limiter.hit(limit, *names):
                    reset = self._limiter.get_window_stats(limit, *names).reset_time
                    return max(1, math.ceil(reset - time.time()))
        except StorageError:
            logger.warning("Calls cannot be counted: the storage of rate limits does not answer.")
        return 0

    def _asked(self, caller: Caller) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
        each = _limits(caller.limits, "rate_limits of the key") if caller.visitor else self._each
        seen = self._visitor if caller.visitor else ()
        return [
            *((limit, ("visitor", caller.tenant, caller.subject, caller.visitor)) for limit in seen),
            *((limit, ("caller", caller.tenant, caller.subject)) for limit in each),
            *((limit, ("tenant", caller.tenant)) for limit in self._tenant),
        ]


def _limits(text: str, setting: str) -> list[RateLimitItem]:
    from limits import parse_many

    try:
        return parse_many(text) if text.strip() else []
    except ValueError as error:
        raise Misconfigured(f"{setting} cannot be read.", remedy='Such as "100/minute; 50000/day".') from error


async def rate_limited(request: Request) -> None:
    """Count the request for who sends it."""
    rates: Rates = request.state.serving.rates
    await rates.check(caller_of(request))

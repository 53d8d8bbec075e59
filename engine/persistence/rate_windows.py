"""How often who called, counted in the database for all processes that share it."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, delete, insert, select, update

from engine.persistence.repository import SqlRepository
from engine.persistence.service_tables import rate_windows
from engine.persistence.transactions import reading, writing

__all__ = ["SqlRateWindows"]


class SqlRateWindows(SqlRepository):
    """Calls in windows of fixed length, of which the last two tell how many came within the last such time.

    The count of the window before is weighed by the share of it that is not over that long ago. Keys are kept as
    hashes; windows go when they tell nothing any more.
    """

    def take(self, key: str, amount: int, *, limit: int, window_s: int, now: float) -> bool:
        """Count so many calls at a time (epoch), unless they would be more than the limit; tell whether they count."""
        hashed, number = _hashed(key), int(now // window_s)
        with writing(self._engine, line=f"rate {hashed}") as connection:
            before, present = _counts(connection, hashed, number)
            weighed = before * _share(number, window_s, now) + present
            if int(weighed) + amount > limit:
                return False
            this = (rate_windows.c.key == hashed) & (rate_windows.c.number == number)
            more = update(rate_windows).where(this).values(count=rate_windows.c.count + amount)
            if not connection.execute(more).rowcount:
                connection.execute(delete(rate_windows).where(rate_windows.c.ends_at < now))
                new = {"key": hashed, "number": number, "count": amount, "ends_at": (number + 2.0) * window_s}
                connection.execute(insert(rate_windows).values(new))
        return True

    def counted(self, key: str, *, window_s: int, now: float) -> tuple[int, float, int, float]:
        """Return what the window before and the present one count, each with the seconds until it tells no more."""
        number = int(now // window_s)
        with reading(self._engine) as connection:
            before, present = _counts(connection, _hashed(key), number)
        left = (number + 1) * window_s - now
        return before, left if before else 0.0, present, left + window_s if present else 0.0

    def forget(self, key: str) -> None:
        """Let the calls count for nothing."""
        hashed = _hashed(key)
        with writing(self._engine, line=f"rate {hashed}") as connection:
            connection.execute(delete(rate_windows).where(rate_windows.c.key == hashed))


def _counts(connection: Connection, hashed: str, number: int) -> tuple[int, int]:
    last = (rate_windows.c.key == hashed) & rate_windows.c.number.in_((number - 1, number))
    rows = connection.execute(select(rate_windows.c.number, rate_windows.c.count).where(last)).all()
    counts = {row[0]: row[1] for row in rows}
    return counts.get(number - 1, 0), counts.get(number, 0)


def _share(number: int, window_s: int, now: float) -> float:
    return ((number + 1) * window_s - now) / window_s


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

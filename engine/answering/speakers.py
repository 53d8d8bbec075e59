"""Who speaks in a line of a transcript: an answer may quote the desk, never the customer."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["SpokenLine", "spoken_line"]

TIME = r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[ T])?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
LABEL = re.compile(rf"\s*[\[(（]?{TIME}[\])）]?\s*([^:：\n]{{1,40}})[:：]\s*")
CUSTOMER = re.compile(
    r"customer|client|buyer|visitor|user|kund[ei]|cliente|клиент|고객|お客"
    r"|顾客|顧客|客户|客戶|买家|買家|用户|用戶|会员|會員",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line of a transcript: where its words begin, and whether its label says that a customer speaks."""

    words_from: int
    by_customer: bool


def spoken_line(line: str) -> SpokenLine | None:
    """Read the time and label at the beginning of a line; None if there is no such label."""
    found = LABEL.match(line)
    return SpokenLine(found.end(), bool(CUSTOMER.search(found[1]))) if found else None

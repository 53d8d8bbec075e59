"""A parser that does whatever the name of a file says; importable by worker processes."""

from __future__ import annotations

import os
import signal
import time

from engine.domain.knowledge import Block, BlockKind, ParsedDocument, Span
from engine.errors import InvalidInput
from ingestion.parsing import Limits

__all__ = ["misbehave"]


def misbehave(data: bytes, *, name: str, limits: Limits) -> ParsedDocument:
    """Hang, crash, eat memory, raise, or parse properly."""
    match name.partition(".")[0]:
        case "hang":
            time.sleep(60)
        case "crash":
            os._exit(3)
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "exhaust":
            raise MemoryError
        case "eat":
            hoard = [b"x" * 20_000_000 for _ in range(200)]
            time.sleep(len(hoard))
        case "raise":
            raise LookupError("nobody foresaw it")
        case "refuse":
            raise InvalidInput(f"{name} is refused.", remedy="None.")
        case "warn":
            return ParsedDocument("", "text", (), warnings=("Odd.",))
    return ParsedDocument("", "text", (Block(BlockKind.PARAGRAPH, Span(0, 4)),))

"""Have a language model write one line, within a few seconds or not at all."""

from __future__ import annotations

import queue
import threading

from engine.errors import BackendFailed
from engine.observability import get_logger
from engine.ports import Generator, Prompt

__all__ = ["MAX_CHARS", "written_line"]

logger = get_logger(__name__)

MAX_CHARS = 400
PATIENCE_S = 4.0  # then it is done without the model


def written_line(generator: Generator, prompt: Prompt) -> str:
    """Return what the model wrote, cut where it is too long; empty if it failed or kept us waiting."""
    result: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_write, args=(generator, prompt, result), name="line", daemon=True).start()
    try:
        return result.get(timeout=PATIENCE_S)
    except queue.Empty:
        logger.warning("the language model took too long over a line")
        return ""


def _write(generator: Generator, prompt: Prompt, result: queue.SimpleQueue[str]) -> None:
    text = ""
    try:
        for piece in generator.stream(prompt):
            text += piece
            if len(text) >= MAX_CHARS:
                break
    except BackendFailed:
        text = ""
    result.put(text.strip().strip('"“”「」'))

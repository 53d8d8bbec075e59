"""Loading of models without what their libraries say meanwhile."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from engine.background import wait_patiently

__all__ = ["quiet_loading"]

_NOISY = ("sentence_transformers", "transformers", "huggingface_hub")


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Keep the libraries' warnings and progress bars off the user's screen while a model of torch loads."""
    wait_patiently()
    levels = {name: logging.getLogger(name).level for name in _NOISY}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as bars

        shown = bars.is_progress_bar_enabled()
        bars.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            for name in _NOISY:
                logging.getLogger(name).setLevel(logging.ERROR)
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)
            if shown:
                bars.enable_progress_bar()  # type: ignore[no-untyped-call]

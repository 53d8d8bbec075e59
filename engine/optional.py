"""Import dependencies that not everybody installs."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from engine.errors import Misconfigured

__all__ = ["require"]


def require(module: str, extra: str) -> ModuleType:
    """Import `module`, which comes with the optional dependency group `extra`.

    Misconfigured carries the exact pip command, also where the module is there but something that it needs is not.
    """
    try:
        return import_module(module)
    except ImportError as error:
        missing = error.name or module
        raise Misconfigured(
            f"The Python package {missing!r} is not installed.", remedy=f'Run: pip install "knowdesk[{extra}]"'
        ) from error

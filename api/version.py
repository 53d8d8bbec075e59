"""Which version of the package runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["package_version"]


def package_version() -> str:
    """Return the installed version, or "0" when the code runs without being installed."""
    try:
        return version("knowdesk")
    except PackageNotFoundError:
        return "0"

"""Which version of the package runs."""

from __future__ import annotations

__all__ = ["package_version"]


def package_version() -> str:
    """Return the installed version, or "0" when the code runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("knowdesk")
    except PackageNotFoundError:
        return "0"

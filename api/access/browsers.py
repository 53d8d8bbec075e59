"""Pages of other sites, whose scripts a browser on this machine lets reach a server that asks for no credentials."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers

__all__ = ["is_of_another_site"]


def is_of_another_site(headers: Headers, allowed: Collection[str]) -> bool:
    """Tell whether a page of another site sent a request, or one whose name was made to lead here (DNS rebinding).

    The `Host` of such a name has a dot in it: nobody can own an address, or a name without one. The `Origin`, if there
    is one, must be the host itself or loopback. `allowed` are names of proxies before this server.
    """
    host, origin = _name(headers.get("host", "")), headers.get("origin")
    if "." in host and not _is_address(host) and host not in allowed and not host.endswith(".localhost"):
        return True
    if origin is None:
        return False
    sender = _name(origin.partition("://")[2])
    return sender not in {host, "localhost", *allowed} and not _is_address(sender, loopback=True)


def _name(place: str) -> str:
    """Return the host of `host:port`; a dot for what is none."""
    try:
        return (urlsplit(f"//{place}").hostname or "") if place else ""
    except ValueError:
        return "."


def _is_address(name: str, *, loopback: bool = False) -> bool:
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not loopback

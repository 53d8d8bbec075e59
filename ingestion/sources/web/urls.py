"""One spelling for each address of a page."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

import idna

from engine.errors import InvalidInput

__all__ = ["canonical", "host_of", "origin_of"]

_MAX_CHARS = 8192
_PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\[[0-9a-f:.]+\]")
# What campaigns and click counters add; it does not choose the page.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_[ce]id|_ga|_gl|_hs(enc|mi)|"
    r"oly_(anon|enc)_id|vero_id|wickedid|mkt_tok|spm",
    re.IGNORECASE,
)


def canonical(url: str) -> str:
    """Return the address in the one spelling that names its document.

    Scheme and host are lower case, the host in its ASCII form; fragment, default port and tracking parameters are
    dropped. Raises InvalidInput if it is no http or https address, or carries a user name or password.
    """
    text = url.strip()
    if len(text) > _MAX_CHARS or _FORBIDDEN.search(text):
        raise _wrong("An address is too long or holds spaces or control characters.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _wrong("An address is not well formed.") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _wrong(f"An address begins with {scheme[:20] or 'nothing'}, not with http or https.")
    host = _host(parts)
    if "@" in parts.netloc:
        raise InvalidInput(
            f"The address at {host} holds a user name or password.", remedy="Leave them out: they would be stored."
        )
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, _path(parts.path), _query(parts.query), ""))


def host_of(url: str) -> str:
    """Return the host of a canonical address, without the brackets of IPv6."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Return scheme, host and port of a canonical address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _host(parts: SplitResult) -> str:
    host = unquote(parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise _wrong("The host of an address is not a valid name.") from error
    host = host.lower()
    if not _HOST.fullmatch(host):
        raise _wrong("An address has no valid host.")
    return host


def _path(path: str) -> str:
    clean = posixpath.normpath("/" + path.lstrip("/")) if "/." in path else path
    kept = clean + "/" if path.endswith(("/", "/.", "/..")) and not clean.endswith("/") else clean
    return quote(kept, safe="/%:@!$&'()*+,;=~-._") or "/"


def _query(query: str) -> str:
    kept = (part for part in query.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0]))
    return quote("&".join(kept), safe="/%:@!$&'()*+,;=~-._?")


def _wrong(message: str) -> InvalidInput:
    return InvalidInput(message, remedy="Give an address such as https://example.com/help/returns.")

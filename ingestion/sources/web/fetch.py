"""Fetch one document at a time over HTTP, politely, within limits, and only from where it is allowed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore

from engine.errors import InvalidInput, Misconfigured
from engine.settings import Settings
from ingestion.sources.body import bounded, gunzip
from ingestion.sources.web.addresses import HostRules
from ingestion.sources.web.network import GuardedNetwork
from ingestion.sources.web.urls import canonical, host_of, origin_of

__all__ = ["FetchOptions", "Fetched", "Fetcher", "guarded_pool"]

USER_AGENT = "knowdesk"
_MOVED = {301, 302, 303, 307, 308}
_PASSING = {429, 502, 503, 504}  # worth a second try
_MAX_PAUSE_S = 30.0
_FAILED = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError)


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits of fetching: decompressed bytes, seconds in all and of each wait, seconds between requests to a host.

    `proxy` is an http address; none is used unless it is given here.
    """

    rules: HostRules = field(default_factory=HostRules)
    max_bytes: int = 64_000_000
    total_s: float = 60.0
    read_s: float = 15.0
    delay_s: float = 0.5
    max_redirects: int = 5
    proxy: str = ""

    @classmethod
    def of(cls, settings: Settings) -> FetchOptions:
        """Return what the settings say."""
        return cls(
            rules=HostRules(settings.url_allowed_hosts, settings.url_allow_private),
            max_bytes=int(settings.max_file_mb * 1e6),
            delay_s=settings.url_delay_s,
            proxy=settings.url_proxy,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: where redirects ended, the status, header values by lower-case name, the body."""

    url: str
    status: int
    headers: dict[str, str]
    data: bytes = b""


class Fetcher:
    """Fetches documents; use it as a context manager. Several threads may share one: they take turns."""

    def __init__(self, options: FetchOptions | None = None, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.options = options or FetchOptions()
        self._sleep = sleep
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._network, self._pool = guarded_pool(self.options.rules, self.options.proxy)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def slow_down(self, url: str, seconds: float) -> None:
        """Leave at least so many seconds between requests to the host of `url`; at most 30 are heeded."""
        host = host_of(url)
        self._delays[host] = min(max(seconds, self._delays.get(host, 0.0)), _MAX_PAUSE_S)

    def fetch(self, url: str, *, accept: Callable[[Fetched], None] | None = None) -> Fetched:
        """Return what is at `url`, redirects followed; `accept` sees it without its body and may raise InvalidInput.

        Raises InvalidInput, naming the address and a remedy, for everything but an answer with status 200.
        """
        found = self.ask(url, accept=accept)
        if found.status != 200:
            raise InvalidInput(f"{url} answered with status {found.status}.", remedy=_remedy(found.status))
        return found

    def ask(self, url: str, *, accept: Callable[[Fetched], None] | None = None) -> Fetched:
        """Do the same, but return an answer with another status too, without its body."""
        with self._lock:
            self._network.allow(self.options.total_s)
            here = canonical(url)
            for _ in range(self.options.max_redirects + 1):
                found = self._tried(here, url, accept)
                if found.status not in _MOVED or "location" not in found.headers:
                    return found
                there = canonical(urljoin(here, found.headers["location"]))
                if (urlsplit(here).scheme, urlsplit(there).scheme) == ("https", "http"):
                    raise InvalidInput(f"{url} leads from https to http.", remedy="Give the http address itself.")
                here = there
        raise InvalidInput(f"{url} leads on and on.", remedy="Give the address at which the page really is.")

    def _tried(self, here: str, url: str, accept: Callable[[Fetched], None] | None) -> Fetched:
        """Request once more what failed in a way that may pass."""
        try:
            found = self._request(here, accept)
            if found.status not in _PASSING:
                return found
            self._pause(_seconds(found.headers.get("retry-after", ""), default=2.0))
        except httpcore.TimeoutException as error:
            raise _unreachable(url, "did not answer in time") from error
        except (httpcore.NetworkError, httpcore.RemoteProtocolError):
            pass  # a kept connection that the server has closed, as a rule
        except _FAILED as error:
            raise _unreachable(url, "cannot be reached") from error
        try:
            return self._request(here, accept)
        except _FAILED as error:
            raise _unreachable(url, "cannot be reached") from error

    def _request(self, url: str, accept: Callable[[Fetched], None] | None) -> Fetched:
        self.options.rules.check_host(host_of(url))
        self._wait_turn(url)
        parts = urlsplit(url)
        headers = [("Host", parts.netloc), ("User-Agent", USER_AGENT), ("Accept", "*/*"), ("Accept-Encoding", "gzip")]
        waits = dict.fromkeys(("connect", "read", "write", "pool"), self.options.read_s)
        with self._pool.stream("GET", url, headers=headers, extensions={"timeout": waits}) as response:
            found = Fetched(url, response.status, _headers(response))
            if found.status != 200:
                return found
            if accept:
                accept(found)
            return Fetched(url, found.status, found.headers, self._body(found, response))

    def _body(self, found: Fetched, response: httpcore.Response) -> bytes:
        blocks = response.iter_stream()
        encoding = found.headers.get("content-encoding", "identity").strip().lower()
        if encoding in ("gzip", "x-gzip"):
            blocks = gunzip(blocks, name=found.url)
        elif encoding not in ("identity", ""):
            raise InvalidInput(
                f"{found.url} is compressed in a way that was not asked for.",
                remedy="Save the page and ingest the file.",
            )
        return bounded(blocks, name=found.url, max_bytes=self.options.max_bytes)

    def _wait_turn(self, url: str) -> None:
        origin = origin_of(url)
        delay = max(self.options.delay_s, self._delays.get(host_of(url), 0.0))
        last = self._asked.get(origin)
        if last is not None:
            self._pause(last + delay - time.monotonic())
        self._asked[origin] = time.monotonic()

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._sleep(min(seconds, self._network.left(_MAX_PAUSE_S)))


def guarded_pool(rules: HostRules, proxy: str = "") -> tuple[GuardedNetwork, httpcore.ConnectionPool]:
    """Return connections that the rules admit, and the network whose time limit they share; close the connections."""
    through = _proxy(proxy)
    behind = (through.url.host.decode(), through.url.origin.port) if through else None
    network = GuardedNetwork(rules, proxy=behind)
    return network, httpcore.ConnectionPool(proxy=through, network_backend=network, keepalive_expiry=5.0)


def _headers(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _seconds(text: str, *, default: float) -> float:
    return float(text) if text.strip().isdecimal() else default


def _proxy(url: str) -> httpcore.Proxy | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise Misconfigured(
            "KNOWDESK_URL_PROXY is no http address.", remedy="Give one like http://proxy.example.com:3128."
        )
    auth = (parts.username, parts.password or "") if parts.username else None
    return httpcore.Proxy(
        httpcore.URL(scheme="http", host=parts.hostname, port=parts.port or 80, target="/"), auth=auth
    )


def _unreachable(url: str, what: str) -> InvalidInput:
    return InvalidInput(f"{url} {what}.", remedy="Check the address, or try again later.")


def _remedy(status: int) -> str:
    if status in (401, 403):
        return "Pages behind a login cannot be fetched: save the page and ingest the file."
    if status in (404, 410):
        return "The page is gone: correct the address or leave it out."
    return "Try again later, or save the page and ingest the file."

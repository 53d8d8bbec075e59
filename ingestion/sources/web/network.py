"""Connections to checked addresses only, within one time limit for everything that a document takes."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable

import httpcore

from ingestion.sources.web.addresses import HostRules, resolve

__all__ = ["GuardedNetwork"]


class GuardedNetwork(httpcore.NetworkBackend):
    """Resolves a host once, checks all its addresses and connects to one of these very addresses.

    Nothing that the name leads to later counts (DNS rebinding); certificate and server name are still those of the
    host. `proxy` is the one host and port that is connected to unchecked: it then decides what it connects to.
    """

    def __init__(self, rules: HostRules, *, proxy: tuple[str, int] | None = None) -> None:
        self._rules = rules
        self._proxy = proxy
        self._plain = httpcore.SyncBackend()
        self._deadline = 0.0

    def allow(self, seconds: float) -> None:
        """Give everything from now on so many seconds."""
        self._deadline = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """Return the seconds left, at most `timeout`; httpcore.ReadTimeout if there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, timeout) if timeout is not None else left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that answers; InvalidInput if any of them is refused."""
        bare = host.strip("[]")
        addresses = resolve(bare, port)
        if (bare, port) != self._proxy:
            for address in addresses:
                self._rules.check_address(bare, address)
        failure: httpcore.NetworkError | httpcore.TimeoutException = httpcore.ConnectError()
        for address in addresses:
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends when the network's time does."""

    def __init__(self, stream: httpcore.NetworkStream, network: GuardedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _TimedStream(stream, self._network)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

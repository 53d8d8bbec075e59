"""What a site asks of machines that go through its pages (RFC 9309)."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from engine.errors import InvalidInput
from ingestion.sources.web.fetch import USER_AGENT, Fetched, Fetcher
from ingestion.sources.web.urls import origin_of

__all__ = ["Robots"]

_MAX_CHARS = 512_000  # RFC 9309 asks for at least 500 KiB


class Robots:
    """Reads robots.txt of each origin once."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, RobotFileParser] = {}

    def allows(self, url: str) -> bool:
        """Tell whether the page may be visited; False while robots.txt cannot be had because the server fails."""
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = self._read(origin)
        return self._rules[origin].can_fetch(USER_AGENT, url)

    def _read(self, origin: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            found = self._fetcher.ask(f"{origin}/robots.txt")
        except InvalidInput:
            found = Fetched(origin, 500, {})
        if found.status == 200:
            rules.parse(found.data[:_MAX_CHARS].decode("utf-8", "replace").splitlines())
            delay = rules.crawl_delay(USER_AGENT)
            if delay:
                self._fetcher.slow_down(origin, float(delay))
        elif 400 <= found.status < 500:
            rules.parse([])
        else:
            rules.parse(["User-agent: *", "Disallow: /"])
        return rules
